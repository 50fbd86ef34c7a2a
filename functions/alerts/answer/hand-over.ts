import type { Actor, AlertView } from '../../../shared/contracts/alerts.ts';
import { refuse } from '../../../shared/contracts/refusal.ts';
import { ANSWERING_ROLES, type Role } from '../../../shared/contracts/roles.ts';
import { within } from '../../../shared/values/areas.ts';
import type { Instant } from '../../../shared/values/dates.ts';
import { batchGetAll } from '../../platform/batch-get.ts';
import type { Answer } from '../../platform/endpoint.ts';
import type { Who } from '../../platform/who.ts';
import { readItem } from '../circle/alerts-table.ts';
import { cityOf, dutyKey, dutyOfCity, personKey } from '../keys.ts';
import { DutyRoster, ReachablePerson } from '../records.ts';
import { handOver } from './alert-steps.ts';
import type { AnswerDeps } from './deps.ts';
import { queryAll } from './query-all.ts';
import { answerTo } from './steps.ts';
import { isOnDutyForIt, takeStep } from './take-step.ts';

const isAnsweringRole = (role: Role): boolean => (ANSWERING_ROLES as readonly Role[]).includes(role);

/**
 * Whether somebody can be handed an alert of an area: they answer alerts, and their area holds the alert's or lies inside it.
 * Where no area is known, it is a dispatcher.
 */
export function canTake({ role, area }: Pick<ReachablePerson, 'role' | 'area'>, alertArea: string): boolean {
  if (!isAnsweringRole(role) || area === undefined) return false;
  if (alertArea === '') return role === 'dispatcher';
  return within(alertArea, area) || within(area, alertArea);
}

/** Gives one's alert to somebody else on duty, who is told. Refuses: see `alertRoutes.handOverAlert`. */
export async function handOverAlert(
  deps: AnswerDeps,
  who: Who,
  form: { alertId: string; stepId: string; to: string; note?: string | undefined; now: Instant },
): Promise<Answer<AlertView>> {
  const item = await readItem(deps, personKey(form.to));
  const person = item && ReachablePerson.parse(item);
  const to: Actor | undefined = person && { personId: person.personId, name: person.name, role: person.role };
  const taken = await takeStep(deps, who, {
    ...form,
    to,
    kind: 'handed-over',
    may: isOnDutyForIt,
    change: (alert, by) => {
      // Whether it is theirs to give comes first: what is wrong with the form is told to the owner alone.
      const next = handOver(alert, by, to ?? by, form.now);
      if ('refused' in next) return next;
      return person && to && canTake(person, alert.area) ? next : refuse('not-on-duty');
    },
    tells: 'answered',
  });
  return answerTo(who, taken, form.now);
}

/** The levels of area, in digits. */
const LEVELS = [4, 6, 9, 12, 15] as const;
const MOST_PEOPLE = 500;

interface OnDuty {
  readonly personId: string;
  readonly name: string;
  readonly role: Role;
  readonly area: string;
}

/**
 * Who is on duty for an area, to hand an alert over to: those whose area holds it, the nearest first, then those inside it. Who
 * answers no alerts is left out.
 */
export async function peopleOnDuty(deps: AnswerDeps, area: string): Promise<{ people: OnDuty[] }> {
  const { db, alertsTable } = deps;
  const around = LEVELS.filter((digits) => digits <= area.length).map((digits) => dutyKey(area.slice(0, digits)));
  const [holding, inside] = await Promise.all([
    batchGetAll(db, alertsTable, around),
    queryAll(db, {
      TableName: alertsTable,
      IndexName: 'gsi1',
      KeyConditionExpression: 'gsi1pk = :city AND begins_with(gsi1sk, :area)',
      ExpressionAttributeValues: { ':city': dutyOfCity(cityOf(area)), ':area': area },
    }),
  ]);
  // The index may lag behind: what was read consistently goes last and wins.
  const rosters = new Map([...inside, ...holding].map((item) => DutyRoster.parse(item)).map((r) => [r.area, r]));
  const distance = (of: string) =>
    Math.abs(of.length - area.length) + (of.length > area.length ? LEVELS.length * 15 : 0);
  const people = [...rosters.values()]
    .sort((a, b) => distance(a.area) - distance(b.area) || a.area.localeCompare(b.area))
    .flatMap((roster) =>
      Object.entries(roster.people)
        .filter(([, { role }]) => isAnsweringRole(role))
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([personId, { name, role }]) => ({ personId, name, role, area: roster.area })),
    );
  return { people: people.slice(0, MOST_PEOPLE) };
}
