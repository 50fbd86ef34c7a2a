export const ENGINES = ['dynamodb', 'sns', 'sqs'] as const;
/** The world outside, by its stand-ins. */
export const GATEWAYS = ['wechat', 'sms', 'voice', 'partner'] as const;
export const SERVICES = [...ENGINES, ...GATEWAYS] as const;
export type Service = (typeof SERVICES)[number];

export interface ServiceFaults {
  /** Every connection is cut. */
  down: boolean;
  /** The chance that a call is refused for its rate. */
  throttle: number;
  /** The chance that a write is cancelled by another transaction. */
  conflict: number;
  /** The chance that the answer is lost after the work was done. */
  timeoutAfterCommit: number;
  /** The chance that the function that calls is ended before its call goes through. */
  kill: number;
}
export interface Faults {
  services: Readonly<Record<Service, ServiceFaults>>;
  /** Added before every call to an engine, milliseconds. */
  latencyMs: number;
  /** The chance that a request or an event reaches its function twice. */
  repeat: number;
}

const calm: ServiceFaults = { down: false, throttle: 0, conflict: 0, timeoutAfterCommit: 0, kill: 0 };

const HELP = `faults are written as sns=down,dynamodb=throttle:0.1|conflict:0.1|timeout-after-commit:0.05,sns=kill:0.3,voice=down,latency=200ms,repeat:0.1 (services: ${SERVICES.join(', ')})`;

function chance(text: string | undefined, what: string): number {
  const value = Number(text);
  if (text === undefined || text === '' || !(value >= 0 && value <= 1)) {
    throw new Error(`--fault ${what}: a chance between 0 and 1 is wanted, found "${text ?? ''}"; ${HELP}`);
  }
  return value;
}

/** Reads `--fault`. Empty text is no faults. A mistake is told with what would be right. */
export function parseFaults(spec: string): Faults {
  const services = Object.fromEntries(SERVICES.map((name) => [name, { ...calm }])) as Record<Service, ServiceFaults>;
  const faults = { services, latencyMs: 0, repeat: 0 };
  for (const part of spec.split(',').map((each) => each.trim())) {
    if (part === '') continue;
    const [, name = '', value = ''] = /^([a-z]+)[=:](.*)$/.exec(part) ?? [];
    if (name === 'latency') {
      const ms = Number(value.replace(/ms$/, ''));
      if (value === '' || !(ms >= 0))
        throw new Error(`--fault latency: milliseconds are wanted, found "${value}"; ${HELP}`);
      faults.latencyMs = ms;
    } else if (name === 'repeat') {
      faults.repeat = chance(value, 'repeat');
    } else if (SERVICES.includes(name as Service)) {
      for (const each of value.split('|')) setFault(services[name as Service], each, `${name}=${each}`);
    } else {
      throw new Error(`--fault "${part}" is not understood; ${HELP}`);
    }
  }
  return faults;
}

function setFault(service: ServiceFaults, text: string, what: string): void {
  const [kind, value] = text.split(':');
  if (kind === 'down' && value === undefined) service.down = true;
  else if (kind === 'throttle') service.throttle = chance(value, what);
  else if (kind === 'conflict') service.conflict = chance(value, what);
  else if (kind === 'timeout-after-commit') service.timeoutAfterCommit = chance(value, what);
  else if (kind === 'kill' && ENGINES.some((name) => what.startsWith(`${name}=`))) service.kill = chance(value, what);
  else throw new Error(`--fault ${what} is not understood; ${HELP}`);
}

/** Whether a service is as it should be, so that nothing need stand before it. */
export const isCalm = ({ latencyMs, services }: Faults, service: Service): boolean =>
  latencyMs === 0 && JSON.stringify(services[service]) === JSON.stringify(calm);
