/** `97.5%`, of a share from 0 to 1; never rounded up to a target that was missed. */
export function percent(share: number | undefined): string {
  if (share === undefined) return '–';
  const tenths = Math.floor(share * 1000 + 1e-9);
  return `${(tenths / 10).toFixed(1)}%`;
}

/** Whether a target was met. Without alerts there is nothing to say. */
export const isMet = (share: number | undefined, target: number): boolean | undefined =>
  share === undefined ? undefined : share >= target;

/** The months `YYYY-MM` back from `last`, the newest first. */
export function monthsBack(last: string, count: number): string[] {
  const [year = 0, month = 1] = last.split('-').map(Number);
  return Array.from({ length: count }, (_, back) => {
    const months = year * 12 + (month - 1) - back;
    return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}`;
  });
}
