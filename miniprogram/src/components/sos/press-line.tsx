import { useSosWords } from '../../i18n/sos';
import { openAlert } from '../../services/pages.ts';
import type { SosPress } from '../../services/sos.ts';
import { Icon } from '../icon.tsx';
import { Box, Tap, Words } from '../primitives';

/** How the call for help of this phone stands, in one line above the button on every page; opens its page. */
export function PressLine({ press }: { readonly press: SosPress }) {
  const words = useSosWords();
  const title = words.state[press.state];
  const received = press.state === 'received';
  return (
    <Box role={received ? 'status' : 'alert'}>
      <Tap
        className={`sos__line sos__line--${received ? 'received' : 'trying'}`}
        label={process.env.TARO_ENV === 'h5' ? undefined : `${title} ${words.state.seeMore}`}
        onTap={() => openAlert(press.alertId)}
      >
        <Icon shape={received ? 'circleCheck' : 'siren'} colour={received ? 'leaf' : 'cinnabar'} />
        <Words className="grow strong">{title}</Words>
        <Words>{words.state.seeMore}</Words>
        <Icon shape="forward" colour="ink" />
      </Tap>
    </Box>
  );
}
