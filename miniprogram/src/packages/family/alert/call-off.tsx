import { useRef } from 'react';
import type { AlertView } from '../../../../../shared/contracts/alerts.ts';
import { Button } from '../../../components/button.tsx';
import { Failure } from '../../../components/page-states.tsx';
import { Box } from '../../../components/primitives';
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

/**
 * In the first seconds it can be called off, with one tap: a question in between would use them up, and one tap too many does no
 * harm, since the desk phones anyway.
 */
export function CallOff({ alert, now, onDone }: CallOffProps) {
  const { words, secondsUntil } = useAlertSays();
  const action = useAction();
  const stepId = useRef(newId()).current;
  const left = alert.callOffUntil === undefined ? 0 : secondsUntil(alert.callOffUntil, now);

  const callOff = async () => {
    const answer = await action.run(() => call('callOff', { params: { alertId: alert.alertId }, body: { stepId } }));
    if (answer?.ok) onDone();
  };

  // A refusal stays on the page: whoever meant to call it off must know that people are on their way.
  const failure = action.refusal && <Failure refusal={action.refusal} title={words.alert.calledOffFailed} />;
  if (left === 0 || (action.refusal && action.refusal.code !== 'offline')) return failure ?? null;
  return (
    <Box>
      {failure}
      <Button disabled={action.busy} onTap={() => void callOff()}>
        {words.alert.callOff(left)}
      </Button>
      <Box className="soft">{words.alert.callOffText}</Box>
    </Box>
  );
}
