import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { ALARM_KINDS } from '../../infra/constructs/alarms.ts';
import { asText, type JsonObject } from '../../infra/local/json.ts';
import { GLOBAL, synthesized } from './synthesized.ts';

const manual = readFileSync('docs/operations.md', 'utf8');
const kindOf = (alarm: JsonObject): string | undefined =>
  ALARM_KINDS.find((kind) => asText(alarm.AlarmName).startsWith(`anxin-prod-${kind}-`));

describe('alarms', () => {
  let alarms: Record<string, JsonObject>;
  let functions: string[];
  beforeAll(async () => {
    const made = await synthesized(GLOBAL);
    alarms = made.ofType('AWS::CloudWatch::Alarm');
    functions = Object.keys(made.ofType('AWS::Lambda::Function')).map((key) => key.split('.')[1] ?? '');
  });

  it('are all of a known kind, and tell somebody when they ring and when they stop', () => {
    for (const [id, alarm] of Object.entries(alarms)) {
      expect(kindOf(alarm), id).toBeDefined();
      expect(alarm.AlarmActions, id).toHaveLength(1);
      expect(alarm.OKActions, id).toHaveLength(1);
    }
  });

  it('each have their line in docs/operations.md: what it means, and what to do', () => {
    for (const kind of new Set(Object.values(alarms).map(kindOf))) {
      const line = manual.split('\n').find((each) => each.startsWith(`| \`${kind}\` |`));
      expect(line, `docs/operations.md has no line for ${kind}`).toBeDefined();
      const [, , means, action] = (line ?? '').split('|').map((cell) => cell.trim());
      expect(means?.length, `${kind}: what it means`).toBeGreaterThan(20);
      expect(action?.length, `${kind}: what to do`).toBeGreaterThan(20);
    }
  });

  it('are all of the kinds that the code names, and docs/operations.md tells of no other', () => {
    const told = [...manual.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, kind]) => kind);
    expect(told.sort()).toEqual([...ALARM_KINDS].sort());
    expect([...new Set(Object.values(alarms).map(kindOf))].sort()).toEqual([...ALARM_KINDS].sort());
  });

  it('watch every function for errors and for throttling, but those that run at deployment only', () => {
    const watched = (kind: string): string =>
      JSON.stringify(Object.values(alarms).filter((alarm) => kindOf(alarm) === kind));
    for (const id of functions.filter((each) => !/^(Session|Device)PublicKey/.test(each))) {
      expect(watched('function-errors'), id).toContain(id);
      expect(watched('function-throttles'), id).toContain(id);
    }
  });
});
