import * as z from 'zod/mini';
import { AreaCode } from '../values/areas.ts';
import { IsoDate } from '../values/dates.ts';
import { Slug } from '../values/ids.ts';
import { Bilingual, line } from '../values/text.ts';
import { AlertRules } from './alert-rules.ts';
import { AGE_COUNTINGS, Condition } from './condition.ts';
import { Example } from './example.ts';
import { Meals, Source } from './meals.ts';
import { Name } from './name.ts';
import { Party } from './payment.ts';

/** A care class (类别). Classes exclude one another: the first whose condition holds counts. */
export const CareClass = z
  .strictObject({
    code: Slug.check(z.describe('Short code, such as a, b, 3-star.')),
    name: Name,
    when: z.optional(Condition),
    source: Source,
  })
  .register(z.globalRegistry, {
    id: 'CareClass',
    description: 'Care class: the first that holds counts. Without `when` it is given only by an assessment.',
  });
export type CareClass = z.infer<typeof CareClass>;

const NamedCondition = z.strictObject({ name: Name, when: Condition });

const PublishedSource = z.strictObject({
  title: line(200),
  issuer: z.optional(line(200)),
  number: z.optional(line(100).check(z.describe('Number of the document (文号).'))),
  published: z.optional(IsoDate),
  url: z.optional(line(400)),
  note: z.optional(line(400)),
});

/** A rule of a section that the engine does not read yet: kept as it is written, so that documents can already carry it. */
const ReservedRule = z.looseObject({ source: Source });
const reservedList = (text: string) =>
  z.optional(z.array(ReservedRule).check(z.describe(`Reserved, not read yet: ${text}`)));

/** One area's rules as a versioned document. Amounts are whole fen, days are `YYYY-MM-DD` in China. */
export const Policy = z
  .strictObject({
    $schema: z.optional(z.string().check(z.describe('Path of policy.schema.json, for editors.'))),
    id: Slug,
    version: Slug.check(z.describe('Name of this version, such as 2026-01; an order keeps it.')),
    title: Bilingual,
    area: z.strictObject({
      code: AreaCode.check(
        z.describe(
          'Everybody whose area begins with this code; the longest code in force wins (4 digits a city, 6 a district…).',
        ),
      ),
      name: Name,
    }),
    validFrom: IsoDate.check(
      z.describe('First day. A later version of the same area takes over on its own first day.'),
    ),
    validUntil: z.optional(IsoDate.check(z.describe('Last day, where the rules end by themselves.'))),
    sources: z
      .array(PublishedSource)
      .check(z.minLength(1), z.describe('The published documents that the rules come from.')),
    ageCounting: z.optional(
      z
        .enum(AGE_COUNTINGS)
        .check(
          z.describe(
            'When an age counts: `day` from the birthday (周岁, default), `month` from the birthday’s month, `next-month` from the month after (次月起), `year` all calendar year.',
          ),
        ),
    ),
    conditions: z.optional(
      z.record(Slug, NamedCondition).check(z.describe('Conditions with a name, used elsewhere as {"is": "id"}.')),
    ),
    parties: z.optional(z.record(Slug, Party).check(z.describe('Who pays besides the elder, by id.'))),
    classes: z.optional(z.array(CareClass)),
    meals: z.optional(Meals),
    grants: reservedList('service vouchers granted by class (服务券发放).'),
    itemCaps: reservedList('caps per service item (项目限次限额).'),
    birthday: z.optional(ReservedRule.check(z.describe('Reserved, not read yet: birthday care (生日关怀).'))),
    approvals: reservedList('steps of an approval with their time limits (审批).'),
    settlement: z.optional(ReservedRule.check(z.describe('Reserved, not read yet: settlement with providers (结算).'))),
    visits: reservedList('visits at home (探访).'),
    alerts: z.optional(
      AlertRules.check(
        z.describe('Who hears of an alert, when and how (紧急求助); how devices and elders are watched.'),
      ),
    ),
    examples: z
      .array(Example)
      .check(z.minLength(1), z.describe('Checked with the document; at least one for each tier.')),
  })
  .check(
    z.refine(({ validFrom, validUntil }) => validUntil === undefined || validFrom <= validUntil, {
      error: '`validUntil` is before `validFrom`',
      path: ['validUntil'],
    }),
    z.describe('A policy of Anxin: one area’s rules for the care of old people.'),
  );
/** A document as people write it, with its examples. */
export type Policy = z.infer<typeof Policy>;

/** A document as functions carry it: checked at build time, without its examples. */
export type DeployedPolicy = Omit<Policy, 'examples' | '$schema'>;
