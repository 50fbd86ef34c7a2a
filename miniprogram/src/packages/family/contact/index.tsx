import { useRef, useState } from 'react';
import { CONTACT_KINDS, type Contact } from '../../../../../shared/contracts/circle.ts';
import { Phone } from '../../../../../shared/contracts/people.ts';
import { Ask } from '../../../components/ask.tsx';
import { Button } from '../../../components/button.tsx';
import { Choice } from '../../../components/choice.tsx';
import { TextField } from '../../../components/field.tsx';
import { Notice } from '../../../components/notice.tsx';
import { PageFrame } from '../../../components/page-frame.tsx';
import { Failure, QueryStates } from '../../../components/page-states.tsx';
import { Box, Form } from '../../../components/primitives';
import { Section } from '../../../components/section.tsx';
import { useAction } from '../../../hooks/use-action.ts';
import { useDraft } from '../../../hooks/use-draft.ts';
import { useRoute } from '../../../hooks/use-route.ts';
import { useCircleWords } from '../../../i18n/circle';
import { call } from '../../../services/api.ts';
import { newId } from '../../../services/ids.ts';
import { goBack, usePageParams } from '../../../services/pages.ts';

/** One emergency contact: added, changed or removed. */
export default function ContactPage() {
  const { contact: words } = useCircleWords();
  const { elderId = '', contactId } = usePageParams();
  const query = useRoute('listContacts', { params: { elderId } });
  const [busy, setBusy] = useState(false);
  const save = useRef<() => void>(() => undefined);
  const found = query.value?.contacts.find((one) => one.contactId === contactId);
  const isThere = contactId === undefined || found !== undefined;
  return (
    <PageFrame
      title={contactId === undefined ? words.titleNew : words.title(found?.name ?? '')}
      action={
        query.value && isThere ? (
          <Button look="main" disabled={busy} onTap={() => save.current()}>
            {busy ? words.saving : words.save}
          </Button>
        ) : undefined
      }
    >
      <QueryStates query={query}>
        {({ contacts }) =>
          isThere ? (
            <Editor
              key={contactId ?? 'new'}
              elderId={elderId}
              contact={found}
              written={contacts.filter((one) => one.personId === undefined)}
              saveRef={save}
              onBusy={setBusy}
            />
          ) : (
            <Notice tone="info" title={words.gone} />
          )
        }
      </QueryStates>
    </PageFrame>
  );
}

interface Draft {
  readonly contactId: string;
  readonly kind: Contact['kind'] | null;
  readonly name: string;
  readonly relation: string;
  readonly phone: string;
  readonly order: number;
}
type Wrong = 'kind' | 'name' | 'phone';

interface EditorProps {
  readonly elderId: string;
  readonly contact: Contact | undefined;
  /** Those who were written by hand: among them is the calling order. */
  readonly written: readonly Contact[];
  readonly saveRef: { current: () => void };
  readonly onBusy: (busy: boolean) => void;
}

function Editor({ elderId, contact, written, saveRef, onBusy }: EditorProps) {
  const { contact: words, contacts: list } = useCircleWords();
  const last = Math.min(99, Math.max(0, ...written.map((one) => one.order)) + 1);
  const [draft, change, forget] = useDraft<Draft>(`contact:${elderId}:${contact?.contactId ?? 'new'}`, {
    contactId: contact?.contactId ?? newId(),
    kind: contact?.kind ?? null,
    name: contact?.name ?? '',
    relation: contact?.relation ?? '',
    phone: contact?.phone ?? '',
    order: contact?.order ?? last,
  });
  const [wrong, setWrong] = useState<Wrong | undefined>();
  const [asking, setAsking] = useState(false);
  const action = useAction();
  const removing = useAction();

  saveRef.current = async () => {
    const { contactId, kind, order } = draft;
    const [name, relation] = [draft.name.trim(), draft.relation.trim()];
    if (kind === null) return setWrong('kind');
    if (name === '') return setWrong('name');
    if (!Phone.safeParse(draft.phone).success) return setWrong('phone');
    setWrong(undefined);
    onBusy(true);
    const body = { kind, name, phone: draft.phone, order, ...(relation === '' ? {} : { relation }) };
    const answer = await action.run(() => call('putContact', { params: { elderId, contactId }, body }));
    onBusy(false);
    if (!answer?.ok) return;
    forget();
    goBack();
  };
  const remove = async () => {
    const answer = await removing.run(() => call('removeContact', { params: { elderId, contactId: draft.contactId } }));
    if (!answer?.ok) return setAsking(false);
    forget();
    goBack();
  };

  return (
    <Box className="stack stack--wide">
      {action.refusal ? <Failure refusal={action.refusal} title={words.notSaved} /> : null}
      <Section title={words.kind}>
        {wrong === 'kind' ? <Notice urgent tone="waiting" title={words.kindWrong} /> : null}
        <Choice
          grid
          name="contact-kind"
          label={words.kind}
          value={draft.kind ?? undefined}
          onChange={(kind) => change({ kind })}
          items={CONTACT_KINDS.map((value) => ({ value, title: list.kinds[value] }))}
        />
      </Section>
      <Form className="stack stack--wide" onSubmit={() => saveRef.current()}>
        <TextField
          id="contact-name"
          label={words.name}
          maxLength={40}
          value={draft.name}
          onChange={(name) => change({ name })}
          wrong={wrong === 'name' ? words.nameWrong : undefined}
        />
        <TextField
          id="contact-relation"
          label={words.relation}
          help={words.relationHelp}
          maxLength={20}
          value={draft.relation}
          onChange={(relation) => change({ relation })}
        />
        <TextField
          id="contact-phone"
          label={words.phone}
          help={words.phoneHelp}
          kind="phone"
          maxLength={11}
          value={draft.phone}
          onChange={(phone) => change({ phone: phone.trim() })}
          wrong={wrong === 'phone' ? words.phoneWrong : undefined}
        />
      </Form>
      {removing.refusal ? <Failure refusal={removing.refusal} title={words.notRemoved} /> : null}
      {contact === undefined ? null : asking ? (
        <Ask
          title={words.removeTitle(contact.name)}
          text={words.removeText}
          yes={words.removeYes}
          no={words.removeNo}
          onYes={() => void remove()}
          onNo={() => setAsking(false)}
          busy={removing.busy}
        />
      ) : (
        <Button look="danger" onTap={() => setAsking(true)}>
          {words.remove}
        </Button>
      )}
    </Box>
  );
}
