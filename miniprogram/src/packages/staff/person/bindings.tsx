import { useState } from 'react';
import type * as z from 'zod/mini';
import type { BindingCode, BindingView, ElderView } from '../../../../../shared/contracts/elders.ts';
import { dateInChina } from '../../../../../shared/values/dates.ts';
import { Ask } from '../../../components/ask.tsx';
import { Button } from '../../../components/button.tsx';
import { Mark } from '../../../components/notice.tsx';
import { Failure, QueryStates } from '../../../components/page-states.tsx';
import { Box, Words } from '../../../components/primitives';
import { Section } from '../../../components/section.tsx';
import { useMealWords } from '../../../features/meals/meal-words.ts';
import { useAction } from '../../../hooks/use-action.ts';
import { useRoute } from '../../../hooks/use-route.ts';
import { useWords } from '../../../i18n';
import { call } from '../../../services/api.ts';
import { useStaffWords } from '../words';

/** 1234 5678: read out and copied down in two parts. */
const inParts = (code: string): string => `${code.slice(0, 4)} ${code.slice(4)}`;

/** Who orders for this elder, and the code by which another one of the family joins. */
export function Bindings({ elder }: { readonly elder: ElderView }) {
  const say = useMealWords();
  const staff = useStaffWords();
  const { elderId } = elder;
  const query = useRoute('listBindings', { params: { elderId } });
  const action = useAction();
  const [code, setCode] = useState<z.infer<typeof BindingCode> | undefined>();
  const make = async () => {
    const answer = await action.run(() => call('makeBindingCode', { params: { elderId } }));
    if (answer?.ok) setCode(answer.value);
  };
  return (
    <Section title={staff.bindings.title}>
      <Box className="stack">
        {action.refusal ? <Failure refusal={action.refusal} /> : null}
        {code ? (
          <Box role="status" className="card stack center">
            <Box className="soft">{staff.bindings.code(elder.name)}</Box>
            <Words className="binding-code">{inParts(code.code)}</Words>
            <Box>{staff.bindings.codeText(say.day(dateInChina(code.expiresAt)))}</Box>
          </Box>
        ) : null}
        {elder.diedOn === null ? (
          <Button onTap={() => void make()} disabled={action.busy}>
            {code ? staff.bindings.another : staff.bindings.make}
          </Button>
        ) : null}
        <QueryStates query={query} cards={1}>
          {({ bindings }) =>
            bindings.length === 0 ? (
              <Box className="soft">{staff.bindings.none}</Box>
            ) : (
              <Box role="list" label={staff.bindings.title} className="stack">
                {bindings.map((binding) => (
                  <Bound key={binding.personId} binding={binding} onGone={query.reload} />
                ))}
              </Box>
            )
          }
        </QueryStates>
      </Box>
    </Section>
  );
}

interface BoundProps {
  readonly binding: BindingView;
  readonly onGone: () => void;
}

function Bound({ binding, onGone }: BoundProps) {
  const words = useWords();
  const say = useMealWords();
  const staff = useStaffWords();
  const action = useAction();
  const [asking, setAsking] = useState(false);
  const { elderId, personId } = binding;
  const unbind = async () => {
    const answer = await action.run(() => call('unbind', { params: { elderId, personId } }));
    setAsking(false);
    if (answer?.ok) onGone();
  };
  return (
    <Box role="listitem" label={binding.name} className="card stack">
      <Box>
        <Words className="strong">
          {binding.name} · {words.relations[binding.relation]}
        </Words>
        <Box className="soft">{staff.bindings.since(say.fullDate(dateInChina(binding.boundAt)))}</Box>
        <Box className="row row--wrap">
          {binding.consents.map((consent) => (
            <Mark key={consent.purpose} tone={consent.withdrawnAt === null ? 'done' : 'quiet'}>
              {`${words.consents.purposes[consent.purpose].name} · ${
                consent.withdrawnAt === null ? staff.bindings.agreed : staff.bindings.withdrawn
              }`}
            </Mark>
          ))}
        </Box>
      </Box>
      {action.refusal ? <Failure refusal={action.refusal} /> : null}
      {asking ? (
        <Ask
          title={staff.bindings.askTitle(binding.name)}
          text={staff.bindings.askText}
          yes={staff.bindings.askYes}
          no={words.consents.unbindNo}
          onYes={() => void unbind()}
          onNo={() => setAsking(false)}
          busy={action.busy}
        />
      ) : (
        <Button look="quiet" onTap={() => setAsking(true)} label={`${words.elder.unbind} ${binding.name}`}>
          {words.elder.unbind}
        </Button>
      )}
    </Box>
  );
}
