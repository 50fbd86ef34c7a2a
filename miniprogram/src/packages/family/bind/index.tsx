import { useDidShow } from '@tarojs/taro';
import { useState } from 'react';
import { CONSENT_PURPOSES, type ConsentPurpose } from '../../../../../shared/contracts/elder-facts.ts';
import { RELATIONS } from '../../../../../shared/contracts/elders.ts';
import { UNNAMED } from '../../../../../shared/contracts/people.ts';
import { Button } from '../../../components/button.tsx';
import { Checks, Choice } from '../../../components/choice.tsx';
import { TextField } from '../../../components/field.tsx';
import { Notice } from '../../../components/notice.tsx';
import { PageFrame } from '../../../components/page-frame.tsx';
import { Failure } from '../../../components/page-states.tsx';
import { Box, Form } from '../../../components/primitives';
import { Section } from '../../../components/section.tsx';
import { useAction } from '../../../hooks/use-action.ts';
import { useDraft } from '../../../hooks/use-draft.ts';
import { useWords } from '../../../i18n';
import { useCircleWords } from '../../../i18n/circle';
import { call } from '../../../services/api.ts';
import { chooseElder } from '../../../services/chosen-elder.ts';
import { askInTap, loadConsents } from '../../../services/message-consents.ts';
import { restartAt } from '../../../services/pages.ts';
import { keepPerson, sessionStore } from '../../../services/session.ts';
import { OwnPhone } from '../own-phone.tsx';

interface BindDraft {
  readonly code: string;
  readonly name: string;
  readonly relation: (typeof RELATIONS)[number] | null;
  readonly consents: readonly ConsentPurpose[];
}

type Wrong = 'code' | 'name' | 'relation' | 'consent';

/** WeChat tells no names, and an alert says who is told and who is coming: whoever has none yet is called as they bind. */
async function sayName(name: string): Promise<void> {
  if (sessionStore.get()?.person.name !== UNNAMED) return;
  const answer = await call('nameMyself', { body: { name } });
  if (answer.ok) keepPerson(answer.value);
}

/** Binding oneself to an elder: the community's code, who one is, and a consent for each purpose. Nothing is ticked beforehand. */
export default function BindPage() {
  const words = useWords();
  const circle = useCircleWords();
  const [draft, change, forget] = useDraft<BindDraft>('bind', {
    code: '',
    name: '',
    relation: null,
    consents: [],
  });
  const [wrong, setWrong] = useState<Wrong | undefined>();
  const action = useAction();
  useDidShow(() => void loadConsents());

  const bind = async () => {
    const name = draft.name.trim();
    if (!/^\d{8}$/.test(draft.code)) return setWrong('code');
    if (name === '') return setWrong('name');
    if (draft.relation === null) return setWrong('relation');
    if (!draft.consents.includes('care-services')) return setWrong('consent');
    setWrong(undefined);
    // Within the tap: WeChat lets nobody ask later.
    const asked = askInTap();
    const { code, relation, consents } = draft;
    const answer = await action.run(() => call('bind', { body: { code, name, relation, consents: [...consents] } }));
    await asked;
    if (!answer?.ok) return;
    await sayName(name);
    forget();
    chooseElder(answer.value.elderId);
    restartAt('home');
  };

  return (
    <PageFrame
      title={words.bind.title}
      action={
        <Button look="main" onTap={bind} disabled={action.busy}>
          {action.busy ? words.bind.saving : words.bind.save}
        </Button>
      }
    >
      {action.refusal ? <Failure refusal={action.refusal} title={words.outbox.refused(words.bind.title)} /> : null}
      <Form className="stack stack--wide" onSubmit={bind}>
        <TextField
          id="code"
          label={words.bind.code}
          help={words.bind.codeHelp}
          kind="digits"
          maxLength={8}
          value={draft.code}
          onChange={(code) => change({ code: code.trim() })}
          wrong={wrong === 'code' ? words.bind.codeWrong : undefined}
        />
        <TextField
          id="name"
          label={words.bind.name}
          help={words.bind.nameHelp}
          maxLength={40}
          value={draft.name}
          onChange={(name) => change({ name })}
          wrong={wrong === 'name' ? words.bind.nameWrong : undefined}
        />
      </Form>
      <Section title={words.bind.relation}>
        {wrong === 'relation' ? <Notice urgent tone="waiting" title={words.bind.relationWrong} /> : null}
        <Choice
          grid
          name="relation"
          label={words.bind.relation}
          value={draft.relation ?? undefined}
          onChange={(relation) => change({ relation })}
          items={RELATIONS.map((value) => ({ value, title: words.relations[value] }))}
        />
      </Section>
      <Section title={circle.reach.number}>
        <OwnPhone />
      </Section>
      <Section title={words.bind.consents}>
        <Box className="stack">
          {wrong === 'consent' ? <Notice urgent tone="waiting" title={words.bind.needed} /> : null}
          <Checks
            name="consents"
            label={words.bind.consents}
            values={draft.consents}
            onChange={(purpose, given) =>
              change({
                consents: given ? [...draft.consents, purpose] : draft.consents.filter((one) => one !== purpose),
              })
            }
            items={CONSENT_PURPOSES.map((value) => ({
              value,
              title: words.consents.purposes[value].name,
              text: words.consents.purposes[value].text,
            }))}
          />
        </Box>
      </Section>
    </PageFrame>
  );
}
