import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { compilePolicy, offers, quote } from '../../shared/policy/engine.ts';
import { elderFacts, quoteRequest } from '../../shared/policy/example.ts';
import { BadArguments, parsed, quoteArguments } from './arguments.ts';
import { checkDocument, checkDocuments, type SourceFile } from './check.ts';
import { writePolicies } from './compile.ts';
import { mistakeText } from './mistake.ts';
import { quoteText } from './quote-text.ts';
import { policySchemaText, SCHEMA_FILE } from './schema.ts';

const HELP = `npm run policy -- COMMAND

  check FILE…                       checks documents and runs their examples; exit code 1 when something is wrong
  quote FILE --elder '{"age": 82}' --on 2026-12-01 [--item lunch] [--eating dine-in|pickup|delivery]
        [--canteen SLUG] [--list-price FEN] [--usage '{"day": {"count": 1, "subsidy": 1000}}'] [--json]
                                    what a meal costs an elder, who pays it, and why
  schema                            writes ${SCHEMA_FILE} for editors
  compile --out FILE                checks every document of shared/policies and writes what functions carry

docs/policies.md teaches how to write a document.`;

/** Runs one command; answers the exit code. */
function run([command, ...args]: readonly string[]): number {
  switch (command) {
    case 'check':
      return check(args);
    case 'quote':
      return printQuote(args);
    case 'schema':
      writeFileSync(SCHEMA_FILE, policySchemaText());
      console.log(`wrote ${SCHEMA_FILE}`);
      return 0;
    case 'compile':
      return compile(args);
    case undefined:
    case 'help':
    case '--help':
      console.log(HELP);
      return command === undefined ? 1 : 0;
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

function check(files: readonly string[]): number {
  if (files.length === 0) throw new BadArguments('check needs at least one FILE');
  const checked = checkDocuments(files.map(readSource));
  for (const { file, policy, mistakes, remarks } of checked) {
    if (mistakes.length === 0) {
      console.log(`${file}: ok, ${policy?.id} ${policy?.version}, ${policy?.examples.length} examples`);
    } else {
      console.log(`${file}: ${mistakes.length} ${mistakes.length === 1 ? 'mistake' : 'mistakes'}`);
    }
    for (const mistake of mistakes) console.log(`  ✗ ${mistakeText(mistake)}`);
    for (const remark of remarks) console.log(`  note: ${remark}`);
  }
  return checked.some(({ mistakes }) => mistakes.length > 0) ? 1 : 0;
}

function printQuote(args: readonly string[]): number {
  const { file, elder, request, json } = quoteArguments(args);
  const { policy, mistakes } = checkDocument(readSource(file).text);
  if (policy === undefined || mistakes.length > 0) {
    throw new BadArguments(`${file} has mistakes, so nothing is quoted:\n${mistakes.map(mistakeText).join('\n')}`);
  }
  const compiled = compilePolicy(policy);
  if (!offers(compiled, request.item)) {
    const items = [...new Set(policy.meals?.prices.map(({ item }) => item))].join(', ');
    throw new BadArguments(`--item: ${policy.id} has no price for "${request.item}"; it has ${items || 'no meals'}`);
  }
  const facts = elderFacts(elder, request.on, policy);
  if (!facts.area.startsWith(policy.area.code)) {
    throw new BadArguments(`--elder: area ${facts.area} lies outside ${policy.area.code}, the area of ${policy.id}`);
  }
  const quoted = quote(compiled, facts, quoteRequest(request));
  console.log(json ? JSON.stringify(quoted, null, 2) : quoteText(quoted));
  return 0;
}

function compile(args: readonly string[]): number {
  const { values } = parsed(() => parseArgs({ args: [...args], options: { out: { type: 'string' } } }));
  if (values.out === undefined) throw new BadArguments('compile needs --out FILE');
  console.log(`wrote ${writePolicies(values.out)} policies to ${values.out}`);
  return 0;
}

try {
  process.exitCode = run(process.argv.slice(2));
} catch (error) {
  // Only what the caller can mend is told in plain words; a fault keeps its stack.
  if (!(error instanceof BadArguments)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
