import { useRef, useState } from 'react';
import type { HealthNotes } from '../../../../../shared/contracts/circle.ts';
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
import { usePageParams } from '../../../services/pages.ts';

const BLOOD_TYPES = ['A', 'B', 'AB', 'O', 'unknown'] as const;
const FIELDS = ['conditions', 'medicines', 'allergies', 'hospital', 'entrance', 'other'] as const;
type Field = (typeof FIELDS)[number];
/** As the contract has them, UTF-16 units. */
const MOST: Readonly<Record<Field, number>> = {
  conditions: 400,
  medicines: 400,
  allergies: 400,
  hospital: 100,
  entrance: 200,
  other: 400,
};
type Draft = Readonly<Record<Field, string>> & { readonly bloodType: (typeof BLOOD_TYPES)[number] | null };

/** What a helper must know in the first minutes (急救卡), written by the elder or the family. */
export default function HealthNotesPage() {
  const { notes: words } = useCircleWords();
  const { elderId = '' } = usePageParams();
  const elder = useRoute('getElder', { params: { elderId } });
  const query = useRoute('getHealthNotes', { params: { elderId } });
  const [busy, setBusy] = useState(false);
  const save = useRef<() => void>(() => undefined);
  return (
    <PageFrame
      title={words.title}
      lead={elder.value ? words.lead(elder.value.name) : undefined}
      action={
        query.value ? (
          <Button look="main" disabled={busy} onTap={() => save.current()}>
            {busy ? words.saving : words.save}
          </Button>
        ) : undefined
      }
    >
      <QueryStates query={query}>
        {({ notes }) => (
          <Editor
            key={elderId}
            elderId={elderId}
            notes={notes ?? {}}
            saveRef={save}
            onBusy={setBusy}
            onSaved={(next) => query.put({ notes: next })}
          />
        )}
      </QueryStates>
    </PageFrame>
  );
}

interface EditorProps {
  readonly elderId: string;
  readonly notes: HealthNotes;
  readonly saveRef: { current: () => void };
  readonly onBusy: (busy: boolean) => void;
  readonly onSaved: (notes: HealthNotes | null) => void;
}

const draftOf = (notes: HealthNotes): Draft => ({
  conditions: notes.conditions ?? '',
  medicines: notes.medicines ?? '',
  allergies: notes.allergies ?? '',
  hospital: notes.hospital ?? '',
  entrance: notes.entrance ?? '',
  other: notes.other ?? '',
  bloodType: notes.bloodType ?? null,
});

function notesOf(draft: Draft): HealthNotes {
  // A card is read aloud in a hurry: each part is one line.
  const filled = FIELDS.map((field) => [field, draft[field].replace(/\s+/g, ' ').trim()] as const);
  return {
    ...Object.fromEntries(filled.filter(([, text]) => text !== '')),
    ...(draft.bloodType === null ? {} : { bloodType: draft.bloodType }),
  };
}

function Editor({ elderId, notes, saveRef, onBusy, onSaved }: EditorProps) {
  const { notes: words } = useCircleWords();
  const [draft, change, forget] = useDraft<Draft>(`health-notes:${elderId}`, draftOf(notes));
  const [saved, setSaved] = useState(false);
  const action = useAction();
  const edit = (part: Partial<Draft>) => {
    setSaved(false);
    change(part);
  };
  const isChanged = JSON.stringify(notesOf(draft)) !== JSON.stringify(notesOf(draftOf(notes)));

  saveRef.current = async () => {
    onBusy(true);
    const body = notesOf(draft);
    const answer = await action.run(() => call('putHealthNotes', { params: { elderId }, body }));
    onBusy(false);
    if (!answer?.ok) return;
    forget();
    change(draftOf(answer.value.notes ?? {}));
    setSaved(true);
    onSaved(answer.value.notes);
  };
  const help: Readonly<Partial<Record<Field, string>>> = {
    conditions: words.conditionsHelp,
    medicines: words.medicinesHelp,
    allergies: words.allergiesHelp,
    hospital: words.hospitalHelp,
    entrance: words.entranceHelp,
  };
  return (
    <Box className="stack stack--wide">
      <Box className="soft">{words.who}</Box>
      {action.refusal ? <Failure refusal={action.refusal} title={words.notSaved} /> : null}
      {saved ? <Notice tone="done" title={words.saved} /> : null}
      {isChanged && !saved ? <Notice tone="waiting" title={words.unsaved} /> : null}
      <Form className="stack stack--wide" onSubmit={() => saveRef.current()}>
        {FIELDS.map((field) => {
          const about = help[field];
          return (
            <TextField
              key={field}
              id={`notes-${field}`}
              kind="area"
              label={words[field]}
              {...(about === undefined ? {} : { help: about })}
              maxLength={MOST[field]}
              value={draft[field]}
              onChange={(text) => edit({ [field]: text })}
            />
          );
        })}
      </Form>
      <Section title={words.bloodType}>
        <Choice
          grid
          name="blood-type"
          label={words.bloodType}
          value={draft.bloodType ?? undefined}
          onChange={(bloodType) => edit({ bloodType })}
          items={BLOOD_TYPES.map((value) => ({ value, title: words.bloodTypes[value] }))}
        />
      </Section>
    </Box>
  );
}
