import { useEffect } from 'react';
import type { ElderView } from '../../../../shared/contracts/elders.ts';
import { addDays, ageOn } from '../../../../shared/values/dates.ts';
import { Button } from '../../components/button.tsx';
import { Mark, Notice } from '../../components/notice.tsx';
import { PageFrame } from '../../components/page-frame.tsx';
import { Empty, Failure, Loading, QueryStates } from '../../components/page-states.tsx';
import { Box, Heading } from '../../components/primitives';
import { InboxButton } from '../../features/alerts/inbox-button.tsx';
import { KeepContacts } from '../../features/alerts/keep-contacts.tsx';
import { OpenAlerts } from '../../features/alerts/open-alerts.tsx';
import { useMealWords } from '../../features/meals/meal-words.ts';
import { OrderCard } from '../../features/meals/order-card.tsx';
import { ReachNotice } from '../../features/reach-notice.tsx';
import { useMyElders } from '../../hooks/use-my-elders.ts';
import { useRoute } from '../../hooks/use-route.ts';
import { useWords } from '../../i18n';
import { chooseElder } from '../../services/chosen-elder.ts';
import { today } from '../../services/clock.ts';
import { firstPageOf, open, restartAt } from '../../services/pages.ts';
import { sessionStore } from '../../services/session.ts';
import { useStore } from '../../services/store.ts';

const DAYS_AHEAD = 7;
/** So many of the next meals are shown; the others are one tap away. */
const SHOWN = 3;

/** The app opens here. Those whose day begins elsewhere are led there: a dispatcher to the board, staff to today. */
export default function HomePage() {
  const role = useStore(sessionStore)?.person.role;
  const first = role === undefined ? 'home' : firstPageOf(role);
  useEffect(() => {
    if (first !== 'home') restartAt(first);
  }, [first]);
  return first === 'home' ? <Home /> : null;
}

function Home() {
  const words = useWords();
  const say = useMealWords();
  const role = useStore(sessionStore)?.person.role;
  const { query, living } = useMyElders();
  const only = living.length === 1 ? living[0] : undefined;

  return (
    <PageFrame
      tab="home"
      title={role === 'elder' ? words.home.titleElder : words.home.title}
      lead={words.home.lead(say.dateAndWeekday(today()))}
      action={
        only && only.absence === null ? (
          <Button look="main" icon="bowl" onTap={() => orderFor(only)}>
            {role === 'elder' ? words.home.orderMine : words.home.orderFor(only.name)}
          </Button>
        ) : undefined
      }
    >
      <QueryStates query={query}>
        {({ elders }) =>
          elders.length === 0 ? (
            <Empty
              icon="people"
              title={words.home.none}
              text={words.home.noneText}
              action={
                <Button look="main" onTap={() => open('bind')}>
                  {words.home.bind}
                </Button>
              }
            />
          ) : (
            <Box className="stack stack--wide">
              {living.map((elder) => (
                <OpenAlerts key={elder.elderId} elder={elder} />
              ))}
              {living.length > 0 ? <ReachNotice /> : null}
              {elders.map((elder) => (
                <ElderSection key={elder.elderId} elder={elder} several={living.length > 1} />
              ))}
              {role === 'elder' ? elders.map((elder) => <KeepContacts key={elder.elderId} elder={elder} />) : null}
              <InboxButton />
              {role === 'family' ? <Button onTap={() => open('bind')}>{words.home.bindAnother}</Button> : null}
            </Box>
          )
        }
      </QueryStates>
    </PageFrame>
  );
}

function orderFor(elder: ElderView): void {
  chooseElder(elder.elderId);
  open('order');
}

function ElderSection({ elder, several }: { readonly elder: ElderView; readonly several: boolean }) {
  const words = useWords();
  const say = useMealWords();
  const from = today();
  const orders = useRoute(
    'listElderMealOrders',
    elder.diedOn === null
      ? { params: { elderId: elder.elderId }, query: { from, to: addDays(from, DAYS_AHEAD) } }
      : null,
  );
  const coming = (orders.value?.orders ?? []).filter((order) => order.state === 'placed').reverse();

  return (
    <Box role="region" label={elder.name} className="stack">
      <Box className="row row--apart row--wrap">
        <Heading level={2} className="lead">
          {elder.name}
        </Heading>
        {elder.diedOn === null ? (
          <Box className="soft">{words.home.age(ageOn(elder.birthDate, from))}</Box>
        ) : (
          <Mark tone="quiet">{words.home.died(say.date(elder.diedOn))}</Mark>
        )}
      </Box>
      {elder.absence ? (
        <Notice
          tone="waiting"
          title={elder.absence.until ? words.home.paused(say.day(elder.absence.until)) : words.home.pausedOpen}
          actions={<Button onTap={() => open('elder', { elderId: elder.elderId })}>{words.order.resume}</Button>}
        />
      ) : null}
      {elder.diedOn !== null ? null : orders.value === undefined && orders.refusal ? (
        <Failure refusal={orders.refusal} onRetry={orders.reload} />
      ) : orders.value === undefined ? (
        <Loading cards={1} />
      ) : coming.length === 0 ? (
        <Box className="card soft">{words.home.noMeal}</Box>
      ) : (
        <>
          <Box className="soft">{words.home.nextMeals}</Box>
          {coming.slice(0, SHOWN).map((order) => (
            <OrderCard key={order.orderId} order={order} />
          ))}
          {coming.length > SHOWN ? (
            <Button
              onTap={() => {
                chooseElder(elder.elderId);
                open('orders');
              }}
            >
              {words.home.allMeals(coming.length)}
            </Button>
          ) : null}
        </>
      )}
      {several && elder.diedOn === null && elder.absence === null ? (
        <Button look="main" icon="bowl" onTap={() => orderFor(elder)}>
          {words.home.orderFor(elder.name)}
        </Button>
      ) : null}
      <Button icon="person" onTap={() => open('elder', { elderId: elder.elderId })}>
        {words.home.details(elder.name)}
      </Button>
    </Box>
  );
}
