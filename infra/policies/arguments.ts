import { parseArgs } from 'node:util';
import * as z from 'zod/mini';
import { ExampleAlert, ExampleElder, ExampleRequest, ExampleUsage } from '../../shared/policy/example.ts';
import { parseJson } from './json.ts';
import { mistakeText } from './mistake.ts';
import { shapeMistakes } from './shape.ts';

/** A command line that cannot be followed; its message tells what would be right. */
export class BadArguments extends Error {}

/** A quote asked for on the command line. */
export interface QuoteArguments {
  readonly file: string;
  readonly elder: ExampleElder;
  readonly request: ExampleRequest;
  readonly json: boolean;
}

const OPTIONS = {
  elder: { type: 'string' },
  item: { type: 'string', default: 'lunch' },
  on: { type: 'string' },
  eating: { type: 'string' },
  canteen: { type: 'string' },
  'list-price': { type: 'string' },
  usage: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

/** Reads `quote FILE --elder '{…}' --item lunch --on 2026-12-01 …`. */
export function quoteArguments(args: readonly string[]): QuoteArguments {
  const { values, positionals } = parsed(() =>
    parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true }),
  );
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new BadArguments('quote needs exactly one FILE');
  if (values.elder === undefined) throw new BadArguments(`quote needs --elder, such as --elder '{"age": 82}'`);
  if (values.on === undefined) throw new BadArguments('quote needs --on, the day of the meal, such as --on 2026-12-01');
  const elder = read(ExampleElder, fromJson('--elder', values.elder), '--elder');
  const request = read(
    ExampleRequest,
    {
      item: values.item,
      on: values.on,
      ...(values.eating === undefined ? {} : { eating: values.eating }),
      ...(values.canteen === undefined ? {} : { canteen: values.canteen }),
      ...(values['list-price'] === undefined ? {} : { listPrice: Number(values['list-price']) }),
    },
    '-',
  );
  const usage =
    values.usage === undefined ? {} : { usage: read(ExampleUsage, fromJson('--usage', values.usage), '--usage') };
  return { file, elder, request: { ...request, ...usage }, json: values.json };
}

/** A ladder asked for on the command line. Without `elder` nothing is known of whom it is about. */
export interface PlanArguments {
  readonly file: string;
  readonly elder: ExampleElder | undefined;
  readonly alert: ExampleAlert;
  readonly json: boolean;
}

const PLAN_OPTIONS = {
  elder: { type: 'string' },
  source: { type: 'string', default: 'key' },
  on: { type: 'string' },
  time: { type: 'string' },
  drill: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const;

/** Reads `plan FILE --source smoke --elder '{…}' --on 2026-12-01 --time 02:30 …`. */
export function planArguments(args: readonly string[]): PlanArguments {
  const { values, positionals } = parsed(() =>
    parseArgs({ args: [...args], options: PLAN_OPTIONS, allowPositionals: true }),
  );
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new BadArguments('plan needs exactly one FILE');
  const { source, on, time, drill } = values;
  const alert = read(
    ExampleAlert,
    { source, drill, ...(on === undefined ? {} : { on }), ...(time === undefined ? {} : { time }) },
    '-',
  );
  const elder =
    values.elder === undefined ? undefined : read(ExampleElder, fromJson('--elder', values.elder), '--elder');
  return { file, elder, alert, json: values.json };
}

/** What Node's `parseArgs` refuses, as a command line that cannot be followed. */
export function parsed<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new BadArguments(error instanceof Error ? error.message : String(error));
  }
}

function fromJson(option: string, text: string): unknown {
  const result = parseJson(text);
  if ('mistake' in result) {
    throw new BadArguments(
      `${option} is no JSON: ${result.mistake.right} (${result.mistake.path}); put it in single quotes`,
    );
  }
  return result.value;
}

/** Reads a value by a schema; mistakes are told by the option's name. */
function read<S extends z.ZodMiniType>(schema: S, value: unknown, option: string): z.output<S> {
  const result = z.safeParse(schema, value, { reportInput: true });
  if (result.success) return result.data;
  const mistakes = shapeMistakes(result.error.issues, value, schema).map((mistake) =>
    mistakeText(mistake, 'as a whole'),
  );
  throw new BadArguments(mistakes.map((text) => `${option === '-' ? '--' : `${option} `}${text}`).join('\n'));
}
