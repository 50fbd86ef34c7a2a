import * as z from 'zod/mini';
import { ALERT_SOURCES, CHANNELS } from '../contracts/alerts.ts';
import { CALLEES, PARTNER_CALLEES } from '../contracts/callees.ts';
import { DEVICE_KINDS } from '../contracts/circle.ts';
import { TimeOfDay } from '../values/dates.ts';
import { Slug } from '../values/ids.ts';
import { line } from '../values/text.ts';
import { Condition } from './condition.ts';
import { Source } from './meals.ts';
import { Name } from './name.ts';

/** Sources, channels and devices that a document may speak of: the stage's test of itself (`canary`) is no city's business. */
export const RULED_SOURCES = ALERT_SOURCES.filter((source) => source !== 'canary');
const RULED_CHANNELS = CHANNELS.filter((channel) => channel !== 'canary');
const RULED_KINDS = DEVICE_KINDS.filter((kind) => kind !== 'canary');

const seconds = (min: number, max: number, text: string) =>
  z.int().check(z.minimum(min), z.maximum(max), z.describe(text));
const list = <S extends z.ZodMiniType>(of: S, text: string) => z.array(of).check(z.minLength(1), z.describe(text));

/** One step of the ladder. Every wave that is for this alert is called at its time, until somebody answers. */
const Wave = z
  .strictObject({
    id: Slug.check(z.describe('Unique in the document; lower-case letters, digits and dashes.')),
    after: seconds(
      0,
      3600,
      'Seconds after the press. In ascending order; the first is 0. Waves of the same second are called together.',
    ),
    call: list(
      z.enum(CALLEES),
      'Who is called, all at the same moment. The waves at 0 that are for every alert call `dispatchers` and `family`.',
    ),
    channels: z.optional(
      list(
        z.enum(RULED_CHANNELS),
        'How they are told. `inbox` (the board and the inbox) is always among them. Left out: inbox, wechat, sms and voice, and for partners `partner` too.',
      ),
    ),
    when: z.optional(Condition),
    sources: z.optional(
      list(z.enum(RULED_SOURCES), 'Only for alerts of these sources, such as ["smoke"]. Left out: of any.'),
    ),
    times: z.optional(
      z
        .strictObject({ from: TimeOfDay, until: TimeOfDay })
        .check(
          z.describe(
            'Only for presses at these times of day in China, HH:MM, from `from` until before `until`; may run over midnight.',
          ),
        ),
    ),
    source: Source,
  })
  .register(z.globalRegistry, {
    id: 'AlertWave',
    description:
      'A wave of the ladder (升级): who is called how long after the press. Where it cannot be judged whether it is for an elder, it is.',
  });
export type Wave = z.infer<typeof Wave>;

const PartnerPhone = z
  .string()
  .check(z.regex(/^\+?\d[\d-]{1,18}\d$/), z.describe('Telephone number: 120, 12349, 0931-8880120. Called by voice.'));
const Webhook = z
  .string()
  .check(
    z.maxLength(400),
    z.regex(/^https:\/\/[^\s/?#@]+(?:[/?#]\S*)?$/),
    z.describe('https address that takes the signed message of an alert (channel `partner`).'),
  );

/** Somebody outside Anxin whom the ladder calls. */
const Partner = z
  .strictObject({
    name: Name,
    callee: z.enum(PARTNER_CALLEES).check(z.describe('As which callee the waves call them.')),
    phone: z.optional(PartnerPhone),
    webhook: z.optional(Webhook),
    sources: z.optional(
      list(
        z.enum(RULED_SOURCES),
        'Only for alerts of these sources: ["smoke"] for the fire brigade. Left out: of any.',
      ),
    ),
    note: z.optional(line(400)),
  })
  .check(
    z.refine(({ phone, webhook }) => phone !== undefined || webhook !== undefined, {
      error: 'nobody can be reached: give the partner a `phone`, a `webhook` or both',
    }),
  )
  .register(z.globalRegistry, { id: 'AlertPartner', description: 'A call centre or emergency service (联动单位).' });

const Hours = z.int().check(z.minimum(1), z.maximum(24 * 31));
const SilentHours = z.union([
  Hours,
  z.strictObject({
    ...(Object.fromEntries(RULED_KINDS.map((kind) => [kind, z.optional(Hours)])) as Record<
      (typeof RULED_KINDS)[number],
      z.ZodMiniOptional<typeof Hours>
    >),
    other: Hours.check(z.describe('Every kind that is not named.')),
  }),
]);

/** How devices and elders are watched. */
const Watch = z.strictObject({
  deviceSilentHours: z.optional(
    SilentHours.check(
      z.describe('A device that was not heard for so long is reported: one number, or {"wristband": 12, "other": 26}.'),
    ),
  ),
  heartbeatMinutes: z.optional(
    z.int().check(z.minimum(1), z.maximum(1440), z.describe('How often a device says that it is there.')),
  ),
  drill: z.optional(
    z
      .strictObject({
        every: z.literal('month'),
        dayOfMonth: z.int().check(z.minimum(1), z.maximum(28), z.describe('1 to 28, so that each month has the day.')),
        timeOfDay: TimeOfDay.check(z.describe('HH:MM in China.')),
        who: z.optional(Condition),
      })
      .check(z.describe('The monthly drill (演练): for everybody with a device or an app, or for whom `who` says.')),
  ),
  missedMeals: z.optional(
    z
      .int()
      .check(
        z.minimum(1),
        z.maximum(30),
        z.describe('So many ordered meals missed running, and somebody must look after the elder.'),
      ),
  ),
  checkTaskMinutes: z.optional(
    z
      .int()
      .check(
        z.minimum(5),
        z.maximum(2880),
        z.describe('Within so many minutes somebody must have looked, or an alert is raised.'),
      ),
  ),
  visitMissedMinutes: z.optional(
    z
      .int()
      .check(z.minimum(5), z.maximum(10_080), z.describe('A visit not made by so long after its time needs a look.')),
  ),
  source: Source,
});

const Part = z.number().check(z.minimum(0), z.maximum(1), z.describe('A part of all alerts: 0.975 is 97.5 %.'));

/** The section `alerts` of a policy: who hears of an alert, when and how, and how devices and elders are watched. */
export const AlertRules = z.strictObject({
  joinSeconds: z.optional(
    seconds(0, 3600, 'Presses of the same elder within so many seconds are one alert. Left out: 120.'),
  ),
  callOffSeconds: z.optional(
    seconds(0, 60, 'The elder can call it off within so many seconds; the desk still sees it. Left out: 10.'),
  ),
  nextStepSeconds: z.optional(
    seconds(30, 3600, 'Who answered must take a next step within so many seconds, or it opens again. Left out: 300.'),
  ),
  repeatSeconds: z.optional(
    seconds(30, 3600, 'After the last wave its callees are called again at this distance. Left out: 120.'),
  ),
  waves: list(Wave, 'The ladder: who is called when, until somebody answers.'),
  partners: z.optional(
    z.record(Slug, Partner).check(z.describe('Call centres and emergency services that waves call, by id.')),
  ),
  watch: z.optional(Watch),
  targets: z.optional(
    z
      .strictObject({ within60: z.optional(Part), within180: z.optional(Part), source: Source })
      .check(z.describe('What part of alerts is answered within 60 and 180 seconds. Left out: 0.975 and 0.99.')),
  ),
  source: Source,
});
export type AlertRules = z.infer<typeof AlertRules>;
