import * as z from 'zod/mini';

/**
 * A place in the five levels of area, as one string of digits in which a longer code lies inside its prefix, after the
 * administrative division codes of GB/T 2260 and GB/T 10114: 4 digits a city, 6 a district, 9 a street, 12 a community,
 * 15 a grid.
 */
export const AreaCode = z.string().check(z.regex(/^(\d{4}|\d{6}|\d{9}|\d{12}|\d{15})$/));
export type AreaCode = z.infer<typeof AreaCode>;

export const CommunityCode = z.string().check(z.regex(/^\d{12}$/));
export const GridCode = z.string().check(z.regex(/^\d{15}$/));

/** Whether `area` lies inside `scope` (or is it). */
export const within = (area: string, scope: string): boolean => scope.length > 0 && area.startsWith(scope);

/** The community that a grid (or anything inside a community) belongs to. */
export const communityOf = (area: string): string => area.slice(0, 12);
/** The district that a community or grid belongs to. */
export const districtOf = (area: string): string => area.slice(0, 6);
