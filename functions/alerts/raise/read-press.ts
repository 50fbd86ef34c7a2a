import type * as z from 'zod/mini';
import { AlertSource, Position, RaiseAlert, Reading } from '../../../shared/contracts/press.ts';
import { STAFF_ROLES } from '../../../shared/contracts/roles.ts';
import { type Instant, toInstant } from '../../../shared/values/dates.ts';
import { Uuid } from '../../../shared/values/ids.ts';
import { MAX_BODY_BYTES } from '../../platform/parse-input.ts';
import { derivedId } from '../circle/derived-id.ts';
import type { PressRecord } from '../press-record.ts';
import type { Presser } from './caller.ts';

/** What arrived, as the HTTP API hands it over. */
export interface Sent {
  readonly alertId: string | undefined;
  readonly body: string | undefined;
  readonly isBase64Encoded: boolean;
}

/** How much is kept of what cannot be read, characters. */
const MOST_KEPT = 2000;
const MOST_NOTE = 200;
const FIELDS = new Set(Object.keys(RaiseAlert.shape));

/**
 * Reads a press: each field by itself, and whatever it is, there is a press. When anything could not be read (a field, the whole
 * body, an id that is none), the text is kept as it came, as `unreadable`, cut at 2 000 characters. Never throws.
 *
 * What the token says goes before what the body says: an elder and a device press for themselves, and only a canary is one.
 */
export function readPress(sent: Sent, presser: Presser, now: Instant): PressRecord {
  const text = textOf(sent);
  const body = objectIn(text);
  let isWhole = body !== undefined || text === '';
  const read = <T>(name: string, schema: z.ZodMiniType<T>, rescue?: (value: unknown) => T | undefined) => {
    const value = body?.[name];
    if (value === undefined) return undefined;
    const parsed = schema.safeParse(value);
    if (parsed.success && isStorable(parsed.data)) return parsed.data;
    isWhole = false;
    return rescue?.(value);
  };
  const said = {
    elderId: read('elderId', Uuid),
    source: read('source', AlertSource),
    pressedAt: read('pressedAt', RaiseAlert.shape.pressedAt),
    position: read('position', Position, positionWithoutAccuracy),
    reading: read('reading', Reading),
    note: read('note', RaiseAlert.shape.note, plainNote),
    drill: read('drill', RaiseAlert.shape.drill),
  };
  const pressedAt = realInstant(said.pressedAt);
  const { elderId, source, ...from } = pressedBy(presser, said);
  const fits =
    pressedAt === said.pressedAt &&
    (said.elderId === undefined || said.elderId === elderId) &&
    (said.source === undefined || said.source === source) &&
    Object.keys(body ?? {}).every((name) => FIELDS.has(name));
  const id = idOf(sent.alertId, presser);
  const unreadable = [id.unreadable, isWhole && fits ? undefined : text].filter((part) => part !== undefined);
  const { position, reading, note } = said;
  return {
    pressId: id.pressId,
    at: now,
    source,
    ...from,
    ...(elderId !== undefined && { elderId }),
    ...(pressedAt !== undefined && { pressedAt }),
    ...(position !== undefined && { position }),
    ...(reading !== undefined && { reading }),
    ...(note !== undefined && { note }),
    ...(unreadable.length > 0 && { unreadable: keepable(unreadable.join('\n').slice(0, MOST_KEPT)) }),
    drill: said.drill === true,
    token: tokenOf(presser),
  };
}

/** What the token says of itself. */
function tokenOf(presser: Presser): NonNullable<PressRecord['token']> {
  if (presser.role === 'device') return { issuedAt: presser.issuedAt };
  const { issuedAt, expiresAt, epoch } = presser;
  return { issuedAt, expiresAt, ...(epoch !== undefined && { epoch }) };
}

interface Said {
  readonly elderId: string | undefined;
  readonly source: AlertSource | undefined;
}

/** Sources that are not taken on somebody's word: nobody hears of a canary, and a check is missed inside Anxin alone. */
const INSIDE: readonly AlertSource[] = ['canary', 'missed-check'];

/** Whose press it is, and where it comes from. */
function pressedBy(presser: Presser, said: Said) {
  const saidSource = said.source === undefined || INSIDE.includes(said.source) ? undefined : said.source;
  if (presser.role === 'device') {
    const { deviceId, elderId, area, kind } = presser;
    const source: AlertSource = kind === 'canary' ? kind : (saidSource ?? kind);
    return { elderId, source, deviceId, by: { role: 'device' } as const, area };
  }
  const { personId, role, area } = presser;
  const elderId = role === 'elder' ? presser.elderId : said.elderId;
  const isStaff = (STAFF_ROLES as readonly string[]).includes(role);
  const source: AlertSource = saidSource ?? (isStaff ? 'staff-call' : 'app');
  return { elderId, source, by: { personId, role }, ...(area !== undefined && { area }) };
}

/** The id of the path. One that is no UUID is kept as evidence, and always gets the same UUID instead: a repeat stays a repeat. */
function idOf(alertId: string | undefined, presser: Presser): { pressId: string; unreadable?: string } {
  const id = alertId?.toLowerCase();
  if (Uuid.safeParse(id).success) return { pressId: id as string };
  if (id === undefined) return { pressId: crypto.randomUUID() };
  const whose = presser.role === 'device' ? presser.deviceId : presser.personId;
  return { pressId: derivedId('press', whose, alertId ?? ''), unreadable: `alertId: ${alertId}` };
}

function textOf({ body = '', isBase64Encoded }: Sent): string {
  const text = isBase64Encoded ? Buffer.from(body, 'base64').toString('utf8') : body;
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

function objectIn(text: string): Readonly<Record<string, unknown>> | undefined {
  if (text.length > MAX_BODY_BYTES) return undefined;
  try {
    const json: unknown = JSON.parse(text);
    const isObject = typeof json === 'object' && json !== null && !Array.isArray(json);
    return isObject ? (json as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** DynamoDB keeps numbers between 1E-130 and 9.9E+125; and a text with half a character, or of bytes that were none, says nothing. */
function isStorable(value: unknown): boolean {
  if (typeof value === 'number') return value === 0 || (Math.abs(value) > 1e-100 && Math.abs(value) < 1e100);
  if (typeof value === 'string') return !value.includes('\ufffd');
  return typeof value !== 'object' || value === null || Object.values(value).every(isStorable);
}

/** A position is worth having without its accuracy. */
function positionWithoutAccuracy(value: unknown): Position | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { accuracyMetres: _, ...place } = value as Record<string, unknown>;
  const parsed = Position.safeParse(place);
  return parsed.success && isStorable(parsed.data) ? parsed.data : undefined;
}

/** A note that is too long, or has line breaks, is shown as far as it goes. */
function plainNote(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.includes('\ufffd')) return undefined;
  const note = keepable(value)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufffd]+/g, ' ')
    .trim()
    .slice(0, MOST_NOTE)
    .toWellFormed()
    .trim();
  return note === '' ? undefined : note;
}

/** A day like 2026-02-31 has the form of an instant and is none. */
function realInstant(text: string | undefined): Instant | undefined {
  if (text === undefined) return undefined;
  const at = Date.parse(text);
  return Number.isFinite(at) && toInstant(at) === text ? text : undefined;
}

/** Text that a table and a queue take: whole characters, and none that XML has no place for. */
const keepable = (text: string): string => text.toWellFormed().replace(/[\ufffe\uffff]/g, '\ufffd');
