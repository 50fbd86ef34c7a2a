import type { Course, SittingView } from '../../../../../shared/contracts/canteens.ts';
import { formatYuan } from '../../../../../shared/values/money.ts';
import { Mark } from '../../../components/notice.tsx';
import { Box, Heading, Words } from '../../../components/primitives';
import { useSay, useWords } from '../../../i18n';
import { useStaffWords } from '../words';
import type { Row } from './rows.ts';

interface RowsTableProps {
  readonly rows: readonly Row[];
  readonly sitting: SittingView | undefined;
  /** Whether some were sent: then it is told which were not. */
  readonly isSent: boolean;
}

const FIRST: readonly Row['state'][] = ['refused', 'unknown', 'cannot', 'ready', 'placed'];

/** Each elder's meal and what became of it, in words; what needs a look comes first. */
export function RowsTable({ rows, sitting, isSent }: RowsTableProps) {
  const words = useWords();
  const say = useSay();
  const staff = useStaffWords();
  const dishName = (dishId: string) => sitting?.dishes.find((dish) => dish.dishId === dishId)?.name ?? dishId;
  const list = (items: readonly string[]) => items.join(words.dishes.listSeparator);
  const needsLook = (row: Row) => row.left.length + row.without.length > 0;
  const sorted = [...rows].sort(
    (a, b) => FIRST.indexOf(a.state) - FIRST.indexOf(b.state) || Number(needsLook(b)) - Number(needsLook(a)),
  );
  return (
    <Box role="list" label={staff.many.title} className="stack">
      {sorted.map((row) => (
        <Box key={row.orderId} role="listitem" label={row.name} className="card many-row">
          <Heading level={3} className="lead">
            {row.name}
          </Heading>
          <Box>
            <Box>{list(row.dishIds.map(dishName))}</Box>
            {row.left.length > 0 ? <Mark tone="info">{staff.many.changed(list(row.left.map(dishName)))}</Mark> : null}
            {row.without.length > 0 && row.state !== 'cannot' ? (
              <Mark tone="waiting">
                {staff.many.without(list(row.without.map((course) => words.courses[course as Course])))}
              </Mark>
            ) : null}
          </Box>
          <Box>
            {row.state === 'placed' ? (
              <Mark tone="done">{`${words.orderStates.placed} · ${formatYuan(row.copay ?? 0)}`}</Mark>
            ) : row.state === 'refused' && row.refusal ? (
              <>
                <Mark tone="waiting">{staff.many.refused}</Mark>
                <Box>
                  <Words>{say(row.refusal.message)}</Words>
                </Box>
              </>
            ) : row.state === 'unknown' ? (
              <Mark tone="waiting">{staff.many.unknown}</Mark>
            ) : row.state === 'cannot' ? (
              <Mark tone="waiting">{staff.many.cannot}</Mark>
            ) : isSent ? (
              <Mark tone="quiet">{staff.many.ready}</Mark>
            ) : null}
          </Box>
        </Box>
      ))}
    </Box>
  );
}
