/** The grid's own number inside its community: the last three digits of its code, without leading zeros. */
export const gridWords = (grid: string): string => grid.slice(12).replace(/^0+(?=\d)/, '');
