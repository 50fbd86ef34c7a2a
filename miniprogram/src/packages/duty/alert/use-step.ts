import { useRef, useState } from 'react';
import type { AlertView } from '../../../../../shared/contracts/alerts.ts';
import { useAction } from '../../../hooks/use-action.ts';
import { call } from '../../../services/api.ts';
import type { Answer, InputOf } from '../../../services/client.ts';
import { newId } from '../../../services/ids.ts';
import { learn } from '../watch/alert-watch.ts';

/** The routes by which somebody moves an alert on. */
type StepRoute = 'noteOnAlert' | 'arriveAtAlert' | 'resolveAlert' | 'falseAlarm' | 'handOverAlert';
type StepBody<N extends StepRoute> = Omit<InputOf<N>['body'], 'stepId'>;

/**
 * Steps on one alert. A step that got no answer keeps its id: pressed again, with the same words, it counts once. `done` is what
 * was written down last, in words.
 */
export function useStep(alertId: string, onDone: () => void) {
  const action = useAction();
  const [done, setDone] = useState<string | undefined>();
  const open = useRef<{ content: string; stepId: string } | undefined>(undefined);

  async function run<N extends StepRoute>(name: N, body: StepBody<N>, words: string): Promise<boolean> {
    const content = JSON.stringify([name, body]);
    const stepId = open.current?.content === content ? open.current.stepId : newId();
    open.current = { content, stepId };
    setDone(undefined);
    const ask = call as (route: StepRoute, input: unknown) => Promise<Answer<AlertView>>;
    const answer = await action.run(() => ask(name, { params: { alertId }, body: { ...body, stepId } }));
    if (answer === undefined) return false;
    if (answer.ok || answer.refusal.code !== 'offline') open.current = undefined;
    if (!answer.ok) return false;
    learn(answer.value);
    setDone(words);
    onDone();
    return true;
  }
  return { busy: action.busy, refusal: action.refusal, clear: action.clear, done, run };
}
export type Step = ReturnType<typeof useStep>;
