import { weekdayOf } from '../values/dates.ts';
import type { Condition } from './condition.ts';
import { byNumber, finding, inside, oneOf, type Test, usedIn } from './finding.ts';
import { listWords, mealsEn, ofItems, PERIOD_WORDS, type Words, weekdayWords } from './words.ts';

export function request(
  field: 'item' | 'eating' | 'canteen',
  values: readonly string[],
  words: (value: string) => Words,
): Test {
  const all = listWords(values.map(words));
  const test = oneOf(
    values,
    (value) => finding(true, words(value).zh, words(value).en),
    finding(false, `不是${all.zh}`, `not ${all.en}`),
  );
  return (of) => test(of.request[field] ?? '');
}

/** What the day is called: 就餐日, `the meal is` on a Monday, `the meal’s day` is among some. */
export interface DayWords {
  readonly zh: string;
  readonly is: string;
  readonly name: string;
}
export const OF_MEAL: DayWords = { zh: '就餐日', is: 'the meal is on', name: 'the meal’s day' };

/** The weekday of the day asked for last: a run of quotes is nearly always for one day. */
export function weekday(days: readonly number[], of: DayWords): Test {
  const wanted = listWords(days.map(weekdayWords));
  const found = byNumber((day) => {
    const { zh, en } = weekdayWords(day);
    return days.includes(day)
      ? finding(true, `${of.zh}为${zh}`, `${of.is} a ${en}`)
      : finding(false, `${of.zh}为${zh}，须为${wanted.zh}`, `${of.is} a ${en}, not on a ${wanted.en}`);
  });
  let last = { on: '', found: found(1) };
  return ({ request: { on } }) => {
    if (last.on !== on) last = { on, found: found(weekdayOf(on)) };
    return last.found;
  };
}

/** A condition on the day that either holds or not. */
export function day(holds: (on: string) => boolean, zh: string, en: string, of: DayWords): Test {
  const met = finding(true, `${of.zh}在${zh}`, `${of.name} is ${en}`);
  const unmet = finding(false, `${of.zh}不在${zh}`, `${of.name} is not ${en}`);
  return ({ request: { on } }) => (holds(on) ? met : unmet);
}

export function used({ per, min, max, items }: NonNullable<Condition['used']>): Test {
  const { zh, en } = PERIOD_WORDS[per];
  const which = ofItems(items);
  const asked = [
    ...(min === undefined ? [] : [{ zh: `至少${min}次`, en: `at least ${min}` }]),
    ...(max === undefined ? [] : [{ zh: `至多${max}次`, en: `at most ${max}` }]),
  ];
  const wanted = { zh: asked.map((end) => end.zh).join('、'), en: asked.map((end) => end.en).join(' and ') };
  const found = byNumber((count) =>
    inside(count, { min, max })
      ? finding(
          true,
          `${zh}${which.zh}此前已补贴${count}次，符合${wanted.zh}`,
          `${mealsEn(count)}${which.en} before ${en}, which is ${wanted.en}`,
        )
      : finding(
          false,
          `${zh}${which.zh}此前已补贴${count}次，须${wanted.zh}`,
          `${mealsEn(count)}${which.en} before ${en}, must be ${wanted.en}`,
        ),
  );
  return (of) => found(usedIn(of.usage, per, items).count);
}
