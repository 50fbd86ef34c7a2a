import { useState } from 'react';
import type { MealFiguresReport } from '../../../../../shared/contracts/kitchen.ts';
import { addDays, type IsoDate } from '../../../../../shared/values/dates.ts';
import { Button } from '../../../components/button.tsx';
import { Choice } from '../../../components/choice.tsx';
import { TextField } from '../../../components/field.tsx';
import { PageFrame } from '../../../components/page-frame.tsx';
import { Empty, QueryStates } from '../../../components/page-states.tsx';
import { Box } from '../../../components/primitives';
import { useMealWords } from '../../../features/meals/meal-words.ts';
import { type Query, useRoute } from '../../../hooks/use-route.ts';
import { useWords } from '../../../i18n';
import { today } from '../../../services/clock.ts';
import { readDate } from '../dates.ts';
import { CanteenBar } from '../place/canteen-bar.tsx';
import { useCommunity } from '../place/use-canteens.ts';
import { tiersInOrder } from '../tiers.ts';
import { onWeb, printPage } from '../web-only.ts';
import { useStaffWords } from '../words';
import { DayTable } from './day-table.tsx';
import { MealsByDay } from './meals-by-day.tsx';
import { MissedByDay, Numbers } from './numbers.tsx';
import { WhoPaid } from './who-paid.tsx';
import '../staff.css';

type Period = 'week' | 'month' | 'last-month' | 'own';

/** At most so many days in one question. */
const MAX_DAYS = 62;

function daysOf(period: Exclude<Period, 'own'>): { from: IsoDate; to: IsoDate } {
  const now = today();
  const first = `${now.slice(0, 8)}01`;
  if (period === 'week') return { from: addDays(now, -6), to: now };
  if (period === 'month') return { from: first, to: now };
  const to = addDays(first, -1);
  return { from: `${to.slice(0, 8)}01`, to };
}

/** Meals of a community: how many, for whom, who paid, who did not come. As charts, with the numbers beside them. */
export default function FiguresPage() {
  const words = useWords();
  const staff = useStaffWords();
  const place = useCommunity();
  const [period, setPeriod] = useState<Period>('week');
  const [own, setOwn] = useState(() => daysOf('week'));
  const [typed, setTyped] = useState<{ from: string; to: string }>(own);
  const { from, to } = period === 'own' ? own : daysOf(period);
  const query = useRoute(
    'getMealFigures',
    place.community === undefined ? null : { params: { area: place.community }, query: { from, to } },
  );
  const type = (part: Partial<typeof typed>) => {
    const next = { ...typed, ...part };
    setTyped(next);
    const [first, last] = [readDate(next.from), readDate(next.to)];
    if (first && last && first <= last && last < addDays(first, MAX_DAYS)) setOwn({ from: first, to: last });
  };
  const [first, last] = [readDate(typed.from), readDate(typed.to)];
  const isRight = first && last && first <= last && last < addDays(first, MAX_DAYS);
  const isDistrict = place.canteen !== undefined && place.community === place.canteen.area && place.canteens.length > 1;

  return (
    <PageFrame desk tab="figures" title={words.staffTabs.figures}>
      {isDistrict && place.canteen ? (
        <CanteenBar canteens={place.canteens} value={place.canteen} onChange={place.choose} />
      ) : null}
      <Box className="no-print">
        <Box className="desk-chips">
          <Choice
            grid
            name="period"
            label={staff.figures.period}
            value={period}
            onChange={setPeriod}
            items={(['week', 'month', 'last-month', 'own'] as const).map((value) => ({
              value,
              title: staff.figures.periods[value],
            }))}
          />
        </Box>
        {period === 'own' ? (
          <Box className="desk-halves">
            <TextField
              id="from"
              label={staff.figures.from}
              help={staff.dateHelp}
              value={typed.from}
              onChange={(value) => type({ from: value })}
            />
            <TextField
              id="to"
              label={staff.figures.to}
              help={staff.dateHelp}
              value={typed.to}
              wrong={isRight ? undefined : staff.figures.rangeWrong(MAX_DAYS)}
              onChange={(value) => type({ to: value })}
            />
          </Box>
        ) : null}
      </Box>
      {place.community === undefined ? (
        <QueryStates query={place.query}>
          {() => <Empty icon="place" title={staff.noCanteen} text={staff.noCanteenText} />}
        </QueryStates>
      ) : (
        <Report
          query={query}
          name={place.canteens.filter((one) => one.area === place.community).map((one) => one.name)}
        />
      )}
    </PageFrame>
  );
}

interface ReportProps {
  readonly query: Query<MealFiguresReport>;
  /** The canteens whose meals are counted. */
  readonly name: readonly string[];
}

function Report({ query, name }: ReportProps) {
  const words = useWords();
  const say = useMealWords();
  const staff = useStaffWords();
  return (
    <QueryStates query={query}>
      {(report) => (
        <>
          <Box className="row row--apart row--wrap section">
            <Box className="grow">
              <Box className="lead">{name.join(words.dishes.listSeparator)}</Box>
              <Box className="soft">
                {say.fullDate(report.from)} – {say.fullDate(report.to)}
              </Box>
            </Box>
            {onWeb ? (
              <Box className="desk-bar__button no-print">
                <Button icon="print" onTap={printPage}>
                  {staff.print}
                </Button>
              </Box>
            ) : null}
          </Box>
          {report.sum.ordered + report.sum.cancelled === 0 ? (
            <Empty icon="figures" title={staff.figures.none} text={staff.figures.noneText} />
          ) : (
            <>
              <Numbers sum={report.sum} />
              <Box className="desk-halves">
                <MealsByDay days={report.days} tiers={tiersInOrder(report.sum.byTier)} />
                <Box>
                  <WhoPaid sum={report.sum} />
                  <MissedByDay days={report.days} />
                </Box>
              </Box>
              <DayTable report={report} />
            </>
          )}
        </>
      )}
    </QueryStates>
  );
}
