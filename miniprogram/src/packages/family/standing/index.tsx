import { useState } from 'react';
import type { StandingOrderView } from '../../../../../shared/contracts/meal-orders.ts';
import { dateInChina } from '../../../../../shared/values/dates.ts';
import { Ask } from '../../../components/ask.tsx';
import { Button } from '../../../components/button.tsx';
import { Mark } from '../../../components/notice.tsx';
import { PageFrame } from '../../../components/page-frame.tsx';
import { Empty, Failure, QueryStates } from '../../../components/page-states.tsx';
import { Box, Heading } from '../../../components/primitives';
import { useMealWords } from '../../../features/meals/meal-words.ts';
import { useAction } from '../../../hooks/use-action.ts';
import { useRoute } from '../../../hooks/use-route.ts';
import { useLanguage, useWords } from '../../../i18n';
import { weekdayWord } from '../../../i18n/dates.ts';
import { outbox } from '../../../services/api.ts';
import { open, usePageParams } from '../../../services/pages.ts';

/** The weekly orders of an elder. */
export default function StandingPage() {
  const words = useWords();
  const { elderId = '' } = usePageParams();
  const query = useRoute('listStandingOrders', { params: { elderId } });
  return (
    <PageFrame
      title={words.standing.title}
      lead={words.standing.lead}
      action={
        <Button look="main" onTap={() => open('newStanding', { elderId })}>
          {words.standing.add}
        </Button>
      }
    >
      <QueryStates query={query}>
        {({ standingOrders }) =>
          standingOrders.length === 0 ? (
            <Empty icon="calendar" title={words.standing.none} text={words.standing.noneText} />
          ) : (
            <Box className="stack">
              {standingOrders.map((order) => (
                <Standing
                  key={order.standingOrderId}
                  order={order}
                  onChange={(changed) =>
                    query.put({
                      standingOrders: standingOrders.map((one) =>
                        one.standingOrderId === changed.standingOrderId ? changed : one,
                      ),
                    })
                  }
                />
              ))}
            </Box>
          )
        }
      </QueryStates>
    </PageFrame>
  );
}

interface StandingProps {
  readonly order: StandingOrderView;
  readonly onChange: (order: StandingOrderView) => void;
}

function Standing({ order, onChange }: StandingProps) {
  const words = useWords();
  const say = useMealWords();
  const language = useLanguage();
  const action = useAction();
  const [asking, setAsking] = useState(false);
  const days = [...order.weekdays]
    .sort((a, b) => a - b)
    .map((day) => weekdayWord(day, language))
    .join(words.dishes.listSeparator);
  const what = words.standing.every(
    order.weekdays.length === 7 ? words.standing.everyDay : days,
    say.meal(order.sitting),
  );

  const stop = async () => {
    const { elderId, standingOrderId } = order;
    const answer = await action.run(() =>
      outbox.submit({
        id: `stop-${standingOrderId}`,
        name: 'stopStandingOrder',
        input: { params: { elderId, standingOrderId } },
        what: `${words.standing.stop} ${what}`,
      }),
    );
    setAsking(false);
    if (answer?.ok) onChange(answer.value);
  };

  return (
    <Box role="region" label={what} className="card stack">
      <Box className="row row--apart row--wrap">
        <Heading level={2} className="lead">
          {what}
        </Heading>
        {order.stoppedAt === null ? (
          <Mark tone="done">{words.standing.running}</Mark>
        ) : (
          <Mark tone="quiet">{words.standing.stopped(say.date(dateInChina(order.stoppedAt)))}</Mark>
        )}
      </Box>
      <Box>{`${order.canteenName} · ${words.eating[order.eating]}`}</Box>
      <Box className="soft">
        {words.standing.from(say.day(order.from))}
        {order.until ? `，${words.standing.until(say.day(order.until))}` : ''}
      </Box>
      {action.refusal && action.refusal.code !== 'offline' ? <Failure refusal={action.refusal} /> : null}
      {order.stoppedAt !== null ? null : asking ? (
        <Ask
          title={words.standing.stopTitle}
          text={words.standing.stopText}
          yes={words.standing.stopYes}
          no={words.standing.stopNo}
          onYes={stop}
          onNo={() => setAsking(false)}
          busy={action.busy}
        />
      ) : (
        <Button label={`${words.standing.stop} ${what}`} onTap={() => setAsking(true)}>
          {words.standing.stop}
        </Button>
      )}
    </Box>
  );
}
