/** A field that takes one value or a list of them. */
export type OneOrMore<T> = T | readonly T[];

/** The values of a "one or more" field as a list. */
export const listOf = <T>(value: OneOrMore<T>): readonly T[] => (Array.isArray(value) ? value : [value as T]);
