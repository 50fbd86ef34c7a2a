import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { alertPlan, explainPlan } from '../../shared/policy/alert-plan.ts';
import { compilePolicy, offers, policyFor, quote } from '../../shared/policy/engine.ts';
import { type ExampleElder, elderFacts, momentOf, quoteRequest } from '../../shared/policy/example.ts';
import type { ElderFacts } from '../../shared/policy/facts.ts';
import type { Policy } from '../../shared/policy/policy.ts';
import { BadArguments, parsed, planArguments, quoteArguments } from './arguments.ts';
import { checkDocument, checkDocuments, type SourceFile } from './check.ts';
import { writePolicies } from './compile.ts';
import { mistakeText } from './mistake.ts';
import { planText } from './plan-text.ts';
import { quoteText } from './quote-text.ts';
import { policySchemaText, SCHEMA_FILE } from './schema.ts';

const HELP = `npm run policy -- COMMAND

  check FILE…                       checks documents and runs their examples; exit code 1 when something is wrong
  quote FILE --elder '{"age": 82}' --on 2026-12-01 [--item lunch] [--eating dine-in|pickup|delivery]
        [--canteen SLUG] [--list-price FEN] [--usage '{"day": {"count": 1, "subsidy": 1000}}'] [--json]
                                    what a meal costs an elder, who pays it, and why
  plan FILE [--source key|app|smoke|…] [--elder '{"age": 82}'] [--on 2026-12-01] [--time 02:30]
        [--drill] [--json]          who hears of an alert, when and how, and why
  schema                            writes ${SCHEMA_FILE} for editors
  compile --out FILE                checks every document of shared/policies and writes what functions carry

docs/policies.md teaches how to write a document.`;

/** What a command says and how it ends. */
export interface Said {
  readonly code: 0 | 1;
  readonly out: string;
  readonly err: string;
}
const fine = (out: string): Said => ({ code: 0, out, err: '' });

/** Runs one command of `npm run policy`. What its caller can mend is told in `err`; a fault throws. */
export function policyCommand(args: readonly string[]): Said {
  try {
    return run(args);
  } catch (error) {
    if (!(error instanceof BadArguments)) throw error;
    return { code: 1, out: '', err: error.message };
  }
}

function run([command, ...args]: readonly string[]): Said {
  switch (command) {
    case 'check':
      return check(args);
    case 'quote':
      return printQuote(args);
    case 'plan':
      return printPlan(args);
    case 'schema':
      writeFileSync(SCHEMA_FILE, policySchemaText());
      return fine(`wrote ${SCHEMA_FILE}`);
    case 'compile':
      return compile(args);
    case undefined:
    case 'help':
    case '--help':
      return { ...fine(HELP), code: command === undefined ? 1 : 0 };
    default:
      throw new BadArguments(`no command is called "${command}"\n\n${HELP}`);
  }
}

function readSource(file: string): SourceFile {
  try {
    return { file, text: readFileSync(file, 'utf8') };
  } catch (error) {
    throw new BadArguments(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function check(files: readonly string[]): Said {
  if (files.length === 0) throw new BadArguments('check needs at least one FILE');
  const checked = checkDocuments(files.map(readSource));
  const out = checked.flatMap(({ file, policy, mistakes, remarks }) => [
    mistakes.length === 0
      ? `${file}: ok, ${policy?.id} ${policy?.version}, ${policy?.examples.length} examples`
      : `${file}: ${mistakes.length} ${mistakes.length === 1 ? 'mistake' : 'mistakes'}`,
    ...mistakes.map((mistake) => `  ✗ ${mistakeText(mistake)}`),
    ...remarks.map((remark) => `  note: ${remark}`),
  ]);
  return { ...fine(out.join('\n')), code: checked.some(({ mistakes }) => mistakes.length > 0) ? 1 : 0 };
}

function printQuote(args: readonly string[]): Said {
  const { file, elder, request, json } = quoteArguments(args);
  const policy = readPolicy(file, 'quoted');
  const compiled = compilePolicy(policy);
  if (!offers(compiled, request.item)) {
    const items = [...new Set(policy.meals?.prices.map(({ item }) => item))].join(', ');
    throw new BadArguments(`--item: ${policy.id} has no price for "${request.item}"; it has ${items || 'no meals'}`);
  }
  mustBeInForce(policy, request.on);
  const facts = factsOf(elder, request.on, policy);
  const quoted = quote(compiled, facts, quoteRequest(request));
  return fine(json ? JSON.stringify(quoted, null, 2) : quoteText(quoted));
}

/** The policy of a file; one with mistakes is not used at all. */
function readPolicy(file: string, done: string): Policy {
  const { policy, mistakes } = checkDocument(readSource(file).text);
  if (policy !== undefined && mistakes.length === 0) return policy;
  throw new BadArguments(
    `${file} has mistakes, so nothing is ${done}:\n${mistakes.map((mistake) => mistakeText(mistake)).join('\n')}`,
  );
}

function mustBeInForce(policy: Policy, on: string): void {
  if (policyFor([policy], policy.area.code, on) !== undefined) return;
  const until = policy.validUntil === undefined ? 'on' : `to ${policy.validUntil}`;
  throw new BadArguments(
    `--on: ${policy.id} ${policy.version} is in force from ${policy.validFrom} ${until}, not on ${on}`,
  );
}

function factsOf(elder: ExampleElder, on: string, policy: Policy): ElderFacts {
  const facts = elderFacts(elder, on, policy);
  if (facts.area.startsWith(policy.area.code)) return facts;
  throw new BadArguments(`--elder: area ${facts.area} lies outside ${policy.area.code}, the area of ${policy.id}`);
}

function printPlan(args: readonly string[]): Said {
  const { file, elder, alert, json } = planArguments(args);
  const policy = readPolicy(file, 'planned');
  const on = alert.on ?? policy.validFrom;
  mustBeInForce(policy, on);
  const facts = elder && factsOf(elder, on, policy);
  const asked = [compilePolicy(policy), facts, alert.source, momentOf(alert, policy), { drill: alert.drill }] as const;
  const [plan, because] = [alertPlan(...asked), explainPlan(...asked)];
  return fine(json ? JSON.stringify({ ...plan, because }, null, 2) : planText(plan, because, { ...alert, on }, policy));
}

function compile(args: readonly string[]): Said {
  const { values } = parsed(() => parseArgs({ args: [...args], options: { out: { type: 'string' } } }));
  if (values.out === undefined) throw new BadArguments('compile needs --out FILE');
  return fine(`wrote ${writePolicies(values.out)} policies to ${values.out}`);
}
