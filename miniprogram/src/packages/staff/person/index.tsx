import type { ElderView } from '../../../../../shared/contracts/elders.ts';
import { ageOn } from '../../../../../shared/values/dates.ts';
import { Button } from '../../../components/button.tsx';
import { Facts } from '../../../components/facts.tsx';
import { Notice } from '../../../components/notice.tsx';
import { PageFrame } from '../../../components/page-frame.tsx';
import { Failure, QueryStates } from '../../../components/page-states.tsx';
import { Box } from '../../../components/primitives';
import { useMealWords } from '../../../features/meals/meal-words.ts';
import { useAction } from '../../../hooks/use-action.ts';
import { type Query, useRoute } from '../../../hooks/use-route.ts';
import { useWords } from '../../../i18n';
import { outbox } from '../../../services/api.ts';
import { today } from '../../../services/clock.ts';
import { open, usePageParams } from '../../../services/pages.ts';
import { gridWords } from '../people/grid.ts';
import { useStaffWords } from '../words';
import { Bindings } from './bindings.tsx';
import { Death } from './death.tsx';
import { ElderOrders } from './elder-orders.tsx';
import '../staff.css';

/** One elder, and everything that staff do for them. */
export default function PersonPage() {
  const words = useWords();
  const { elderId = '' } = usePageParams();
  const query = useRoute('getElder', { params: { elderId } });
  return (
    <PageFrame
      desk
      title={query.value?.name ?? words.staffTabs.people}
      sosFor={query.value?.diedOn === null ? query.value : undefined}
    >
      <QueryStates query={query}>{(elder) => <Person elder={elder} query={query} />}</QueryStates>
    </PageFrame>
  );
}

interface PersonProps {
  readonly elder: ElderView;
  readonly query: Query<ElderView>;
}

function Person({ elder, query }: PersonProps) {
  const words = useWords();
  const staff = useStaffWords();
  const { elderId } = elder;
  const isLiving = elder.diedOn === null;
  return (
    <Box className="desk-halves">
      <Box className="stack">
        {isLiving ? <Absence elder={elder} query={query} /> : null}
        <Details elder={elder} />
        <Box className="desk-buttons">
          {isLiving ? (
            <Button look="main" icon="bowl" onTap={() => open('staffOrder', { elderId })}>
              {words.home.orderFor(elder.name)}
            </Button>
          ) : null}
          {isLiving ? (
            <Button icon="bell" onTap={() => open('raiseFor', { elderId })}>
              {words.staffTabs.raiseFor}
            </Button>
          ) : null}
          <Button onTap={() => open('contacts', { elderId })}>{staff.person.contacts}</Button>
          <Button onTap={() => open('elderDevices', { elderId })}>{staff.person.devices}</Button>
          <Button onTap={() => open('editPerson', { elderId })}>{staff.person.edit}</Button>
          {isLiving && elder.absence === null ? (
            <Button onTap={() => open('pause', { elderId })}>{words.elder.pause}</Button>
          ) : null}
          <Button onTap={() => open('careRecord', { elderId })}>{staff.care.title}</Button>
          <Button onTap={() => open('accessLog', { elderId })}>{words.elder.accessLog}</Button>
          {isLiving ? <Button onTap={() => open('standing', { elderId })}>{words.elder.standing}</Button> : null}
        </Box>
        <Bindings elder={elder} />
        <Death elder={elder} onChange={query.put} />
      </Box>
      <Box>
        <ElderOrders elderId={elderId} />
      </Box>
    </Box>
  );
}

function Details({ elder }: { readonly elder: ElderView }) {
  const words = useWords();
  const say = useMealWords();
  const staff = useStaffWords();
  const list = (items: readonly string[]) =>
    items.length > 0 ? items.join(words.dishes.listSeparator) : words.elder.nothing;
  const born = say.fullDate(elder.birthDate);
  return (
    <Box className="card">
      <Facts
        facts={[
          {
            name: words.elder.born,
            value: `${staff.person.sexes[elder.sex]} · ${born}${
              elder.diedOn === null ? ` · ${words.home.age(ageOn(elder.birthDate, today()))}` : ''
            }`,
          },
          { name: words.elder.cannotEat, value: list(elder.allergens.map((one) => words.allergens[one])) },
          { name: words.elder.diet, value: list(elder.diets.map((one) => words.diets[one])) },
          { name: words.elder.address, value: `${elder.address} · ${staff.kitchen.gridShort(gridWords(elder.area))}` },
          { name: words.elder.phone, value: elder.phone ?? words.elder.noPhone },
          {
            name: staff.person.idNumber,
            value: elder.idNumberTail ? staff.checkIn.tail(elder.idNumberTail) : words.elder.noPhone,
          },
          { name: staff.person.localHousehold, value: elder.localHousehold ? words.yes : words.no },
        ]}
      />
    </Box>
  );
}

function Absence({ elder, query }: PersonProps) {
  const words = useWords();
  const say = useMealWords();
  const action = useAction();
  const { elderId, absence } = elder;
  if (absence === null) return null;
  const resume = async () => {
    const answer = await action.run(() =>
      outbox.submit({
        id: `resume-${elderId}`,
        name: 'resumeMeals',
        input: { params: { elderId } },
        what: `${elder.name} ${words.elder.resume}`,
      }),
    );
    if (answer?.ok) query.put(answer.value);
  };
  return (
    <>
      {action.refusal && action.refusal.code !== 'offline' ? <Failure refusal={action.refusal} /> : null}
      <Notice
        tone="waiting"
        title={`${words.pause.reasons[absence.reason]} · ${words.elder.pausedSince(say.day(absence.from))}`}
        actions={
          <Button onTap={() => void resume()} disabled={action.busy}>
            {words.elder.resume}
          </Button>
        }
      >
        {absence.until ? words.home.paused(say.day(absence.until)) : words.home.pausedOpen}
      </Notice>
    </>
  );
}
