import { useState } from 'react';
import { CONSENT_PURPOSES, type ConsentPurpose } from '../../../../../shared/contracts/elder-facts.ts';
import type { BindingView } from '../../../../../shared/contracts/elders.ts';
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
import { useWords } from '../../../i18n';
import { outbox } from '../../../services/api.ts';
import { restartAt, usePageParams } from '../../../services/pages.ts';
import { sessionStore } from '../../../services/session.ts';
import { useStore } from '../../../services/store.ts';

/** Who is bound to an elder, and what each has agreed to. A family member sees and changes their own; an elder sees all. */
export default function ConsentsPage() {
  const words = useWords();
  const { elderId = '' } = usePageParams();
  const elder = useRoute('getElder', { params: { elderId } });
  const query = useRoute('listBindings', { params: { elderId } });
  const person = useStore(sessionStore)?.person;
  return (
    <PageFrame title={words.consents.title} lead={words.consents.lead}>
      <QueryStates query={query}>
        {({ bindings }) =>
          bindings.length === 0 ? (
            <Empty icon="people" title={words.consents.none} text={words.consents.noneText} />
          ) : (
            <Box className="stack stack--wide">
              {bindings.map((binding) => (
                <Binding
                  key={binding.personId}
                  binding={binding}
                  own={binding.personId === person?.personId}
                  elderName={elder.value?.name ?? ''}
                  onChange={(changed) =>
                    query.put({
                      bindings: bindings.map((one) => (one.personId === changed.personId ? changed : one)),
                    })
                  }
                  onEnd={() => {
                    if (person?.role === 'family') restartAt('home');
                    else query.reload();
                  }}
                />
              ))}
            </Box>
          )
        }
      </QueryStates>
    </PageFrame>
  );
}

interface BindingProps {
  readonly binding: BindingView;
  readonly own: boolean;
  readonly elderName: string;
  readonly onChange: (binding: BindingView) => void;
  readonly onEnd: () => void;
}

function Binding({ binding, own, elderName, onChange, onEnd }: BindingProps) {
  const words = useWords();
  const action = useAction();
  const [asking, setAsking] = useState(false);
  const { elderId, personId } = binding;

  const put = async (purpose: ConsentPurpose, granted: boolean) => {
    const answer = await action.run(() =>
      outbox.submit({
        id: `consent-${elderId}-${purpose}`,
        name: 'putConsent',
        input: { params: { elderId, purpose }, body: { granted } },
        what: `${granted ? words.consents.giveBack : words.consents.withdraw} ${words.consents.purposes[purpose].name}`,
      }),
    );
    if (answer?.ok) onChange(answer.value);
  };
  const unbind = async () => {
    const answer = await action.run(() =>
      outbox.submit({
        id: `unbind-${elderId}-${personId}`,
        name: 'unbind',
        input: { params: { elderId, personId } },
        what: words.elder.unbind,
      }),
    );
    setAsking(false);
    if (answer?.ok) onEnd();
  };

  return (
    <Box role="region" label={binding.name} className="stack">
      <Heading level={2} className="lead">
        {`${binding.name} · ${words.relations[binding.relation]}`}
      </Heading>
      {action.refusal && action.refusal.code !== 'offline' ? <Failure refusal={action.refusal} /> : null}
      {CONSENT_PURPOSES.map((purpose) => (
        <Consent
          key={purpose}
          purpose={purpose}
          consent={binding.consents.find((one) => one.purpose === purpose)}
          {...(own && !action.busy ? { onPut: (granted: boolean) => void put(purpose, granted) } : {})}
        />
      ))}
      {asking ? (
        <Ask
          title={words.consents.unbindTitle(elderName)}
          text={words.consents.unbindText}
          yes={words.consents.unbindYes}
          no={words.consents.unbindNo}
          onYes={unbind}
          onNo={() => setAsking(false)}
          busy={action.busy}
        />
      ) : (
        <Button onTap={() => setAsking(true)}>{words.elder.unbind}</Button>
      )}
    </Box>
  );
}

interface ConsentProps {
  readonly purpose: ConsentPurpose;
  readonly consent: BindingView['consents'][number] | undefined;
  readonly onPut?: (granted: boolean) => void;
}

function Consent({ purpose, consent, onPut }: ConsentProps) {
  const words = useWords();
  const say = useMealWords();
  const isGiven = consent !== undefined && consent.withdrawnAt === null;
  const name = words.consents.purposes[purpose].name;
  const state =
    consent === undefined
      ? words.consents.notGiven
      : consent.withdrawnAt === null
        ? words.consents.given(say.date(dateInChina(consent.givenAt)))
        : words.consents.withdrawn(say.date(dateInChina(consent.withdrawnAt)));
  return (
    <Box className="card stack">
      <Box className="row row--apart row--wrap">
        <Box className="strong">{name}</Box>
        <Mark tone={isGiven ? 'done' : 'quiet'}>{state}</Mark>
      </Box>
      <Box>{words.consents.purposes[purpose].text}</Box>
      {onPut === undefined || purpose === 'care-services' ? null : (
        <Button
          label={`${isGiven ? words.consents.withdraw : words.consents.giveBack} ${name}`}
          onTap={() => onPut(!isGiven)}
        >
          {isGiven ? words.consents.withdraw : words.consents.giveBack}
        </Button>
      )}
    </Box>
  );
}
