/** The order in which tiers are named in China; others follow by their code. */
const ORDER = '甲乙丙丁戊己庚辛壬癸';

interface Tier {
  readonly code: string;
  readonly name: string;
  readonly count: number;
}

/** Tiers as people list them: 甲, 乙, 丙, 丁; those without one last. */
export function tiersInOrder(tiers: readonly Tier[]): Tier[] {
  const rank = ({ code, name }: Tier): number => {
    const place = ORDER.indexOf(name.slice(0, 1));
    return code === 'none' ? ORDER.length + 1 : place < 0 ? ORDER.length : place;
  };
  return [...tiers].sort((a, b) => rank(a) - rank(b) || (a.code < b.code ? -1 : 1));
}
