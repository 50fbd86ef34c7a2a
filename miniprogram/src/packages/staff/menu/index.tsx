import { useState } from 'react';
import type { CanteenView, SittingName, SittingView } from '../../../../../shared/contracts/canteens.ts';
import { addDays, type IsoDate } from '../../../../../shared/values/dates.ts';
import { Button } from '../../../components/button.tsx';
import { Mark } from '../../../components/notice.tsx';
import { PageFrame } from '../../../components/page-frame.tsx';
import { QueryStates } from '../../../components/page-states.tsx';
import { Box, Heading } from '../../../components/primitives';
import { useMealWords } from '../../../features/meals/meal-words.ts';
import { useRoute } from '../../../hooks/use-route.ts';
import { useWords } from '../../../i18n';
import { today } from '../../../services/clock.ts';
import { open } from '../../../services/pages.ts';
import { OfCanteen } from '../place/of-canteen.tsx';
import { usualSittings } from '../place/sitting-at.ts';
import { useStaffWords } from '../words';
import '../staff.css';

const WEEK = 7;

/** What is published in a week, and what is not yet. */
export default function MenuPage() {
  const words = useWords();
  return (
    <PageFrame desk tab="menu" title={words.staffTabs.menu}>
      <OfCanteen>{(canteen) => <Week key={canteen.canteenId} canteen={canteen} />}</OfCanteen>
    </PageFrame>
  );
}

function Week({ canteen }: { readonly canteen: CanteenView }) {
  const staff = useStaffWords();
  const [from, setFrom] = useState<IsoDate>(today);
  const to = addDays(from, WEEK - 1);
  const query = useRoute('listSittings', { params: { canteenId: canteen.canteenId }, query: { from, to } });
  const dates = Array.from({ length: WEEK }, (_, index) => addDays(from, index));
  return (
    <>
      <Box className="desk-buttons">
        <Button onTap={() => setFrom(addDays(from, -WEEK))}>{staff.menu.weekBefore}</Button>
        <Button onTap={() => setFrom(addDays(from, WEEK))}>{staff.menu.weekAfter}</Button>
      </Box>
      <Box className="section">
        <QueryStates query={query}>
          {({ sittings }) => (
            <Box role="list" label={staff.menu.days} className="desk-cards">
              {dates.map((date) => (
                <Day
                  key={date}
                  date={date}
                  canteen={canteen}
                  sittings={sittings.filter((sitting) => sitting.date === date)}
                />
              ))}
            </Box>
          )}
        </QueryStates>
      </Box>
    </>
  );
}

interface DayProps {
  readonly date: IsoDate;
  readonly canteen: CanteenView;
  readonly sittings: readonly SittingView[];
}

function Day({ date, canteen, sittings }: DayProps) {
  const say = useMealWords();
  return (
    <Box role="listitem" label={say.day(date)} className="card stack">
      <Heading level={2} className="lead">
        {say.day(date)}
      </Heading>
      {usualSittings(canteen).map((name) => (
        <Sitting
          key={name}
          at={{ canteenId: canteen.canteenId, date, sitting: name }}
          sitting={sittings.find((one) => one.sitting === name)}
        />
      ))}
    </Box>
  );
}

interface SittingProps {
  readonly at: { canteenId: string; date: IsoDate; sitting: SittingName };
  readonly sitting: SittingView | undefined;
}

function Sitting({ at, sitting }: SittingProps) {
  const words = useWords();
  const say = useMealWords();
  const staff = useStaffWords();
  const what = say.dayMeal(at.date, at.sitting);
  const isPast = at.date < today();
  return (
    <Box className="stack">
      <Box className="row row--apart row--wrap">
        <Box className="strong">{say.meal(at.sitting)}</Box>
        {sitting === undefined ? (
          <Mark tone={isPast ? 'quiet' : 'waiting'}>{staff.today.noMenu}</Mark>
        ) : sitting.open ? (
          <Mark tone="done">{staff.menu.published}</Mark>
        ) : (
          <Mark tone="quiet">{words.order.notOpen}</Mark>
        )}
      </Box>
      {sitting ? (
        <Box className="soft">{sitting.dishes.map((dish) => dish.name).join(words.dishes.listSeparator)}</Box>
      ) : null}
      {isPast ? null : (
        <Button onTap={() => open('editMenu', at)} label={`${sitting ? staff.menu.edit : staff.today.publish} ${what}`}>
          {sitting ? staff.menu.edit : staff.today.publish}
        </Button>
      )}
    </Box>
  );
}
