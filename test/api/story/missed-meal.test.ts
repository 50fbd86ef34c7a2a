import { SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { orderKey, sittingKey } from '../../../functions/meals/keys.ts';
import { clientConfig } from '../../../infra/local/clients.ts';
import { DomainEvent } from '../../../shared/contracts/events.ts';
import { toInstant } from '../../../shared/values/dates.ts';
import { eventually, startTestCloud, type TestCloud, today } from '../support/cloud.ts';
import { aHome, type Home } from '../support/home.ts';

let town: TestCloud;
let sqs: SQSClient;
let queue: string;

/** A queue of this test's own behind the topic: what leaves by it is what any later consumer gets. */
beforeAll(async () => {
  town = await startTestCloud();
  const { messaging } = town.cloud.engines;
  sqs = new SQSClient({ ...clientConfig(messaging), useQueueUrlAsEndpoint: false });
  const sns = new SNSClient(clientConfig(messaging));
  queue = (await sqs.send(new CreateQueueCommand({ QueueName: 'overheard' }))).QueueUrl ?? '';
  await sns.send(
    new SubscribeCommand({
      TopicArn: town.cloud.environment.DOMAIN_EVENTS_TOPIC_ARN,
      Protocol: 'sqs',
      Endpoint: 'arn:aws:sqs:us-east-1:000000000000:overheard',
      Attributes: { RawMessageDelivery: 'true' },
    }),
  );
  sns.destroy();
});
afterAll(async () => {
  sqs?.destroy();
  await town?.stop();
});

const heard: DomainEvent[] = [];
async function events(): Promise<readonly DomainEvent[]> {
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: queue, MaxNumberOfMessages: 10 }));
  for (const { Body = '', ReceiptHandle } of Messages) {
    heard.push(DomainEvent.parse(JSON.parse(Body)));
    await sqs.send(new DeleteMessageCommand({ QueueUrl: queue, ReceiptHandle }));
  }
  return heard;
}

/** As the schedule does it every quarter of an hour. */
async function settle(): Promise<void> {
  const response = await fetch(`${town.cloud.web}/dev/invoke/OnSettleSittings`, { method: 'POST' });
  expect(response.status).toBe(200);
}

/** Lets the end of today's lunch have passed a minute ago, for the sitting and its orders. */
async function lunchIsOver({ canteenId }: Home, orderIds: readonly string[]): Promise<void> {
  const past = { ':past': toInstant(Date.now() - 60_000) };
  for (const Key of [sittingKey(canteenId, today(), 'lunch'), ...orderIds.map(orderKey)]) {
    await town.db.send(
      new UpdateCommand({
        TableName: town.tables.meals,
        Key,
        UpdateExpression: 'SET endsAt = :past',
        ExpressionAttributeValues: past,
      }),
    );
  }
}

describe('somebody who has ordered does not come', () => {
  let home: Home;
  let guest: Home;
  const [missing, served] = [crypto.randomUUID(), crypto.randomUUID()];
  const stateOf = async (orderId: string, { family }: Home) =>
    (await town.call('getMealOrder', { params: { orderId } }, family)).json.state;

  beforeAll(async () => {
    home = await aHome(town);
    guest = await aHome(town);
    await home.lunch({ date: today() });
    // The district is told as one with canteens, as when a canteen is set up: scheduled work starts from there.
    await town.put([{ table: 'meals', item: { pk: 'DISTRICTS', sk: home.community.slice(0, 6) } }]);
    const order = (orderId: string, of: Home) => {
      const body = of.placing({ canteenId: home.canteenId, date: today() });
      return town.call('placeMealOrder', { params: { orderId }, body }, of.family);
    };
    expect((await order(missing, home)).text).toContain('"placed"');
    expect((await order(served, guest)).text).toContain('"placed"');
    const checkIn = { params: { orderId: served }, body: { by: 'phone-tail' } };
    expect((await town.call('checkIn', checkIn, home.cook)).status).toBe(200);
  });

  it('is not missed before the sitting has ended', async () => {
    await settle();
    expect(await stateOf(missing, home)).toBe('placed');
  });

  it('is marked at the sitting’s end, and the event that says so leaves by the stream', async () => {
    await lunchIsOver(home, [missing, served]);
    await settle();
    expect(await stateOf(missing, home)).toBe('missed');
    expect(await stateOf(served, guest)).toBe('served');
    const event = await eventually('meal-missed', async () =>
      (await events()).find((each) => each.type === 'meal-missed' && each.orderId === missing),
    );
    expect(event).toMatchObject({
      elderId: home.elder.elderId,
      canteenId: home.canteenId,
      date: today(),
      sitting: 'lunch',
    });
  });

  it('is told once, however often the sitting is settled, and of nobody who came', async () => {
    await settle();
    await settle();
    // What follows in the stream has come through as well: then nothing is still on its way.
    await town.call(
      'recordDeath',
      { params: { elderId: guest.elder.elderId }, body: { diedOn: today() } },
      guest.staff,
    );
    await eventually('elder-died', async () => (await events()).some(({ type }) => type === 'elder-died'));
    const missed = (await events()).flatMap((each) => (each.type === 'meal-missed' ? [each.orderId] : []));
    expect(missed.filter((orderId) => orderId === missing)).toHaveLength(1);
    expect(missed).not.toContain(served);
  });

  it('who comes late after all is served', async () => {
    const params = { area: home.community };
    const query = { from: today(), to: today() };
    const figures = async () => (await town.call('getMealFigures', { params, query }, home.staff)).json.sum;
    const before = await figures();
    const { json } = await town.call('checkIn', { params: { orderId: missing }, body: { by: 'name' } }, home.cook);
    expect(json).toMatchObject({ state: 'served' });
    await eventually('the figures say so', async () => {
      const { served: come, missed } = await figures();
      return come === before.served + 1 && missed === before.missed - 1;
    });
  });
});
