import { paginateQuery } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { type Actor, AlertStep, PressEvidence } from '../../../shared/contracts/alerts.ts';
import { batchGet } from '../../platform/batch-get.ts';
import type { Step } from '../../platform/transact.ts';
import type { Who } from '../../platform/who.ts';
import { readCard } from '../circle/card-store.ts';
import {
  alertKey,
  currentKey,
  DELIVERIES,
  EVIDENCE,
  personKey,
  pressKey,
  STEPS,
  stepClaimKey,
  stepKey,
} from '../keys.ts';
import { AlertRecord, DeliveryRecord, PressRecord, ReachablePerson } from '../records.ts';
import { isClosed } from './alert-steps.ts';
import type { WholeAlert } from './alert-view.ts';
import type { AnswerDeps } from './deps.ts';

/** Who already took the step that a request asks for: it tells a repeat from something else. */
const StepClaim = z.object({
  personId: z.string(),
  kind: z.string(),
  at: z.string(),
  /** The revision that the step made. */
  rev: z.int(),
});
type StepClaim = z.infer<typeof StepClaim>;

export interface ReadAlert {
  readonly alert: AlertRecord | undefined;
  /** The press of this id, where the alert has another: presses join. */
  readonly press: PressRecord | undefined;
  readonly claim: StepClaim | undefined;
  /** Who asks, with their name, as far as it is known here. */
  readonly by: Actor;
}

const PARTITIONS = { alert: 'ALERT#', press: 'PRESS#', person: 'PERSON#' } as const;

/**
 * Reads an alert, or the press of this id, with the person who asks and their claim to a step, in one consistent batch. A press
 * that joined another alert is followed to it.
 */
export async function readAlert(
  { db, alertsTable }: AnswerDeps,
  who: Who,
  alertId: string,
  stepId?: string,
): Promise<ReadAlert> {
  const read = async (id: string, more: readonly { pk: string; sk: string }[]) => {
    const keys = [alertKey(id), ...more, ...(stepId === undefined ? [] : [stepClaimKey(id, stepId)])];
    const { [alertsTable]: items = [] } = await batchGet(db, { [alertsTable]: keys });
    const find = (pk: string, sk: string) =>
      items.find((item) => String(item.pk).startsWith(pk) && String(item.sk).startsWith(sk));
    const [alert, claim] = [find(PARTITIONS.alert, 'ALERT'), find(PARTITIONS.alert, 'CLAIM#')];
    const [press, person] = [find(PARTITIONS.press, 'PRESS'), find(PARTITIONS.person, 'PERSON')];
    return {
      alert: alert && AlertRecord.parse(alert),
      claim: claim && StepClaim.parse(claim),
      press: press && PressRecord.parse(press),
      person: person && ReachablePerson.parse(person),
    };
  };
  const { person, ...first } = await read(alertId, [pressKey(alertId), personKey(who.personId)]);
  const joined = first.press?.alertId;
  const found = first.alert === undefined && joined !== undefined ? await read(joined, []) : first;
  const { claim } = found;
  const alert = found.alert && { ...found.alert, family: await familyOf({ db, alertsTable }, who, found.alert) };
  const name = person?.name ?? (who.role === 'elder' && who.elderId === alert?.elderId ? alert?.name : undefined);
  return { alert, claim, press: first.press, by: { personId: who.personId, role: who.role, name } };
}

/**
 * The family by which a relative is judged: those who are bound to the elder now, not those who were when the alert was raised.
 * Nobody else is judged by it.
 */
async function familyOf(
  store: Pick<AnswerDeps, 'db' | 'alertsTable'>,
  who: Who,
  { elderId, family }: AlertRecord,
): Promise<string[]> {
  if (who.role !== 'family' || elderId === undefined) return family;
  return (await readCard(store, elderId))?.family ?? family;
}

/** Everything of an alert, each part by a query of its own. Of the evidence the newest hundred: one device can press thousands of times. */
export async function readWhole(deps: AnswerDeps, alert: AlertRecord): Promise<WholeAlert> {
  const [steps, deliveries, evidence] = await Promise.all([
    partOf(deps, alert.alertId, STEPS),
    readDeliveries(deps, alert.alertId),
    partOf(deps, alert.alertId, EVIDENCE, MOST_EVIDENCE),
  ]);
  return {
    alert,
    timeline: steps.map((item) => StepItem.parse(item)),
    deliveries: deliveries.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)),
    evidence: evidence.map((item) => EvidenceItem.parse(item)).reverse(),
  };
}
const MOST_EVIDENCE = 100;

/** Items carry their keys; what is answered does not. */
const StepItem = z.object(AlertStep.shape);
const EvidenceItem = z.object(PressEvidence.shape);

export const readTimeline = async (deps: AnswerDeps, alertId: string): Promise<AlertStep[]> =>
  (await partOf(deps, alertId, STEPS)).map((item) => StepItem.parse(item));

export const readDeliveries = async (deps: AnswerDeps, alertId: string): Promise<DeliveryRecord[]> =>
  (await partOf(deps, alertId, DELIVERIES)).map((item) => DeliveryRecord.parse(item));

/** A part of an alert's partition: whole and in its order, or the last `newest` of it, newest first. */
async function partOf({ db, alertsTable }: AnswerDeps, alertId: string, prefix: string, newest?: number) {
  const items: Record<string, unknown>[] = [];
  const pages = paginateQuery(
    { client: db },
    {
      TableName: alertsTable,
      KeyConditionExpression: 'pk = :alert AND begins_with(sk, :part)',
      ExpressionAttributeValues: { ':alert': alertKey(alertId).pk, ':part': prefix },
      ConsistentRead: true,
      ...(newest !== undefined && { ScanIndexForward: false, Limit: newest }),
    },
  );
  for await (const page of pages) {
    items.push(...(page.Items ?? []));
    if (newest !== undefined && items.length >= newest) break;
  }
  return items;
}

/**
 * Writes what changed between two states of an alert over the one that was read; fails where somebody else wrote it since. A closed
 * alert leaves the board. What this code does not know of the item stays as it is.
 */
export function putChanges(table: string, read: AlertRecord, next: AlertRecord): Step<'alert'> {
  const fields = Object.keys(AlertRecord.shape) as (keyof AlertRecord)[];
  const different = fields.filter((field) => JSON.stringify(read[field]) !== JSON.stringify(next[field]));
  const set = different.filter((field) => next[field] !== undefined);
  const removed = [
    ...different.filter((field) => next[field] === undefined),
    ...(isClosed(next) ? ['gsi1pk', 'gsi1sk'] : []),
  ];
  const remove = removed.length > 0 ? ` REMOVE ${removed.map((field) => `#${field}`).join(', ')}` : '';
  return {
    step: 'alert',
    Update: {
      TableName: table,
      Key: alertKey(read.alertId),
      UpdateExpression: `SET ${set.map((field) => `#${field} = :${field}`).join(', ')}${remove}`,
      ConditionExpression: '#rev = :read',
      ExpressionAttributeNames: Object.fromEntries([...set, ...removed].map((field) => [`#${field}`, field])),
      ExpressionAttributeValues: {
        ':read': read.rev,
        ...Object.fromEntries(set.map((field) => [`:${field}`, next[field]])),
      },
    },
  };
}

export const putStep = (table: string, alertId: string, step: AlertStep): Step<'step'> => ({
  step: 'step',
  Put: { TableName: table, Item: { ...stepKey(alertId, step.at, step.stepId), ...step } },
});

/** Claims the id that the client gave to a step; fails when it was taken already. */
export const claimStep = (
  table: string,
  { alertId, rev }: Pick<AlertRecord, 'alertId' | 'rev'>,
  { stepId, at, kind, by }: Pick<AlertStep, 'stepId' | 'at' | 'kind' | 'by'>,
): Step<'claim'> => ({
  step: 'claim',
  Put: {
    TableName: table,
    Item: { ...stepClaimKey(alertId, stepId), at, kind, personId: by.personId, rev },
    ConditionExpression: 'attribute_not_exists(pk)',
  },
});

/** Presses no longer join this alert; fails where they join another one by now. */
export const endJoining = (table: string, { subject, alertId }: AlertRecord): Step<'current'> => ({
  step: 'current',
  Delete: {
    TableName: table,
    Key: currentKey(subject),
    ConditionExpression: 'attribute_not_exists(pk) OR alertId = :this',
    ExpressionAttributeValues: { ':this': alertId },
  },
});
