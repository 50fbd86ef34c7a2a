import { useRef, useState } from 'react';
import type { AlertView } from '../../../../../shared/contracts/alerts.ts';
import { Ask } from '../../../components/ask.tsx';
import { Button } from '../../../components/button.tsx';
import { Failure } from '../../../components/page-states.tsx';
import { useAlertSays } from '../../../features/alerts/alert-says.ts';
import { useAction } from '../../../hooks/use-action.ts';
import { call } from '../../../services/api.ts';
import { newId } from '../../../services/ids.ts';

interface CallOffProps {
  readonly alert: AlertView;
  /** The server's clock, milliseconds. */
  readonly now: number;
  readonly onDone: () => void;
}

/** In the first seconds it can be called off. It is asked once, and the countdown stands still for nobody: the desk phones anyway. */
export function CallOff({ alert, now, onDone }: CallOffProps) {
  const { words, secondsUntil } = useAlertSays();
  const action = useAction();
  const [asking, setAsking] = useState(false);
  const stepId = useRef(newId()).current;
  const left = alert.callOffUntil === undefined ? 0 : secondsUntil(alert.callOffUntil, now);

  const callOff = async () => {
    const answer = await action.run(() => call('callOff', { params: { alertId: alert.alertId }, body: { stepId } }));
    // A refusal stays on the page: whoever meant to call it off must know that people are on their way.
    if (answer?.ok) onDone();
    setAsking(false);
  };

  if (action.refusal) return <Failure refusal={action.refusal} title={words.alert.calledOffFailed} />;
  if (alert.calledOffAt !== undefined) return null;
  if (asking) {
    return (
      <Ask
        title={words.alert.callOffTitle}
        text={words.alert.callOffText}
        yes={words.alert.callOffYes}
        no={words.alert.callOffNo}
        onYes={() => void callOff()}
        onNo={() => setAsking(false)}
        busy={action.busy}
      />
    );
  }
  return left === 0 ? null : <Button onTap={() => setAsking(true)}>{words.alert.callOff(left)}</Button>;
}
