import { describe, expect, it } from 'vitest';
import { answerTargets, partnersOf, watchRules } from '../../../shared/policy/watch-rules.ts';
import { aLadder, withAlerts } from './a-ladder.ts';

const source = 'Rules made up for a test';
const ELDER = { birthDate: '1956-01-01', area: '1398', tags: [] };

describe('how devices and elders are watched', () => {
  it('is as usual where no policy speaks of it', () => {
    const usual = {
      deviceSilentHours: { key: 26, wristband: 26, smoke: 26, infrared: 26, 'health-meter': 26, canary: 26 },
      heartbeatMinutes: 60,
      drill: { every: 'month', dayOfMonth: 15, timeOfDay: '09:15' },
      missedMeals: 2,
      checkTaskMinutes: 120,
      visitMissedMinutes: undefined,
    };
    expect(watchRules(undefined)).toMatchObject(usual);
    expect(watchRules(withAlerts(aLadder()))).toMatchObject(usual);
    expect(watchRules(undefined).drill.isFor(undefined, '2026-12-01')).toBe(true);
  });

  it('is what the policy says, and as usual in what it leaves out', () => {
    const policy = withAlerts(aLadder([], { watch: { missedMeals: 1, visitMissedMinutes: 30, source } }));
    expect(watchRules(policy)).toMatchObject({ missedMeals: 1, visitMissedMinutes: 30, checkTaskMinutes: 120 });
  });

  it('gives a kind of device its own hours of silence', () => {
    const policy = withAlerts(aLadder([], { watch: { deviceSilentHours: { wristband: 12, other: 48 }, source } }));
    expect(watchRules(policy).deviceSilentHours).toMatchObject({ wristband: 12, key: 48, smoke: 48 });
  });

  it('drills whom the policy names, and whoever cannot be judged', () => {
    const drill = { every: 'month' as const, dayOfMonth: 3, timeOfDay: '10:00', who: { age: { min: 80 } } };
    const { isFor, ...when } = watchRules(withAlerts(aLadder([], { watch: { drill, source } }))).drill;
    expect(when).toEqual({ every: 'month', dayOfMonth: 3, timeOfDay: '10:00' });
    expect(isFor(ELDER, '2026-12-03')).toBe(false);
    expect(isFor({ ...ELDER, birthDate: '1946-12-03' }, '2026-12-03')).toBe(true);
    expect(isFor({ ...ELDER, birthDate: '' }, '2026-12-03')).toBe(true);
    expect(isFor(undefined, '2026-12-03')).toBe(true);
  });
});

describe('partners', () => {
  const policy = withAlerts(
    aLadder([], {
      partners: {
        ambulance: { name: { zh: '急救', en: 'Ambulance' }, callee: 'emergency-services', phone: '120' },
        fire: {
          name: { zh: '消防', en: 'Fire brigade' },
          callee: 'emergency-services',
          webhook: 'https://fire.example/alerts',
          sources: ['smoke'],
        },
      },
    }),
  );

  it('are those that the policy names, with the way to reach them', () => {
    expect(partnersOf(policy)).toEqual([
      {
        id: 'ambulance',
        callee: 'emergency-services',
        name: { zh: '急救', en: 'Ambulance' },
        phone: '120',
        webhook: undefined,
      },
      {
        id: 'fire',
        callee: 'emergency-services',
        name: { zh: '消防', en: 'Fire brigade' },
        phone: undefined,
        webhook: 'https://fire.example/alerts',
      },
    ]);
    expect(partnersOf(undefined)).toEqual([]);
  });

  it('are called for their own sources alone', () => {
    expect(partnersOf(policy, 'key').map(({ id }) => id)).toEqual(['ambulance']);
    expect(partnersOf(policy, 'smoke').map(({ id }) => id)).toEqual(['ambulance', 'fire']);
  });
});

describe('the part of alerts that is to be answered in time', () => {
  it('is 97.5 % within a minute and 99 % within three, unless the policy says otherwise', () => {
    expect(answerTargets(undefined)).toEqual({ within60: 0.975, within180: 0.99 });
    expect(answerTargets(withAlerts(aLadder([], { targets: { within60: 0.9, source } })))).toEqual({
      within60: 0.9,
      within180: 0.99,
    });
  });
});
