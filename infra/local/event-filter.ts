import { asArray, asObject, asText, isObject, type Json, type JsonObject } from './json.ts';

/** The patterns of an event source mapping's filter. */
const patternsOf = (mapping: JsonObject): JsonObject[] =>
  asArray(asObject(mapping.FilterCriteria).Filters).map(
    (filter) => JSON.parse(asText(asObject(filter).Pattern)) as JsonObject,
  );

/** Whether a pattern says no more than "this field is one of these values": the only kind that is understood here. */
const isPlain = (pattern: Json): boolean =>
  Array.isArray(pattern)
    ? pattern.every((value) => !isObject(value))
    : isObject(pattern) && Object.values(pattern).every(isPlain);

/** The patterns that this machine does not understand, as text. It lets every event pass there, which is safe: consumers bear more. */
export const unknownPatterns = (mapping: JsonObject): string[] =>
  patternsOf(mapping)
    .filter((pattern) => !isPlain(pattern))
    .map((pattern) => JSON.stringify(pattern));

function matches(pattern: Json, value: Json): boolean {
  if (Array.isArray(pattern)) return pattern.includes(value);
  return Object.entries(asObject(pattern)).every(([name, inner]) => matches(inner, asObject(value)[name]));
}

/** Whether an event source mapping wants an event. One without a filter wants all. */
export function eventFilter(mapping: JsonObject): (event: object) => boolean {
  const patterns = patternsOf(mapping);
  if (patterns.length === 0 || unknownPatterns(mapping).length > 0) return () => true;
  return (event) => patterns.some((pattern) => matches(pattern, event as JsonObject));
}
