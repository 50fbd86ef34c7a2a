import type { SittingOrderRow } from '../../../../../shared/contracts/meal-orders.ts';
import { formatYuan } from '../../../../../shared/values/money.ts';
import { Button } from '../../../components/button.tsx';
import { Mark } from '../../../components/notice.tsx';
import { Box, Heading, Words } from '../../../components/primitives';
import { STATE_TONE } from '../../../features/meals/order-card.tsx';
import { useWords } from '../../../i18n';
import { useStaffWords } from '../words';

interface CheckInRowProps {
  readonly row: SittingOrderRow;
  /** 11:30–12:00 */
  readonly slot: string;
  readonly busy: boolean;
  readonly onCheckIn: () => void;
  readonly onUndo: () => void;
}

/** One elder at the counter: what to give, what to collect, what to mind, and one button. */
export function CheckInRow({ row, slot, busy, onCheckIn, onUndo }: CheckInRowProps) {
  const words = useWords();
  const staff = useStaffWords();
  const doIt = row.eating === 'delivery' ? staff.checkIn.delivered : words.staffTabs.checkIn;
  return (
    <Box
      role="listitem"
      label={row.elderName}
      className={`card check-row${row.state === 'served' ? ' check-row--served' : ''}`}
    >
      <Box className="check-row__who">
        <Heading level={3} className="lead">
          {row.elderName}
        </Heading>
        <Box className="soft">
          {row.phoneTail === undefined ? staff.checkIn.noPhone : staff.checkIn.tail(row.phoneTail)} · {slot}
        </Box>
      </Box>
      <Box className="check-row__what">
        <Box className="row row--wrap">
          <Words className="strong">{words.eating[row.eating]}</Words>
          <Words>{row.dishes.join(words.dishes.listSeparator)}</Words>
        </Box>
        <Mind row={row} />
      </Box>
      <Box className="check-row__money">
        <Words className="lead">{row.copay === 0 ? staff.checkIn.free : formatYuan(row.copay)}</Words>
        <Box className="soft small">{row.copay === 0 ? '' : staff.checkIn.collect}</Box>
      </Box>
      <Box className="check-row__do">
        {row.state === 'served' ? (
          <>
            <Mark tone="done">{staff.checkIn.came}</Mark>
            <Button look="quiet" disabled={busy} onTap={onUndo} label={`${staff.checkIn.undo} ${row.elderName}`}>
              {staff.checkIn.undo}
            </Button>
          </>
        ) : row.state === 'cancelled' ? (
          <Mark tone={STATE_TONE.cancelled}>{words.orderStates.cancelled}</Mark>
        ) : (
          <>
            {row.state === 'missed' ? <Mark tone="waiting">{words.orderStates.missed}</Mark> : null}
            <Button look="main" disabled={busy} onTap={onCheckIn} label={`${doIt} ${row.elderName}`}>
              {doIt}
            </Button>
          </>
        )}
      </Box>
    </Box>
  );
}

/** What the elder must not eat, keeps to, and asked for: in words. */
export function Mind({ row }: { readonly row: Pick<SittingOrderRow, 'allergens' | 'diets' | 'note'> }) {
  const words = useWords();
  const staff = useStaffWords();
  if (row.allergens.length + row.diets.length === 0 && row.note === undefined) return null;
  return (
    <Box className="row row--wrap">
      {row.allergens.map((one) => (
        <Mark key={one} tone="waiting">
          {staff.noAllergen(words.allergens[one])}
        </Mark>
      ))}
      {row.diets.map((one) => (
        <Mark key={one} tone="info">
          {words.diets[one]}
        </Mark>
      ))}
      {row.note === undefined ? null : <Words>“{row.note}”</Words>}
    </Box>
  );
}
