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

/** The weekday of the day asked for last: a run of quotes is nearly always for one day. */
export function weekday(days: readonly number[]): Test {
  const wanted = listWords(days.map(weekdayWords));
  const found = byNumber((day) => {
    const { zh, en } = weekdayWords(day);
    return days.includes(day)
      ? finding(true, `就餐日为${zh}`, `the meal is on a ${en}`)
      : finding(false, `就餐日为${zh}，须为${wanted.zh}`, `the meal is on a ${en}, not on a ${wanted.en}`);
  });
  let last = { on: '', found: found(1) };
  return ({ request: { on } }) => {
    if (last.on !== on) last = { on, found: found(weekdayOf(on)) };
    return last.found;
  };
}

/** A condition on the day of the meal that either holds or not. */
export function day(holds: (on: string) => boolean, zh: string, en: string): Test {
  const met = finding(true, `就餐日在${zh}`, `the meal’s day is ${en}`);
  const unmet = finding(false, `就餐日不在${zh}`, `the meal’s day is not ${en}`);
  return (of) => (holds(of.request.on) ? met : unmet);
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
