import type { AlertView } from '../../../../../shared/contracts/alerts.ts';
import { Button } from '../../../components/button.tsx';
import { Box, Words } from '../../../components/primitives';
import { Section } from '../../../components/section.tsx';
import { callPhone } from '../../../services/phone.ts';
import { useAlertWords } from '../alert-words.ts';
import { useDutyWords } from '../words';

const EMERGENCY = '120';

/** Whom to phone, in order, the elder first: large numbers, to be read off a screen as well as pressed. */
export function Contacts({ alert }: { readonly alert: AlertView }) {
  const duty = useDutyWords();
  const say = useAlertWords();
  const own = alert.phone === undefined || alert.phone.includes('*') ? [] : [alert.phone];
  const lines = [
    ...own.map((phone) => ({ name: say.name(alert), what: duty.alert.self, phone })),
    ...alert.contacts.map(({ name, relation, callee, phone }) => ({
      name,
      what: relation ?? say.callee(callee),
      phone,
    })),
  ];
  return (
    <Section title={duty.alert.contacts}>
      {alert.contacts.length === 0 ? <Box className="soft">{duty.alert.noContacts}</Box> : null}
      <Box role="list" label={duty.alert.contacts} className="callees">
        {[...lines, { name: duty.alert.emergency, what: '', phone: EMERGENCY }].map(({ name, what, phone }, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: one number may stand for two people, and the order is theirs
          <Box key={`${place}-${phone}`} role="listitem" label={name} className="callee">
            <Box className="callee__who">
              <Words className="strong">{name}</Words>
              {what === '' ? null : <Words className="soft"> {what}</Words>}
            </Box>
            <Words className="callee__phone">{phone}</Words>
            <Box className="callee__call">
              <Button icon="phone" onTap={() => callPhone(phone)} label={duty.alert.call(name, phone)}>
                {duty.call}
              </Button>
            </Box>
          </Box>
        ))}
      </Box>
    </Section>
  );
}
