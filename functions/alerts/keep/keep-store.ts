import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { AlertStep, PressEvidence } from '../../../shared/contracts/alerts.ts';
import { batchGet } from '../../platform/batch-get.ts';
import { type Outcome, pause, type Step, transact } from '../../platform/transact.ts';
import type { AlertDeps } from '../deps.ts';
import {
  alertKey,
  currentKey,
  deviceKey,
  evidenceKey,
  historyKey,
  monthIndex,
  openIndex,
  personKey,
  pressKey,
  revokedKey,
  stepKey,
  watchIndex,
  watchKey,
} from '../keys.ts';
import { pressItem } from '../press.ts';
import { AlertRecord, CurrentAlert, DeviceRecord, PressRecord, ReachablePerson, RevokedRecord } from '../records.ts';
import { joinUntil } from './alert.ts';

type Store = Pick<AlertDeps, 'db' | 'alertsTable'>;

/** What the table holds of a press, of who or what pressed, and the alert that the press opened, if it did. */
export interface StoredPress {
  readonly press: PressRecord | undefined;
  readonly alert: AlertRecord | undefined;
  readonly device: DeviceRecord | undefined;
  readonly person: ReachablePerson | undefined;
  /** Tokens of this person that were issued before this second (epoch) were revoked. */
  readonly revokedBefore: number | undefined;
}

export async function readPress({ db, alertsTable }: Store, press: PressRecord): Promise<StoredPress> {
  const { deviceId, by } = press;
  const { [alertsTable]: items = [] } = await batchGet(db, {
    [alertsTable]: [
      pressKey(press.pressId),
      alertKey(press.pressId),
      ...(deviceId === undefined ? [] : [deviceKey(deviceId)]),
      ...(by.personId === undefined ? [] : [personKey(by.personId), revokedKey(by.personId)]),
    ],
  });
  const find = (kind: string) => items.find(({ sk }) => sk === kind);
  const [stored, alert, device, person] = [find('PRESS'), find('ALERT'), find('DEVICE'), find('PERSON')];
  const revoked = find('REVOKED');
  return {
    press: stored && PressRecord.parse(stored),
    alert: alert && AlertRecord.parse(alert),
    device: device && DeviceRecord.parse(device),
    person: person && ReachablePerson.parse(person),
    revokedBefore: revoked && RevokedRecord.parse(revoked).before,
  };
}

export async function readAlert({ db, alertsTable }: Store, alertId: string): Promise<AlertRecord | undefined> {
  const { Item } = await db.send(
    new GetCommand({ TableName: alertsTable, Key: alertKey(alertId), ConsistentRead: true }),
  );
  return Item && AlertRecord.parse(Item);
}

/** The alert that presses of a subject join now. */
export async function readCurrent({ db, alertsTable }: Store, subject: string): Promise<CurrentAlert | undefined> {
  const { Item } = await db.send(
    new GetCommand({ TableName: alertsTable, Key: currentKey(subject), ConsistentRead: true }),
  );
  return Item && CurrentAlert.parse(Item);
}

export const currentIn = (items: readonly Record<string, unknown>[]): CurrentAlert | undefined => {
  const item = items.find(({ sk }) => sk === 'CURRENT');
  return item && CurrentAlert.parse(item);
};

/** A test of the stage leaves nothing behind for longer than a week. */
const CANARY_SECONDS = 7 * 24 * 60 * 60;

/** What stood against opening an alert: `current`, another alert is open; `press`, this press was kept meanwhile. */
export type Opened = Outcome<'current' | 'alert' | 'press' | 'more'>;

/**
 * Writes a new alert with its first press, in one transaction: it becomes the one that presses join, unless another did since
 * `seen` was read.
 */
export function openAlert(
  { db, alertsTable: TableName }: Store,
  alert: AlertRecord,
  { press, seen, notes }: { press: PressRecord; seen: CurrentAlert | undefined; notes: readonly AlertStep[] },
): Promise<Opened> {
  const { alertId, area, raisedAt, elderId, canary } = alert;
  const expires = canary ? { ttl: Math.floor(Date.parse(raisedAt) / 1000) + CANARY_SECONDS } : {};
  const put = (item: object): Step<'more'> => ({ step: 'more', Put: { TableName, Item: { ...item, ...expires } } });
  const current: CurrentAlert = { alertId, openedAt: raisedAt, joinUntil: joinUntil(alert) };
  const raised: AlertStep = { stepId: alertId, at: raisedAt, kind: 'raised', by: alert.raisedBy };
  return transact(db, [
    {
      step: 'current',
      Put: {
        TableName,
        Item: { ...currentKey(alert.subject), ...current, ...expires },
        ...(seen === undefined
          ? { ConditionExpression: 'attribute_not_exists(pk)' }
          : {
              ConditionExpression: 'attribute_not_exists(pk) OR alertId = :seen',
              ExpressionAttributeValues: { ':seen': seen.alertId },
            }),
      },
    },
    {
      step: 'alert',
      Put: {
        TableName,
        Item: {
          ...alertKey(alertId),
          ...alert,
          ...(canary ? expires : { ...openIndex(area, raisedAt, alertId), ...monthIndex(area, raisedAt, alertId) }),
        },
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    },
    {
      step: 'press',
      Put: {
        TableName,
        Item: { ...pressItem({ ...press, alertId }), ...expires },
        ConditionExpression: 'attribute_not_exists(alertId)',
      },
    },
    put(evidenceItem(alertId, press, alert.unverified)),
    ...[raised, ...notes].map((step) => put({ ...stepKey(alertId, step.at, step.stepId), ...step })),
    ...(canary ? [] : [put({ ...watchKey(alertId), ...watchIndex(raisedAt, alertId), alertId })]),
    ...(canary || elderId === undefined ? [] : [put({ ...historyKey(elderId, raisedAt, alertId), alertId })]),
  ]);
}

/** Whose alert it is stands with the alert; only of an unverified press, which may name anybody, it stands here too. */
function evidenceItem(alertId: string, press: PressRecord, unverified: boolean) {
  const { elderId, area: _area, drill: _drill, alertId: _alert, token: _token, again: _again, ...rest } = press;
  const evidence: PressEvidence = { ...rest, ...(unverified && elderId !== undefined && { elderId }) };
  return { ...evidenceKey(alertId, press.at, press.pressId), ...evidence };
}

/** Keeps a press as evidence of an alert; says whether it was not there before. */
export async function putEvidence(
  { db, alertsTable }: Store,
  alertId: string,
  press: PressRecord,
  unverified: boolean,
): Promise<boolean> {
  return isFresh(
    db.send(
      new PutCommand({
        TableName: alertsTable,
        Item: evidenceItem(alertId, press, unverified),
        ConditionExpression: 'attribute_not_exists(pk)',
      }),
    ),
  );
}

/**
 * Counts a press on an alert that is still open, and takes over where it came from; answers the alert as it is now, or undefined
 * when it is closed: then the press needs one of its own. Nothing of the alert grows by it.
 */
export async function countPress(
  { db, alertsTable }: Store,
  alertId: string,
  { position, reading }: PressRecord,
  count: 0 | 1,
): Promise<AlertRecord | undefined> {
  const command = new UpdateCommand({
    TableName: alertsTable,
    Key: alertKey(alertId),
    UpdateExpression: `SET presses = presses + :count${position ? ', #position = :position' : ''}${reading ? ', #reading = :reading' : ''}`,
    ConditionExpression: '#state IN (:calling, :acknowledged, :arrived)',
    ExpressionAttributeNames: {
      '#state': 'state',
      ...(position && { '#position': 'position' }),
      ...(reading && { '#reading': 'reading' }),
    },
    ExpressionAttributeValues: {
      ':count': count,
      ':calling': 'calling',
      ':acknowledged': 'acknowledged',
      ':arrived': 'arrived',
      ...(position && { ':position': position }),
      ...(reading && { ':reading': reading }),
    },
    ReturnValues: 'ALL_NEW',
  });
  for (let attempt = 1; ; attempt++) {
    try {
      return AlertRecord.parse((await db.send(command)).Attributes);
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return undefined;
      // Somebody answers the alert at this moment.
      const isConflict = error instanceof Error && error.name === 'TransactionConflictException';
      if (!isConflict || attempt === CONFLICTS) throw error;
      await pause(attempt);
    }
  }
}
const CONFLICTS = 8;

/** Writes that a press belongs to an alert: it waits no longer to be kept. */
export async function putKept({ db, alertsTable }: Store, press: PressRecord, alertId: string): Promise<void> {
  await db.send(new PutCommand({ TableName: alertsTable, Item: pressItem({ ...press, alertId }) }));
}

export async function putStep({ db, alertsTable }: Store, alertId: string, step: AlertStep): Promise<void> {
  await db.send(
    new PutCommand({ TableName: alertsTable, Item: { ...stepKey(alertId, step.at, step.stepId), ...step } }),
  );
}

async function isFresh(written: Promise<unknown>): Promise<boolean> {
  try {
    await written;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
