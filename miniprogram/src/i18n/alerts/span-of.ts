const PARTS = [86_400, 3600, 60, 1] as const;

/** A length of time in its two largest parts, with the words for days, hours, minutes and seconds: `1 分 20 秒`, `20 分`. */
export function spanOf(seconds: number, words: readonly [string, string, string, string]): string {
  const first = Math.max(
    0,
    PARTS.findIndex((part) => seconds >= part),
  );
  const at = seconds < 1 ? PARTS.length - 1 : first;
  const counts = PARTS.map((part, index) =>
    Math.floor((index === 0 ? seconds : seconds % (PARTS[index - 1] ?? 1)) / part),
  );
  const said = [at, at + 1].flatMap((index) => {
    const count = counts[index];
    return count === undefined || (count === 0 && index !== at) ? [] : [`${count}${words[index]}`];
  });
  return said.join(' ');
}
