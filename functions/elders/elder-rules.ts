import type { AbilityForm, Absence } from '../../shared/contracts/elder-facts.ts';
import { type ElderForm, HIGHEST_GRADE, type TagForm } from '../../shared/contracts/elders.ts';
import { type Refusal, refuse } from '../../shared/contracts/refusal.ts';
import type { Tag } from '../../shared/policy/facts.ts';
import { addDays, ageOn, type IsoDate } from '../../shared/values/dates.ts';
import type { Bilingual } from '../../shared/values/text.ts';

/** An elder is a resident of 60 or over: Law on the Protection of the Rights and Interests of Older Persons, article 2. */
const ELDER_FROM_AGE = 60;
/** Older than anybody ever was: a slip in the year. */
const OLDEST = 125;
/** A pause may be written down afterwards for so many days: who was taken to hospital does not report it on the day. */
export const PAUSE_BACK_DAYS = 31;
/** And so many days ahead. */
export const PAUSE_AHEAD_DAYS = 366;

/** One thing that is wrong with one field, in words for whoever typed it. */
export interface Fault {
  readonly field: string;
  readonly message: Bilingual;
}

const fault = (field: string, zh: string, en: string): Fault => ({ field, message: { zh, en } });

/** Faults as a refusal of a body: `message` in English, `zh` in Chinese. */
export const refuseFaults = (faults: readonly Fault[]): Refusal | undefined =>
  faults.length === 0
    ? undefined
    : refuse(
        'invalid-request',
        faults.map(({ field, message }) => ({ path: `body.${field}`, message: message.en, zh: message.zh })),
      );

/** Characters 7 to 14 of a resident id number are the birth date (GB 11643-1999). */
export const birthDateOfId = (idNumber: string): string =>
  `${idNumber.slice(6, 10)}-${idNumber.slice(10, 12)}-${idNumber.slice(12, 14)}`;

/** What a schema cannot see in an elder's form: age, and the id number against the birth date. */
export function elderFormFaults(form: Pick<ElderForm, 'birthDate' | 'idNumber'>, today: IsoDate): Fault[] {
  const faults: Fault[] = [];
  const age = ageOn(form.birthDate, today);
  if (age < ELDER_FROM_AGE) {
    faults.push(
      fault('birthDate', `未满 ${ELDER_FROM_AGE} 岁，不能登记为老人。`, `An elder is ${ELDER_FROM_AGE} or over.`),
    );
  }
  if (age > OLDEST) {
    faults.push(fault('birthDate', '出生日期太早，请核对年份。', 'This birth date is too early; check the year.'));
  }
  if (form.idNumber !== undefined && birthDateOfId(form.idNumber) !== form.birthDate) {
    faults.push(
      fault(
        'birthDate',
        `与身份证号里的出生日期 ${birthDateOfId(form.idNumber)} 不一致。`,
        `The id number says ${birthDateOfId(form.idNumber)}.`,
      ),
    );
  }
  return faults;
}

const inFuture = (field: string) => fault(field, '日期还没有到。', 'This day has not come yet.');

export function tagFaults(tag: Tag, form: TagForm, today: IsoDate): Fault[] {
  const faults: Fault[] = [];
  const highest = HIGHEST_GRADE[tag];
  if (form.grade !== undefined && highest === undefined) {
    faults.push(fault('grade', '这一类没有等级。', 'This kind has no grade.'));
  } else if (form.grade !== undefined && highest !== undefined && form.grade > highest) {
    faults.push(fault('grade', `等级是 1 到 ${highest}。`, `The grade is 1 to ${highest}.`));
  }
  const { issuedOn } = form.evidence;
  if (issuedOn !== undefined && issuedOn > today) faults.push(inFuture('evidence.issuedOn'));
  return faults;
}

export function abilityFaults(form: AbilityForm, today: IsoDate): Fault[] {
  const faults: Fault[] = [];
  if (form.assessedOn > today) faults.push(inFuture('assessedOn'));
  const { issuedOn } = form.evidence;
  if (issuedOn !== undefined && issuedOn > today) faults.push(inFuture('evidence.issuedOn'));
  return faults;
}

export function absenceFaults({ from, until }: Absence, today: IsoDate): Fault[] {
  const faults: Fault[] = [];
  if (until !== undefined && until < from) {
    faults.push(fault('until', '结束日期早于开始日期。', 'Ends before it starts.'));
  } else if (until !== undefined && until < today) {
    faults.push(fault('until', '这几天已经过去，不用暂停。', 'These days are over; there is nothing to pause.'));
  }
  if (from < addDays(today, -PAUSE_BACK_DAYS)) {
    faults.push(fault('from', `最早 ${PAUSE_BACK_DAYS} 天以前。`, `At most ${PAUSE_BACK_DAYS} days ago.`));
  }
  if (from > addDays(today, PAUSE_AHEAD_DAYS)) {
    faults.push(fault('from', `最多提前 ${PAUSE_AHEAD_DAYS} 天。`, `At most ${PAUSE_AHEAD_DAYS} days ahead.`));
  }
  return faults;
}

/** A day of death: it has come, and comes after birth. */
export function deathFaults(diedOn: IsoDate, birthDate: IsoDate, today: IsoDate): Fault[] {
  if (diedOn > today) return [inFuture('diedOn')];
  return diedOn < birthDate ? [fault('diedOn', '早于出生日期。', 'Earlier than the birth date.')] : [];
}
