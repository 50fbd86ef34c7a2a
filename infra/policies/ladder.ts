import type { AlertSource, Channel } from '../../shared/contracts/alerts.ts';
import { PARTNER_CALLEES, type PartnerCallee } from '../../shared/contracts/callees.ts';
import { DEFAULT_ALERT_RULES } from '../../shared/policy/alert-plan.ts';
import { type AlertRules, RULED_SOURCES, type Wave } from '../../shared/policy/alert-rules.ts';
import { CALLEE_WORDS } from '../../shared/policy/alert-words.ts';
import { channelsOf } from '../../shared/policy/judge-waves.ts';
import type { Policy } from '../../shared/policy/policy.ts';
import { silentHours, watchRules } from '../../shared/policy/watch-rules.ts';
import { type Mistake, shown } from './mistake.ts';

/** What cannot be meant by a ladder: waves out of order, nobody at once, partners whom nobody named or nothing reaches. */
export const ladderMistakes = (alerts: AlertRules): Mistake[] => [
  ...order(alerts),
  ...firstWave(alerts),
  ...alerts.waves.flatMap((wave, index) => waveMistakes(wave, `alerts.waves[${index}]`, alerts)),
  ...watching(alerts),
  ...targets(alerts),
];

function order({ waves }: AlertRules): Mistake[] {
  return waves.flatMap(({ after }, index): Mistake[] => {
    const before = waves[index - 1]?.after ?? 0;
    const path = `alerts.waves[${index}].after`;
    if (index === 0 && after > 0) {
      return [
        {
          path,
          found: `the first wave is called ${after} seconds after the press`,
          right: 'begin with 0: somebody must hear at once',
        },
      ];
    }
    if (after >= before) return [];
    return [
      {
        path,
        found: `${after} seconds, after a wave at ${before}`,
        right: 'write the waves in the order of their time',
      },
    ];
  });
}

/** The desk and the family hear every alert at the same moment, whoever else does. */
function firstWave({ waves }: AlertRules): Mistake[] {
  const forAll = waves.filter(
    ({ after, when, sources, times }) =>
      after === 0 && when === undefined && sources === undefined && times === undefined,
  );
  const called = new Set(forAll.flatMap(({ call }) => call));
  return (['dispatchers', 'family'] as const)
    .filter((callee) => !called.has(callee))
    .map((callee) => ({
      path: 'alerts.waves[0].call',
      found: `not every alert calls ${shown(callee)} at once`,
      right: `a wave at 0 without \`when\`, \`sources\` and \`times\` must call dispatchers and family: Wuhan’s 一键通 rings the platform and the family at the same moment, so that none is missed`,
    }));
}

const isPartner = (callee: string): callee is PartnerCallee => (PARTNER_CALLEES as readonly string[]).includes(callee);

/** Channels that ring a telephone. */
const RINGING: readonly Channel[] = ['sms', 'voice'];

function waveMistakes(wave: Wave, path: string, { partners = {} }: AlertRules): Mistake[] {
  const twice = (field: 'call' | 'channels' | 'sources'): Mistake[] => {
    const list: readonly string[] = wave[field] ?? [];
    return list.flatMap((one, index) =>
      list.indexOf(one) === index
        ? []
        : [{ path: `${path}.${field}[${index}]`, found: `${shown(one)} for the second time`, right: 'name it once' }],
    );
  };
  const times: Mistake[] =
    wave.times !== undefined && wave.times.from === wave.times.until
      ? [
          {
            path: `${path}.times`,
            found: `from ${wave.times.from} until ${wave.times.until}`,
            right: 'that is no time at all: leave `times` out for the whole day',
          },
        ]
      : [];
  const silent = wave.call.flatMap((callee, index): Mistake[] =>
    callee === 'dispatchers' || isPartner(callee) || channelsOf(wave).some((channel) => RINGING.includes(channel))
      ? []
      : [
          {
            path: `${path}.call[${index}]`,
            found: `${shown(callee)} would be told without a ring`,
            right:
              'the inbox and WeChat (one message for each consent) ring no telephone: add "sms" or "voice" to `channels`, or leave them out',
          },
        ],
  );
  const unreachable = wave.call.flatMap((callee, index): Mistake[] => {
    if (!isPartner(callee)) return [];
    const own = Object.entries(partners).filter(([, partner]) => partner.callee === callee);
    const missing = (wave.sources ?? RULED_SOURCES).filter(
      (source) => !own.some(([, { sources }]) => sources === undefined || sources.includes(source)),
    );
    if (missing.length > 0) {
      const forSome = own.length === 0 ? '' : ` for alerts of ${missing.join(', ')}`;
      return [
        {
          path: `${path}.call[${index}]`,
          found: `nobody is named whom ${shown(callee)} would reach${forSome}`,
          right: `name one under \`alerts.partners\`, with a \`phone\` or a \`webhook\`: {"…": {"callee": ${shown(callee)}, …}}`,
        },
      ];
    }
    const channels = channelsOf(wave);
    const unreached = own.filter(
      ([, partner]) =>
        (partner.sources ?? RULED_SOURCES).some((source) => (wave.sources ?? RULED_SOURCES).includes(source)) &&
        !reaches(channels, partner),
    );
    return unreached.map(([id]) => ({
      path: `${path}.channels`,
      found: `no channel of this wave reaches \`alerts.partners.${id}\``,
      right: 'a partner’s `phone` is reached by "voice", its `webhook` by "partner": add the one that it has',
    }));
  });
  return [...twice('call'), ...twice('channels'), ...twice('sources'), ...times, ...silent, ...unreachable];
}

const reaches = (
  channels: readonly Channel[],
  { phone, webhook }: { phone?: string | undefined; webhook?: string | undefined },
): boolean =>
  (phone !== undefined && channels.includes('voice')) || (webhook !== undefined && channels.includes('partner'));

function watching({ watch }: AlertRules): Mistake[] {
  if (watch === undefined) return [];
  const standard = watchRules(undefined);
  const heartbeat = watch.heartbeatMinutes ?? standard.heartbeatMinutes;
  const hours =
    watch.deviceSilentHours === undefined ? standard.deviceSilentHours : silentHours(watch.deviceSilentHours);
  return Object.values(hours).some((silent) => silent * 60 < heartbeat * 2)
    ? [
        {
          path: 'alerts.watch.deviceSilentHours',
          found: `a device that speaks every ${heartbeat} minutes counts as silent after ${Math.min(...Object.values(hours))} hours`,
          right: 'leave time for two heartbeats at least: one alone gets lost now and then',
        },
      ]
    : [];
}

function targets({ targets: own }: AlertRules): Mistake[] {
  const { within60 = 0.975, within180 = 0.99 } = own ?? {};
  return within60 <= within180
    ? []
    : [
        {
          path: 'alerts.targets.within60',
          found: `${within60} within 60 seconds, but ${within180} within 180`,
          right: 'whatever is answered within 60 seconds is answered within 180 too: `within180` cannot be less',
        },
      ];
}

/** Sources that somebody presses, and so can press by mistake and call off. */
const PRESSED: readonly AlertSource[] = ['app', 'key', 'wristband'];

/** What a ladder may do, but seldom means to. */
export function ladderRemarks({ alerts, examples }: Policy): string[] {
  if (alerts === undefined) return [];
  const called = new Set(alerts.waves.flatMap(({ call }) => call));
  const last = alerts.waves.at(-1);
  const callOff = alerts.callOffSeconds ?? DEFAULT_ALERT_RULES.callOffSeconds ?? 0;
  return [
    ...(examples.some((example) => 'alert' in example) ? [] : ['no example expects a ladder: add one with `alert`']),
    ...Object.entries(alerts.partners ?? {})
      .filter(([, { callee }]) => !called.has(callee))
      .map(([id, { callee }]) => `alerts.partners.${id}: no wave calls ${callee}`),
    ...(PARTNER_CALLEES.some((callee) => called.has(callee))
      ? []
      : [`the ladder never leaves the neighbourhood: no wave calls ${CALLEE_WORDS['call-centre'].en} or 120`]),
    ...(['dispatchers', 'family'] as const)
      .filter((callee) => !last?.call.includes(callee))
      .map(
        (callee) =>
          `wave "${last?.id}" is the last, which is repeated until somebody answers, and does not call ${callee}`,
      ),
    ...alerts.waves
      .filter(
        ({ after, call, sources = PRESSED }) =>
          after < callOff && call.includes('emergency-services') && sources.some((source) => PRESSED.includes(source)),
      )
      .map(
        ({ id }) =>
          `wave "${id}" calls the emergency services before the elder has had the ${callOff} seconds to call it off`,
      ),
  ];
}
