import { useState } from 'react';
import type { AlertView, PressEvidence } from '../../../../../shared/contracts/alerts.ts';
import { Button } from '../../../components/button.tsx';
import { Notice } from '../../../components/notice.tsx';
import { Failure } from '../../../components/page-states.tsx';
import { Box } from '../../../components/primitives';
import { useAction } from '../../../hooks/use-action.ts';
import { call } from '../../../services/api.ts';
import { useDutyWords } from '../words';

interface RevokeCallerProps {
  readonly alert: AlertView;
  readonly evidence: readonly PressEvidence[];
}

/** Why a call is not verified; and, for who presses again and again, the button after which nothing rings for them any more. */
export function RevokeCaller({ alert, evidence }: RevokeCallerProps) {
  const duty = useDutyWords();
  const [isDone, setDone] = useState(false);
  const revoking = useAction();
  if (!alert.unverified) return null;
  const personId = evidence.find(({ by }) => by.personId !== undefined)?.by.personId;
  const revoke = async () => {
    if (personId === undefined) return;
    const answer = await revoking.run(() => call('revokePerson', { params: { personId } }));
    if (answer?.ok) setDone(true);
  };
  return (
    <Notice
      tone="waiting"
      title={duty.board.unverified}
      actions={
        personId === undefined || alert.doubt === 'revoked' || isDone ? undefined : (
          <Button onTap={() => void revoke()} disabled={revoking.busy}>
            {duty.flood.revoke}
          </Button>
        )
      }
    >
      {alert.doubt === undefined ? '' : duty.doubts[alert.doubt]}
      <Box className="soft">{isDone ? duty.flood.revoked : duty.flood.revokeText}</Box>
      {revoking.refusal === undefined ? null : <Failure refusal={revoking.refusal} />}
    </Notice>
  );
}
