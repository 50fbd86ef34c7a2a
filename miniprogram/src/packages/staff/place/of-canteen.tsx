import type { ReactNode } from 'react';
import type { CanteenView } from '../../../../../shared/contracts/canteens.ts';
import { Empty, QueryStates } from '../../../components/page-states.tsx';
import { useStaffWords } from '../words';
import { CanteenBar } from './canteen-bar.tsx';
import { useCanteens } from './use-canteens.ts';

/** A page's content for the chosen canteen, with the bar that changes it. */
export function OfCanteen({ children }: { readonly children: (canteen: CanteenView) => ReactNode }) {
  const staff = useStaffWords();
  const { query, canteens, canteen, choose } = useCanteens();
  return (
    <QueryStates query={query}>
      {() =>
        canteen === undefined ? (
          <Empty icon="place" title={staff.noCanteen} text={staff.noCanteenText} />
        ) : (
          <>
            <CanteenBar canteens={canteens} value={canteen} onChange={choose} />
            {children(canteen)}
          </>
        )
      }
    </QueryStates>
  );
}
