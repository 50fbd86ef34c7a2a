import Taro from '@tarojs/taro';
import { useKeepAwake } from '../hooks/use-keep-awake.ts';
import { useRaise, useSosPress, useSosWhom } from '../hooks/use-sos.ts';
import { useSosWords } from '../i18n/sos';
import { sos } from '../services/api.ts';
import { open, openAlert } from '../services/pages.ts';
import type { SosCall } from '../services/sos.ts';
import { type SosElder, sosPassStore } from '../services/sos-pass.ts';
import { useStore } from '../services/store.ts';
import { Icon } from './icon.tsx';
import { Box, Tap, Words } from './primitives';
import { HoldButton } from './sos/hold-button.tsx';
import { PressLine } from './sos/press-line.tsx';

interface SosPlaceProps {
  /** Staff pages: the elder who is open, for whom staff raise. */
  readonly elder?: SosElder | undefined;
  /** The page itself tells how the call for help stands. */
  readonly tells?: boolean | undefined;
  /** The page asks whether to call for help: a tap on the button does not open it again, but answers it. */
  readonly onYes?: (() => void) | undefined;
}

/**
 * The emergency button: on every page, at the bottom, above the tabs, never covered; signed in or not. Held for two seconds it
 * asks for help at once. A tap leads to a page that asks, with large buttons: a hold cannot be demanded of everybody.
 */
export function SosPlace({ elder, tells, onYes }: SosPlaceProps) {
  const words = useSosWords();
  const whom = useSosWhom(elder);
  const role = useStore(sosPassStore)?.role;
  const press = useSosPress();
  const { prepare, raise } = useRaise();
  const ask = () => open('sos', elder && { elderId: elder.elderId, name: elder.name });
  // Until a yes: a dark screen stops the app, and with it the tries.
  useKeepAwake(press !== undefined && press.state !== 'received');

  // Who sits at the desk hears every alert already: there it is raised for an elder on the phone.
  if (role === 'dispatcher' && elder === undefined) return null;
  if (whom.kind === 'never') {
    // The page of the numbers itself.
    if (tells) return null;
    return (
      <Box className="sos no-print">
        <Tap className="sos__button" label={process.env.TARO_ENV === 'h5' ? undefined : words.buttonPhones} onTap={ask}>
          <Icon shape="siren" colour="white" />
          <Words className="sos__what">{words.buttonPhones}</Words>
          <Words className="sos__how">{words.tapHelp}</Words>
        </Tap>
      </Box>
    );
  }
  const helpFor = (call: SosCall) => {
    const made = raise(call);
    if (made === undefined) return;
    // A phone that cannot shake says no; that changes nothing.
    void Promise.resolve(Taro.vibrateLong?.()).catch(() => undefined);
    openAlert(made.alertId);
  };
  const what = {
    self: words.button,
    one: whom.kind === 'one' ? words.buttonFor(whom.elder.name) : '',
    which: words.buttonForSomebody,
    here: role === 'family' ? words.buttonForSomebody : words.buttonHere,
  }[whom.kind];
  return (
    <Box className="sos no-print">
      {press === undefined || tells ? null : <PressLine press={press} />}
      <HoldButton
        what={what}
        onStart={prepare}
        onTap={onYes ?? (tells && press !== undefined && whom.kind !== 'which' ? sos.flush : ask)}
        onHeld={() => {
          if (whom.kind === 'which') ask();
          else helpFor(whom.kind === 'self' ? {} : whom.call);
        }}
      />
    </Box>
  );
}
