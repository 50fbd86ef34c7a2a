import type { ElderView } from '../../../../../shared/contracts/elders.ts';
import { ageOn } from '../../../../../shared/values/dates.ts';
import { Button } from '../../../components/button.tsx';
import { Facts } from '../../../components/facts.tsx';
import { Notice } from '../../../components/notice.tsx';
import { PageFrame } from '../../../components/page-frame.tsx';
import { Failure, QueryStates } from '../../../components/page-states.tsx';
import { Box } from '../../../components/primitives';
import { Section } from '../../../components/section.tsx';
import { useMealWords } from '../../../features/meals/meal-words.ts';
import { useAction } from '../../../hooks/use-action.ts';
import { useRoute } from '../../../hooks/use-route.ts';
import { useWords } from '../../../i18n';
import { useCircleWords } from '../../../i18n/circle';
import { outbox } from '../../../services/api.ts';
import { chooseElder } from '../../../services/chosen-elder.ts';
import { today } from '../../../services/clock.ts';
import { open, usePageParams } from '../../../services/pages.ts';

/** One elder: what is registered, and what can be done for them. */
export default function ElderPage() {
  const words = useWords();
  const { elderId = '' } = usePageParams();
  const query = useRoute('getElder', { params: { elderId } });
  const elder = query.value;
  const canOrder = elder !== undefined && elder.diedOn === null && elder.absence === null;
  return (
    <PageFrame
      title={elder?.name ?? words.home.title}
      action={
        canOrder ? (
          <Button
            look="main"
            icon="bowl"
            onTap={() => {
              chooseElder(elderId);
              open('order');
            }}
          >
            {words.home.orderFor(elder.name)}
          </Button>
        ) : undefined
      }
    >
      <QueryStates query={query}>
        {(value) => (
          <Box className="stack">
            <Details elder={value} />
            {value.diedOn === null ? <Absence elder={value} onChange={query.put} /> : null}
            {value.diedOn === null ? (
              <Button icon="calendar" onTap={() => open('standing', { elderId })}>
                {words.elder.standing}
              </Button>
            ) : null}
            {value.diedOn === null ? <WhenSomethingHappens elderId={elderId} /> : null}
            <Button icon="check" onTap={() => open('consents', { elderId })}>
              {words.elder.consents}
            </Button>
            <Button icon="info" onTap={() => open('accessLog', { elderId })}>
              {words.elder.accessLog}
            </Button>
          </Box>
        )}
      </QueryStates>
    </PageFrame>
  );
}

/** Who is called when the elder needs help, and what helpers must know. */
function WhenSomethingHappens({ elderId }: { readonly elderId: string }) {
  const { links } = useCircleWords();
  return (
    <Section title={links.title}>
      <Box className="stack">
        <Button icon="phone" onTap={() => open('contacts', { elderId })}>
          {links.contacts}
        </Button>
        <Button icon="orders" onTap={() => open('healthNotes', { elderId })}>
          {links.healthNotes}
        </Button>
        <Button icon="bell" onTap={() => open('elderDevices', { elderId })}>
          {links.devices}
        </Button>
        <Button icon="siren" onTap={() => open('alerts', { elderId })}>
          {links.alerts}
        </Button>
      </Box>
    </Section>
  );
}

function Details({ elder }: { readonly elder: ElderView }) {
  const words = useWords();
  const say = useMealWords();
  const list = (items: readonly string[]) =>
    items.length > 0 ? items.join(words.dishes.listSeparator) : words.elder.nothing;
  const born = say.fullDate(elder.birthDate);
  return (
    <Box className="card">
      <Facts
        facts={[
          {
            name: words.elder.born,
            value: elder.diedOn === null ? `${born} · ${words.home.age(ageOn(elder.birthDate, today()))}` : born,
          },
          ...(elder.diedOn === null ? [] : [{ name: '', value: words.home.died(say.date(elder.diedOn)) }]),
          { name: words.elder.cannotEat, value: list(elder.allergens.map((one) => words.allergens[one])) },
          { name: words.elder.diet, value: list(elder.diets.map((one) => words.diets[one])) },
          { name: words.elder.address, value: elder.address },
          { name: words.elder.phone, value: elder.phone ?? words.elder.noPhone },
        ]}
      />
      <Box className="soft">{words.elder.askStaff}</Box>
    </Box>
  );
}

function Absence({ elder, onChange }: { readonly elder: ElderView; readonly onChange: (elder: ElderView) => void }) {
  const words = useWords();
  const say = useMealWords();
  const action = useAction();
  const { elderId } = elder;

  const resume = async () => {
    const answer = await action.run(() =>
      outbox.submit({
        id: `resume-${elderId}`,
        name: 'resumeMeals',
        input: { params: { elderId } },
        what: `${elder.name} ${words.elder.resume}`,
      }),
    );
    if (answer?.ok) onChange(answer.value);
  };

  if (elder.absence === null) {
    return <Button onTap={() => open('pause', { elderId })}>{words.elder.pause}</Button>;
  }
  const { reason, from, until } = elder.absence;
  return (
    <>
      {action.refusal && action.refusal.code !== 'offline' ? <Failure refusal={action.refusal} /> : null}
      <Notice
        tone="waiting"
        title={`${words.pause.reasons[reason]} · ${words.elder.pausedSince(say.day(from))}`}
        actions={
          <Button look="main" onTap={resume} disabled={action.busy}>
            {words.elder.resume}
          </Button>
        }
      >
        {until ? words.home.paused(say.day(until)) : words.home.pausedOpen}
      </Notice>
    </>
  );
}
