import { useState } from 'react';
import { timeInChina } from '../../../../shared/values/dates.ts';
import { useSosWords } from '../../i18n/sos';
import { sos } from '../../services/api.ts';
import { open } from '../../services/pages.ts';
import { sessionStore } from '../../services/session.ts';
import type { SosPress } from '../../services/sos.ts';
import { useStore } from '../../services/store.ts';
import { Ask } from '../ask.tsx';
import { Button } from '../button.tsx';
import { Icon } from '../icon.tsx';
import { Box, Heading } from '../primitives';

/** What is true of this press, in one sentence. */
export function usePressText(press: SosPress): string {
  const { state } = useSosWords();
  switch (press.state) {
    case 'sending':
      return state.sendingText;
    case 'waiting':
      return press.offline ? state.offline : state.trouble;
    case 'received':
      return state.receivedAt(timeInChina(press.receivedAt ?? press.pressedAt));
    case 'refused':
      return state.refusedText;
  }
}

/** How this phone's call for help stands: whether it has arrived, that it is still tried, and how to stop it. */
export function PressCard({ press }: { readonly press: SosPress }) {
  const { state, ask } = useSosWords();
  const text = usePressText(press);
  const signedIn = useStore(sessionStore) !== null;
  const [stopping, setStopping] = useState(false);
  const received = press.state === 'received';

  if (stopping) {
    return (
      <Ask
        title={state.stopTitle}
        text={state.stopText}
        yes={state.stopYes}
        no={state.stopNo}
        onYes={() => sos.drop(press.alertId)}
        onNo={() => setStopping(false)}
      />
    );
  }
  return (
    <Box role={received ? 'status' : 'alert'} className={`card stack sos-card sos-card--${press.state}`}>
      <Box className="row">
        <Icon
          shape={received ? 'circleCheck' : 'siren'}
          colour={received ? 'leaf' : 'cinnabar'}
          className="icon--large"
        />
        <Heading level={2} className="grow lead">
          {state[press.state]}
        </Heading>
      </Box>
      {press.name === undefined ? null : <Box className="strong">{state.for(press.name)}</Box>}
      <Box>{text}</Box>
      {press.state === 'waiting' && press.tries > 1 ? <Box className="soft">{state.tries(press.tries)}</Box> : null}
      {press.state === 'waiting' ? <Button onTap={sos.flush}>{state.tryNow}</Button> : null}
      {press.state === 'refused' && !signedIn ? <Button onTap={() => open('signIn')}>{ask.signIn}</Button> : null}
      {press.state === 'waiting' || press.state === 'refused' ? (
        <Button look="quiet" onTap={() => setStopping(true)}>
          {state.stop}
        </Button>
      ) : null}
    </Box>
  );
}
