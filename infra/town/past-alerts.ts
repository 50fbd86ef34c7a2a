import { factsOf } from '../../functions/alerts/circle/watch.ts';
import { alertKey, deliveryKey, evidenceKey, historyKey, monthIndex, stepKey } from '../../functions/alerts/keys.ts';
import type { AlertRecord, DeliveryRecord } from '../../functions/alerts/records.ts';
import { elderTold } from '../../functions/elders/elder-events.ts';
import type { ElderRecord } from '../../functions/elders/elder-record.ts';
import type { StoredPerson } from '../../functions/sessions/person.ts';
import type { Actor, AlertStep, PressEvidence } from '../../shared/contracts/alerts.ts';
import { alertPlan, alertPolicyFor } from '../../shared/policy/alert-plan.ts';
import { addDays, dateInChina, type Instant, instantInChina, toInstant } from '../../shared/values/dates.ts';
import type { Community } from './community.ts';
import { type Random, randomOf } from './random.ts';
import type { TownItem } from './town-item.ts';

/** How far back alerts go. */
const DAYS = 150;
/** Of a hundred elders, so many call for help in a month; and so many are drilled. */
const A_MONTH_IN_100 = 3;
const DRILLS_A_MONTH_IN_100 = 1;

const SOURCES = [
  ['key', 58],
  ['app', 20],
  ['wristband', 8],
  ['missed-check', 5],
  ['staff-call', 4],
  ['smoke', 3],
  ['health-meter', 2],
] as const;
/** What came of it. A wrong press is the commonest end of all. */
const ENDS = [
  ['false-alarm', '误按，电话确认平安。'],
  ['false-alarm', '在试按键，家里没事。'],
  ['comforted', '心里着急，陪着说了一会儿话，已平静。'],
  ['helped-at-home', '在卫生间滑倒，扶起来检查，没有外伤。'],
  ['helped-at-home', '忘带钥匙进不了门，联系家属开门。'],
  ['helped-at-home', '头晕，量血压 165/95，按时服药后好转，家属陪同。'],
  ['hospital', '胸闷，120 送到区人民医院，家属已到。'],
  ['other', '燃气忘关报警，已关阀通风。'],
] as const;
const END_WEIGHTS = [26, 12, 14, 16, 9, 12, 6, 5] as const;
/** More by day than by night, and most in the early morning: hours in China. */
const HOURS = [2, 4, 5, 6, 6, 7, 7, 8, 8, 9, 10, 11, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22] as const;

interface Crew {
  readonly dispatchers: readonly Pick<StoredPerson, 'personId' | 'name'>[];
  readonly family: ReadonlyMap<string, StoredPerson>;
}

/** The alerts and drills of the last months, all closed: as they would lie there had they happened. Always the same for a seed and day. */
export function* pastAlerts(community: Community, elders: readonly ElderRecord[], crew: Crew): Generator<TownItem> {
  const random = randomOf(community.seed, 'alerts', community.code);
  const living = elders.filter(({ diedOn }) => diedOn === null);
  if (living.length === 0) return;
  const months = DAYS / 30;
  const count = (inMonthOf100: number) => Math.ceil((living.length / 100) * inMonthOf100 * months);
  const [real, drills] = [count(A_MONTH_IN_100), count(DRILLS_A_MONTH_IN_100)];
  for (let n = 0; n < real + drills; n++) {
    const elder = random.pick(living);
    for (const item of alertItems(random, community, elder, crew, n >= real)) yield { table: 'alerts', item };
  }
}

const later = (at: Instant, seconds: number): Instant => toInstant(Date.parse(at) + Math.round(seconds * 1000));

/** Of a thousand, 964 are answered within a minute and 989 within three, a little under the standard: that is what a report is for. */
function answerSeconds(random: Random): number {
  const luck = random.next();
  if (luck < 0.964) return random.between(4, 56) + random.between(0, 9) / 10;
  if (luck < 0.989) return random.between(61, 176);
  return random.between(185, 420);
}

function* alertItems(
  random: Random,
  community: Community,
  elder: ElderRecord,
  crew: Crew,
  isDrill: boolean,
): Generator<Record<string, unknown>> {
  const { today, policies } = community;
  const day = addDays(today, -random.between(1, DAYS));
  const hour = isDrill ? random.pick([9, 10, 15, 16]) : random.pick(HOURS);
  const raisedAt = later(
    instantInChina(day, `${String(hour).padStart(2, '0')}:${String(random.between(0, 59)).padStart(2, '0')}`),
    random.between(0, 59),
  );
  const source = isDrill ? 'app' : random.weighted(SOURCES);
  const alertId = random.uuid();
  const card = elderTold(elder);
  const policy = alertPolicyFor(policies, elder.area, dateInChina(raisedAt));
  const plan = alertPlan(policy, factsOf(card), source, raisedAt, { drill: isDrill });
  const dispatcher = random.pick(crew.dispatchers);
  const desk: Actor = { personId: dispatcher.personId, name: dispatcher.name, role: 'dispatcher' };
  const seconds = answerSeconds(random);
  const answeredAt = later(raisedAt, seconds);
  const [end, note] = isDrill ? (['other', '演练，一切正常。'] as const) : pickEnd(random);
  const isWrong = end === 'false-alarm';
  const goesThere = !isDrill && !isWrong && random.chance(0.7);
  const arrivedAt = goesThere ? later(answeredAt, random.between(240, 1100)) : undefined;
  const closedAt = later(arrivedAt ?? answeredAt, random.between(90, 1500));
  const raisedBy: Actor = raiserOf(source, isDrill, elder);
  // The first wave is called at once; later ones only while nobody has answered.
  const called = plan.waves.filter(({ after }) => after < seconds);
  const steps: Omit<AlertStep, 'stepId'>[] = [
    { at: raisedAt, kind: 'raised', by: raisedBy },
    ...called.map(({ after }, index) => ({
      at: later(raisedAt, after + 0.4),
      kind: 'wave' as const,
      by: { role: 'system' as const },
      wave: index + 1,
    })),
    { at: answeredAt, kind: 'acknowledged', by: desk },
    ...(arrivedAt === undefined ? [] : [{ at: arrivedAt, kind: 'arrived' as const, by: desk }]),
    { at: closedAt, kind: isWrong ? 'false-alarm' : 'resolved', by: desk, note },
  ];
  const alert: AlertRecord = {
    alertId,
    subject: `${isDrill ? 'drill:' : ''}elder:${elder.elderId}`,
    elderId: elder.elderId,
    name: elder.name,
    birthDate: elder.birthDate,
    ...(elder.phone !== undefined && { phone: elder.phone }),
    address: elder.address,
    area: elder.area,
    family: elder.family,
    contacts: [],
    source,
    raisedBy,
    raisedAt,
    drill: isDrill,
    canary: false,
    unverified: false,
    plan,
    state: isWrong ? 'false-alarm' : 'resolved',
    wave: called.length,
    owner: desk,
    answeredAt,
    closedAt,
    ...(!isWrong && { outcome: end }),
    presses: 1,
    rev: steps.length,
  };
  yield { ...alertKey(alertId), ...monthIndex(elder.area, raisedAt, alertId), ...alert };
  yield { ...historyKey(elder.elderId, raisedAt, alertId), alertId };
  const evidence: PressEvidence = { pressId: alertId, at: raisedAt, source, by: raisedBy };
  yield { ...evidenceKey(alertId, raisedAt, alertId), ...evidence };
  for (const step of steps) {
    const stepId = step.kind === 'raised' ? alertId : random.uuid();
    yield { ...stepKey(alertId, step.at, stepId), stepId, ...step };
  }
  yield* deliveries(alert, crew);
}

function pickEnd(random: Random): (typeof ENDS)[number] {
  return random.weighted(ENDS.map((end, index) => [end, END_WEIGHTS[index] ?? 1] as const));
}

function raiserOf(source: AlertRecord['source'], isDrill: boolean, elder: ElderRecord): Actor {
  if (isDrill || source === 'missed-check') return { role: 'system' };
  if (source === 'app') return { role: 'elder', name: elder.name };
  return { role: source === 'staff-call' ? 'dispatcher' : 'device' };
}

/** Who was told by the first wave: the desk's board, and the family by text message and voice. */
function* deliveries({ alertId, raisedAt, family }: AlertRecord, crew: Crew): Generator<Record<string, unknown>> {
  const row = (
    channel: DeliveryRecord['channel'],
    to: Crew['dispatchers'][number],
    callee: string,
    seconds: number,
  ) => {
    const delivery: DeliveryRecord = {
      notice: 'wave-1',
      channel,
      to: to.personId,
      name: to.name,
      callee,
      state: 'sent',
      at: later(raisedAt, seconds),
      attempts: 1,
    };
    return { ...deliveryKey(alertId, delivery.notice, channel, to.personId), ...delivery };
  };
  for (const dispatcher of crew.dispatchers) yield row('inbox', dispatcher, 'dispatchers', 0.5);
  for (const personId of family) {
    const relative = crew.family.get(personId);
    if (!relative) continue;
    yield row('inbox', relative, 'family', 0.5);
    if (relative.phone !== undefined) yield row('sms', relative, 'family', 1.2);
  }
}
