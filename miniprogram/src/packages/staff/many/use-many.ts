import { useState } from 'react';
import type { Eating, SittingName, SittingView } from '../../../../../shared/contracts/canteens.ts';
import type { ElderView } from '../../../../../shared/contracts/elders.ts';
import { addDays } from '../../../../../shared/values/dates.ts';
import { useDraft } from '../../../hooks/use-draft.ts';
import { call } from '../../../services/api.ts';
import type { Refused } from '../../../services/client.ts';
import { today } from '../../../services/clock.ts';
import { newId } from '../../../services/ids.ts';
import { answered, bodyOf, type Row, rowFor, type SameForAll, unanswered, unsettled } from './rows.ts';

export interface Picked {
  readonly elderId: string;
  readonly name: string;
}

interface ManyDraft {
  readonly date: string;
  readonly sitting: SittingName;
  readonly slotId: string;
  readonly eating: Eating | null;
  readonly reason: string;
  readonly picked: readonly Picked[];
  /** Empty until the meals were put together. */
  readonly rows: readonly Row[];
  readonly sent: boolean;
}

/** Orders in one request: an answer comes well before the connection gives up. */
const AT_ONCE = 20;
/** Entries read side by side. */
const SIDE_BY_SIDE = 6;

/** Many orders for one sitting: who, what each gets, and what became of each. All of it is kept on the phone until it is done. */
export function useMany() {
  const [draft, change, forget] = useDraft<ManyDraft>('staff-many', {
    date: addDays(today(), 1),
    sitting: 'lunch',
    slotId: '',
    eating: null,
    reason: '',
    picked: [],
    rows: [],
    sent: false,
  });
  const [progress, setProgress] = useState<number | undefined>();
  const [refusal, setRefusal] = useState<Refused | undefined>();

  /** Reads each elder's entry and puts a meal together. */
  async function prepare(sitting: SittingView) {
    setRefusal(undefined);
    const elders: ElderView[] = [];
    for (let first = 0; first < draft.picked.length; first += SIDE_BY_SIDE) {
      setProgress(first);
      const part = draft.picked.slice(first, first + SIDE_BY_SIDE);
      const answers = await Promise.all(part.map(({ elderId }) => call('getElder', { params: { elderId } })));
      for (const answer of answers) {
        if (!answer.ok) {
          setProgress(undefined);
          setRefusal(answer.refusal);
          return;
        }
        elders.push(answer.value);
      }
    }
    setProgress(undefined);
    change({ rows: elders.map((elder) => rowFor(elder, sitting, newId())), sent: false });
  }

  /** Sends what is not settled, some at a time, and shows each answer as it comes. Stops where no answer comes. */
  async function send(same: SameForAll) {
    if (progress !== undefined) return;
    setRefusal(undefined);
    let { rows } = draft;
    const todo = unsettled(rows);
    for (let first = 0; first < todo.length; first += AT_ONCE) {
      setProgress(first);
      const part = todo.slice(first, first + AT_ONCE);
      const answer = await call('placeMealOrders', { body: bodyOf(part, same) });
      rows = answer.ok ? answered(rows, part, answer.value) : unanswered(rows, part, answer.refusal);
      change({ rows, sent: true });
      if (!answer.ok) {
        setRefusal(answer.refusal);
        break;
      }
    }
    setProgress(undefined);
  }

  return { draft, change, forget, progress, refusal, prepare, send };
}
