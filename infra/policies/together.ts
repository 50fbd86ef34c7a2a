import type { Policy } from '../../shared/policy/policy.ts';
import type { Mistake } from './mistake.ts';

/** A document and the file it stands in. */
export interface Filed {
  readonly file: string;
  readonly policy: Policy;
}

/**
 * Mistakes that show only when documents stand side by side: the same id and version twice, two versions of an area that
 * begin on the same day, and a version that ends after the next has begun. A version without `validUntil` simply gives way.
 */
export function mistakesTogether(filed: readonly Filed[]): (Mistake & { file: string })[] {
  return filed.flatMap((one, index) =>
    filed.slice(0, index).flatMap((other) => pair(other, one).map((mistake) => ({ ...mistake, file: one.file }))),
  );
}

function pair(a: Filed, b: Filed): Mistake[] {
  const mistakes: Mistake[] = [];
  if (a.policy.id === b.policy.id && a.policy.version === b.policy.version) {
    mistakes.push({
      path: 'version',
      found: `${b.policy.id} ${b.policy.version} is also in ${a.file}`,
      right: 'an order keeps the version that priced it: give each version its own name',
    });
  }
  if (a.policy.area.code !== b.policy.area.code) return mistakes;
  const { code } = a.policy.area;
  const [first, next] = a.policy.validFrom <= b.policy.validFrom ? [a, b] : [b, a];
  if (first.policy.validFrom === next.policy.validFrom) {
    mistakes.push({
      path: 'validFrom',
      found: `${a.file} is for area ${code} from ${first.policy.validFrom} too`,
      right: 'only one can be in force: change the area or the first day of one',
    });
  } else if (first.policy.validUntil !== undefined && first.policy.validUntil >= next.policy.validFrom) {
    mistakes.push({
      path: 'validUntil',
      found: `${first.file} ends on ${first.policy.validUntil}, after ${next.file} has begun on ${next.policy.validFrom}; both are for area ${code}`,
      right: 'let the first end the day before, or leave its `validUntil` out: the later version takes over by itself',
    });
  }
  return mistakes;
}
