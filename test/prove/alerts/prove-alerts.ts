import { type AlertFigures, isHeard } from './hearing.ts';
import { proveAlertKill } from './kill.ts';
import { proveScenario, SCENARIOS, type Size } from './scenarios.ts';

/** Alerts under every fault that the design speaks of. Proven when no yes was lost and everybody who got one was heard. */
export async function proveAlerts(say: (words: string) => void, size: Size, only: readonly string[]) {
  const parts: Record<string, AlertFigures & { says: string }> = {};
  for (const scenario of SCENARIOS) {
    if (only.length > 0 && !only.includes(scenario.name)) continue;
    say(`${size.alerts} alerts, ${scenario.says} …`);
    parts[scenario.name] = await proveScenario(scenario, size);
    say(JSON.stringify(parts[scenario.name]));
  }
  if (only.length === 0 || only.includes('kill')) {
    say(`${size.alerts} alerts, kill -9 right after the callers' yes …`);
    parts.kill = await proveAlertKill(size);
  }
  const isProven = Object.values(parts).every(isHeard);
  return { isProven, parts };
}
