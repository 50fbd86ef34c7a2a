/** JSON as a template holds it. */
export type Json = string | number | boolean | null | undefined | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json;
}

export const isObject = (value: Json): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const asObject = (value: Json): JsonObject => (isObject(value) ? value : {});
export const asArray = (value: Json): Json[] => (Array.isArray(value) ? value : []);

/** Text as CloudFormation sees it: numbers and booleans are written out. */
export const asText = (value: Json): string =>
  value === undefined || value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);

export const asNumber = (value: Json, otherwise: number): number =>
  value === undefined || value === null || value === '' ? otherwise : Number(value);
