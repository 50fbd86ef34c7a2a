import type { CanteenView, SittingName } from '../../../../../shared/contracts/canteens.ts';
import type { IsoDate } from '../../../../../shared/values/dates.ts';
import { addDays } from '../../../../../shared/values/dates.ts';
import { Choice } from '../../../components/choice.tsx';
import { DateStrip } from '../../../components/date-strip.tsx';
import { Box } from '../../../components/primitives';
import { useWords } from '../../../i18n';
import { today } from '../../../services/clock.ts';
import { usualSittings } from './sitting-at.ts';

interface SittingChoiceProps {
  readonly canteen: CanteenView;
  readonly date: IsoDate;
  readonly sitting: SittingName;
  readonly onChange: (change: { date?: IsoDate; sitting?: SittingName }) => void;
  /** Days from today, the first and the last that can be chosen. */
  readonly from?: number;
  readonly to?: number;
}

/** Which day and which meal. */
export function SittingChoice({ canteen, date, sitting, onChange, from = 0, to = 6 }: SittingChoiceProps) {
  const words = useWords();
  const dates = Array.from({ length: to - from + 1 }, (_, index) => addDays(today(), from + index));
  return (
    <Box className="stack no-print">
      <DateStrip label={words.order.day} dates={dates} value={date} onChange={(value) => onChange({ date: value })} />
      {usualSittings(canteen).length > 1 ? (
        <Box className="desk-chips">
          <Choice
            grid
            name="sitting"
            label={words.order.which}
            value={sitting}
            onChange={(value) => onChange({ sitting: value })}
            items={usualSittings(canteen).map((value) => ({ value, title: words.sittings[value] }))}
          />
        </Box>
      ) : null}
    </Box>
  );
}
