/** A cell that a spreadsheet would run as a formula is kept as text by an apostrophe before it (OWASP, CSV injection). */
export const harmless = (cell: string): string => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell);
