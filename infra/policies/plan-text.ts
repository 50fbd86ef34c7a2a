import type { Reason } from '../../shared/contracts/quote.ts';
import type { AlertPlan } from '../../shared/policy/alert-plan.ts';
import { afterWords, CALLEE_WORDS, CHANNEL_WORDS, namesOf, SOURCE_WORDS } from '../../shared/policy/alert-words.ts';
import type { ExampleAlert } from '../../shared/policy/example.ts';
import type { Policy } from '../../shared/policy/policy.ts';
import { linesOf } from './quote-text.ts';

/** A ladder as text for people: who is called when and how, by which partners, and every reason with its source. */
export function planText(
  plan: AlertPlan,
  because: readonly Reason[],
  { source, on, time, drill }: ExampleAlert,
  { alerts }: Policy,
): string {
  const raised = SOURCE_WORDS[source];
  const reached = Object.entries(alerts?.partners ?? {}).filter(
    ([, { callee, sources }]) =>
      plan.waves.some(({ callees }) => callees.includes(callee)) &&
      (sources === undefined || (sources as readonly string[]).includes(source)),
  );
  return [
    `${plan.policy} · ${raised.zh} ${raised.en} · ${on}${time === undefined ? '' : ` ${time}`}${drill ? ' · 演练 drill' : ''}`,
    ...plan.waves.flatMap(({ after, callees, channels }) => {
      const [when, who, how] = [afterWords(after), namesOf(callees, CALLEE_WORDS), namesOf(channels, CHANNEL_WORDS)];
      return [`${when.zh} ${when.en}`, `  ${who.zh}（${how.zh}）`, `  ${who.en} (${how.en})`];
    }),
    `直到有人应答，每${plan.repeatSeconds}秒重复最后一级 · until somebody answers, the last again every ${plan.repeatSeconds} seconds`,
    `合并重复按下 presses joined ${plan.joinSeconds} s · 可撤销 call off ${plan.callOffSeconds} s · 接警后下一步 next step ${plan.nextStepSeconds} s`,
    ...reached.map(
      ([id, { name, callee, phone, webhook }]) =>
        `${CALLEE_WORDS[callee].zh} ${callee}: ${name.zh} · ${name.en} (${[id, phone, webhook].filter(Boolean).join(', ')})`,
    ),
    ...(because.length === 0 ? [] : ['原因 reasons', ...linesOf(because)]),
  ].join('\n');
}
