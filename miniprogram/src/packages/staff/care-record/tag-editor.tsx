import { useState } from 'react';
import type * as z from 'zod/mini';
import { type CareRecord, HIGHEST_GRADE } from '../../../../../shared/contracts/elders.ts';
import { TAGS, type Tag } from '../../../../../shared/policy/facts.ts';
import { Button } from '../../../components/button.tsx';
import { Choice } from '../../../components/choice.tsx';
import { TextField } from '../../../components/field.tsx';
import { Notice } from '../../../components/notice.tsx';
import { Failure } from '../../../components/page-states.tsx';
import { Box } from '../../../components/primitives';
import { useAction } from '../../../hooks/use-action.ts';
import { useWords } from '../../../i18n';
import { call } from '../../../services/api.ts';
import { today } from '../../../services/clock.ts';
import { readDate } from '../dates.ts';
import { useStaffWords } from '../words';
import { EvidenceFields, evidenceOf, useWrongFields } from './evidence-fields.tsx';

type Record = z.infer<typeof CareRecord>;

interface TagEditorProps {
  readonly elderId: string;
  /** Undefined to add one. */
  readonly tag: Record['tags'][number] | undefined;
  readonly onDone: (record?: Record) => void;
}

/** Sets a tag with its evidence and days, or ends one by its last day. */
export function TagEditor({ elderId, tag, onDone }: TagEditorProps) {
  const words = useWords();
  const staff = useStaffWords();
  const action = useAction();
  const fields = useWrongFields(staff.notRight);
  const [kind, setKind] = useState<Tag | undefined>(tag?.tag);
  const [grade, setGrade] = useState<number | undefined>(tag?.grade);
  const [since, setSince] = useState(tag?.since ?? today());
  const [until, setUntil] = useState(tag?.until ?? '');
  const [evidence, setEvidence] = useState({
    kind: tag?.evidence.kind ?? '',
    number: tag?.evidence.number ?? '',
    issuedOn: tag?.evidence.issuedOn ?? '',
  });
  const highest = kind === undefined ? undefined : HIGHEST_GRADE[kind];

  const save = async () => {
    const proof = evidenceOf(evidence);
    const from = readDate(since);
    const to = until.trim() === '' ? undefined : readDate(until);
    const isWrong = fields.say({
      tag: kind === undefined ? staff.care.tagWrong : undefined,
      'evidence.kind': evidence.kind.trim() === '' ? staff.care.paperWrong : undefined,
      'evidence.issuedOn':
        evidence.issuedOn.trim() !== '' && !readDate(evidence.issuedOn) ? staff.dateWrong : undefined,
      since: from === undefined ? staff.dateWrong : undefined,
      until:
        until.trim() !== '' && to === undefined
          ? staff.dateWrong
          : to !== undefined && from !== undefined && to < from
            ? staff.care.untilWrong
            : undefined,
    });
    if (isWrong || kind === undefined || proof === undefined || from === undefined) return;
    const answer = await action.run(() =>
      call('putTag', {
        params: { elderId, tag: kind },
        body: {
          evidence: proof,
          since: from,
          ...(grade === undefined || highest === undefined ? {} : { grade }),
          ...(to === undefined ? {} : { until: to }),
        },
      }),
    );
    if (answer?.ok) onDone(answer.value);
    else if (answer?.refusal.code === 'invalid-request') fields.told(answer.refusal.details);
  };

  return (
    <Box className="card stack">
      {action.refusal ? <Failure refusal={action.refusal} title={staff.notSaved} /> : null}
      {tag === undefined ? (
        <>
          {fields.wrong.has('tag') ? <Notice urgent tone="waiting" title={fields.wrong.get('tag') ?? ''} /> : null}
          <Choice
            grid
            name="tag"
            label={staff.care.tags}
            value={kind}
            onChange={(value) => {
              setKind(value);
              setGrade(undefined);
            }}
            items={TAGS.map((value) => ({ value, title: staff.care.tag[value] }))}
          />
        </>
      ) : null}
      {highest === undefined ? null : (
        <Choice
          grid
          name="grade"
          label={staff.care.grade}
          value={grade}
          onChange={setGrade}
          items={Array.from({ length: highest }, (_, index) => ({
            value: index + 1,
            title: staff.care.gradeOf(index + 1),
          }))}
        />
      )}
      <EvidenceFields
        id="tag"
        value={evidence}
        onChange={(part) => setEvidence({ ...evidence, ...part })}
        wrong={fields.wrong}
      />
      <TextField
        id="tag-since"
        label={staff.care.since}
        help={staff.dateHelp}
        value={since}
        wrong={fields.wrong.get('since')}
        onChange={setSince}
      />
      <TextField
        id="tag-until"
        label={`${staff.care.until} · ${words.optional}`}
        help={staff.care.untilHelp}
        value={until}
        wrong={fields.wrong.get('until')}
        onChange={setUntil}
      />
      <Button onTap={() => void save()} disabled={action.busy}>
        {action.busy ? staff.saving : staff.save}
      </Button>
      <Button look="quiet" onTap={() => onDone()} disabled={action.busy}>
        {staff.cancel}
      </Button>
    </Box>
  );
}
