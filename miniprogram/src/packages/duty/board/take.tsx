import type { AlertView } from '../../../../../shared/contracts/alerts.ts';
import { Button } from '../../../components/button.tsx';
import { Notice } from '../../../components/notice.tsx';
import { useSay, useWords } from '../../../i18n';
import { useStore } from '../../../services/store.ts';
import { useAlertWords } from '../alert-words.ts';
import { takingStore } from '../watch/alert-watch.ts';
import { forgetTaking, take } from '../watch/taking.ts';
import { useDutyWords } from '../words';

/** The one tap that takes an alert; `onTaken` follows once the server has said that it is this person's. */
export function useTake({ alertId }: Pick<AlertView, 'alertId'>, onTaken?: () => void) {
  const taking = useStore(takingStore)[alertId];
  return {
    busy: taking?.busy === true,
    take: () => {
      void take(alertId).then((isMine) => {
        if (isMine) onTaken?.();
      });
    },
  };
}

/** Why it was not taken: somebody else has it (and who), it is closed, or nothing is known. */
export function NotTaken({ alert }: { readonly alert: AlertView }) {
  const words = useWords();
  const duty = useDutyWords();
  const say = useSay();
  const { actor } = useAlertWords();
  const refusal = useStore(takingStore)[alert.alertId]?.refusal;
  if (refusal === undefined) return null;
  const close = <Button onTap={() => forgetTaking(alert.alertId)}>{words.close}</Button>;
  if (refusal.code === 'alert-owned') {
    return (
      <Notice urgent tone="waiting" title={duty.board.owned(alert.owner ? actor(alert.owner) : '…')} actions={close}>
        {duty.board.ownedText}
      </Notice>
    );
  }
  return (
    <Notice urgent tone="waiting" title={duty.board.notTaken} actions={close}>
      {refusal.code === 'offline' ? duty.board.notTakenOffline : say(refusal.message)}
    </Notice>
  );
}
