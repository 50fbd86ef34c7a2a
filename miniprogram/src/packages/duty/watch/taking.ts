import { call } from '../../../services/api.ts';
import { newId } from '../../../services/ids.ts';
import { learn, type Taking, takingStore } from './alert-watch.ts';

function note(alertId: string, taking: Taking | undefined): void {
  const { [alertId]: _, ...others } = takingStore.get();
  takingStore.set(taking === undefined ? others : { ...others, [alertId]: taking });
}

/** Takes an alert. Answers whether it is now this person's. Somebody was faster: who it is is asked at once. */
export async function take(alertId: string): Promise<boolean> {
  const before = takingStore.get()[alertId];
  if (before?.busy) return false;
  const stepId = before?.stepId ?? newId();
  note(alertId, { stepId, busy: true });
  const answer = await call('acknowledgeAlert', { params: { alertId }, body: { stepId } });
  if (answer.ok) {
    learn(answer.value);
    note(alertId, undefined);
    return true;
  }
  const { refusal } = answer;
  // No answer: it may have arrived, and the same step is sent again. A no: another attempt is another step.
  note(alertId, { stepId: refusal.code === 'offline' ? stepId : newId(), busy: false, refusal });
  if (refusal.code === 'alert-owned' || refusal.code === 'alert-closed') {
    const detail = await call('getAlert', { params: { alertId } });
    if (detail.ok) learn(detail.value.alert);
  }
  return false;
}

export const forgetTaking = (alertId: string): void => note(alertId, undefined);
