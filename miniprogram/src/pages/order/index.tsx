import { useState } from 'react';
import { SITTINGS } from '../../../../shared/contracts/canteens.ts';
import type { ElderView } from '../../../../shared/contracts/elders.ts';
import { districtOf } from '../../../../shared/values/areas.ts';
import { addDays } from '../../../../shared/values/dates.ts';
import { Button } from '../../components/button.tsx';
import { DateStrip } from '../../components/date-strip.tsx';
import { Notice } from '../../components/notice.tsx';
import { PageFrame } from '../../components/page-frame.tsx';
import { Empty, QueryStates } from '../../components/page-states.tsx';
import { Box } from '../../components/primitives';
import { Section } from '../../components/section.tsx';
import { ElderChoice } from '../../features/elder-choice.tsx';
import { CanteenChoice, nearestFirst } from '../../features/meals/canteen-choice.tsx';
import { SittingCard } from '../../features/meals/sitting-card.tsx';
import { useMyElders } from '../../hooks/use-my-elders.ts';
import { useRoute } from '../../hooks/use-route.ts';
import { useWords } from '../../i18n';
import { today } from '../../services/clock.ts';
import { open } from '../../services/pages.ts';
import { callPhone } from '../../services/phone.ts';
import { storage } from '../../services/storage.ts';

const DAYS = 7;

export default function OrderPage() {
  const words = useWords();
  const { query, living, chosen, choose } = useMyElders();
  return (
    <PageFrame tab="order" title={words.order.title}>
      <QueryStates query={query}>
        {() =>
          chosen === undefined ? (
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
            <>
              <ElderChoice elders={living} value={chosen.elderId} onChange={choose} />
              <Canteens key={chosen.elderId} elder={chosen} />
            </>
          )
        }
      </QueryStates>
    </PageFrame>
  );
}

function Canteens({ elder }: { readonly elder: ElderView }) {
  const words = useWords();
  const kept = `seen:canteen:${elder.elderId}`;
  const [canteenId, setCanteenId] = useState(() => storage.read<string>(kept));
  const query = useRoute('listCanteens', { params: { area: districtOf(elder.area) } });
  return (
    <QueryStates query={query}>
      {(value) => {
        const canteens = nearestFirst(value.canteens, elder.area);
        const canteen = canteens.find((one) => one.canteenId === canteenId) ?? canteens[0];
        if (canteen === undefined) {
          return <Empty icon="place" title={words.order.noCanteen} text={words.order.noCanteenText} />;
        }
        return (
          <>
            <CanteenChoice
              canteens={canteens}
              value={canteen}
              onChange={(id) => {
                storage.write(kept, id);
                setCanteenId(id);
              }}
            />
            <Sittings elder={elder} canteenId={canteen.canteenId} phone={canteen.phone} />
          </>
        );
      }}
    </QueryStates>
  );
}

interface SittingsProps {
  readonly elder: ElderView;
  readonly canteenId: string;
  readonly phone: string;
}

function Sittings({ elder, canteenId, phone }: SittingsProps) {
  const words = useWords();
  const from = today();
  const to = addDays(from, DAYS - 1);
  const dates = Array.from({ length: DAYS }, (_, days) => addDays(from, days));
  // Most meals are ordered the day before.
  const [date, setDate] = useState(addDays(from, 1));
  const sittings = useRoute('listSittings', { params: { canteenId }, query: { from, to } });
  const orders = useRoute('listElderMealOrders', { params: { elderId: elder.elderId }, query: { from, to } });
  const isPaused = elder.absence !== null && date >= elder.absence.from && date <= (elder.absence.until ?? date);

  return (
    <>
      <Section title={words.order.day}>
        <DateStrip label={words.order.day} dates={dates} value={date} onChange={setDate} />
      </Section>
      <Section title={words.order.which}>
        {isPaused ? (
          <Notice
            tone="waiting"
            title={words.order.paused(elder.name)}
            actions={<Button onTap={() => open('elder', { elderId: elder.elderId })}>{words.order.resume}</Button>}
          >
            {words.order.pausedText}
          </Notice>
        ) : (
          <QueryStates query={sittings} cards={2}>
            {(value) => {
              const ofDay = SITTINGS.flatMap((name) =>
                value.sittings.filter((sitting) => sitting.date === date && sitting.sitting === name),
              );
              if (ofDay.length === 0) {
                return (
                  <Empty
                    icon="calendar"
                    title={words.order.noSitting}
                    text={words.order.noSittingText}
                    action={
                      <Button icon="phone" onTap={() => callPhone(phone)}>
                        {words.order.callCanteen(phone)}
                      </Button>
                    }
                  />
                );
              }
              return (
                <Box className="stack">
                  {ofDay.map((sitting) => (
                    <SittingCard
                      key={sitting.sitting}
                      sitting={sitting}
                      order={orders.value?.orders.find(
                        (order) =>
                          order.date === date && order.sitting === sitting.sitting && order.state !== 'cancelled',
                      )}
                      onChoose={() =>
                        open('dishes', { elderId: elder.elderId, canteenId, date, sitting: sitting.sitting })
                      }
                    />
                  ))}
                </Box>
              );
            }}
          </QueryStates>
        )}
      </Section>
    </>
  );
}
