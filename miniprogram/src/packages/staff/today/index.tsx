import type { CanteenView } from '../../../../../shared/contracts/canteens.ts';
import { addDays, type IsoDate } from '../../../../../shared/values/dates.ts';
import { Button } from '../../../components/button.tsx';
import { PageFrame } from '../../../components/page-frame.tsx';
import { QueryStates } from '../../../components/page-states.tsx';
import { Box } from '../../../components/primitives';
import { Section } from '../../../components/section.tsx';
import { useMealWords } from '../../../features/meals/meal-words.ts';
import { useRoute } from '../../../hooks/use-route.ts';
import { useWords } from '../../../i18n';
import { today } from '../../../services/clock.ts';
import { open, type PageName } from '../../../services/pages.ts';
import { sessionStore } from '../../../services/session.ts';
import { useStore } from '../../../services/store.ts';
import { OfCanteen } from '../place/of-canteen.tsx';
import { usualSittings } from '../place/sitting-at.ts';
import { useStaffWords } from '../words';
import { SittingToday } from './sitting-today.tsx';
import '../staff.css';

/** Where a day at the desk begins: what is to be cooked today and tomorrow, until when orders come in, who has come. */
export default function TodayPage() {
  const words = useWords();
  const say = useMealWords();
  return (
    <PageFrame desk tab="today" title={words.staffTabs.today} lead={words.home.lead(say.dateAndWeekday(today()))}>
      <OfCanteen>{(canteen) => <Days key={canteen.canteenId} canteen={canteen} />}</OfCanteen>
      <Everything />
    </PageFrame>
  );
}

function Days({ canteen }: { readonly canteen: CanteenView }) {
  const from = today();
  const to = addDays(from, 1);
  const query = useRoute('listSittings', { params: { canteenId: canteen.canteenId }, query: { from, to } });
  return (
    <QueryStates query={query}>
      {({ sittings }) => (
        <>
          {[from, to].map((date) => (
            <Day key={date} date={date} canteen={canteen}>
              {usualSittings(canteen).map((name) => (
                <SittingToday
                  key={name}
                  at={{ canteenId: canteen.canteenId, date, sitting: name }}
                  sitting={sittings.find((one) => one.date === date && one.sitting === name)}
                />
              ))}
            </Day>
          ))}
        </>
      )}
    </QueryStates>
  );
}

interface DayProps {
  readonly date: IsoDate;
  readonly canteen: CanteenView;
  readonly children: React.ReactNode;
}

function Day({ date, children }: DayProps) {
  const say = useMealWords();
  return (
    <Section title={say.day(date)}>
      <Box className="desk-cards desk-cards--few">{children}</Box>
    </Section>
  );
}

/** Everything else that this role does, in words. */
function Everything() {
  const staff = useStaffWords();
  const words = useWords();
  const role = useStore(sessionStore)?.person.role;
  // Who calls for help comes before every meal.
  const duty: readonly [PageName, string][] = [
    ['board', words.staffTabs.board],
    ['raiseFor', words.staffTabs.raiseFor],
    ['checkTasks', words.staffTabs.checkTasks],
    ['devices', words.staffTabs.devices],
    ['alertReport', words.staffTabs.alertReport],
  ];
  const desk: readonly [PageName, string][] = [
    ['staffOrder', words.staffTabs.order],
    ['staffMany', staff.many.title],
    ['people', words.staffTabs.people],
    ['figures', words.staffTabs.figures],
    ['team', staff.team.title],
  ];
  const links: readonly [PageName, string][] = [
    ...(role === 'canteen-staff' ? [] : duty),
    ['checkIn', words.staffTabs.checkIn],
    ['kitchen', words.staffTabs.kitchen],
    ['menu', words.staffTabs.menu],
    ...(role === 'canteen-staff' ? [] : desk),
  ];
  return (
    <Section title={staff.everything}>
      <Box className="desk-links">
        {links.map(([page, title]) => (
          <Button key={page} onTap={() => open(page)}>
            {title}
          </Button>
        ))}
      </Box>
    </Section>
  );
}
