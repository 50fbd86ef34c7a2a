/** The feature whose table an item belongs to. */
export const TOWN_TABLES = ['elders', 'meals', 'sessions', 'alerts'] as const;
export type TownTable = (typeof TOWN_TABLES)[number];

/** One item of a town, as its feature stores it. */
export interface TownItem {
  readonly table: TownTable;
  readonly item: Record<string, unknown>;
}
