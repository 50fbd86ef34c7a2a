import { useSosWords } from '../../i18n/sos';
import { type HelpPhone, helpPhonesStore } from '../../services/help-phones.ts';
import { callPhone } from '../../services/phone.ts';
import { useStore } from '../../services/store.ts';
import { Button } from '../button.tsx';
import { Box } from '../primitives';

/** `家里人 王小梅`: who it is, in the ladder's words where it has one. */
function useWho(): (callee: string) => string | undefined {
  const { callees } = useSosWords();
  return (callee) => (callees as Readonly<Record<string, string>>)[callee];
}

interface PhoneButtonsProps {
  /** People to phone; those whom this phone has kept, where the page knows none. */
  readonly people?: readonly HelpPhone[];
  /** Fire and police as well. */
  readonly all?: boolean;
  /** 120 stands elsewhere on the page. */
  readonly peopleOnly?: boolean;
}

/** Large buttons that dial: the people around the elder, and 120. */
export function PhoneButtons({ people, all, peopleOnly }: PhoneButtonsProps) {
  const words = useSosWords();
  const who = useWho();
  const kept = useStore(helpPhonesStore);
  const shown = people === undefined || people.length === 0 ? kept : people;
  return (
    <Box className="stack">
      {shown.map(({ name, callee, phone }) => {
        const as = who(callee);
        return (
          <Button key={`${name}-${phone}`} icon="phone" onTap={() => callPhone(phone)}>
            {as === undefined || as === name ? words.phones.call(name) : words.phones.callWho(name, as)}
          </Button>
        );
      })}
      {peopleOnly ? null : (
        <Button look="danger" icon="phone" onTap={() => callPhone('120')}>
          {words.phones.ambulance}
        </Button>
      )}
      {all ? (
        <>
          <Button icon="phone" onTap={() => callPhone('119')}>
            {words.phones.fire}
          </Button>
          <Button icon="phone" onTap={() => callPhone('110')}>
            {words.phones.police}
          </Button>
        </>
      ) : null}
    </Box>
  );
}
