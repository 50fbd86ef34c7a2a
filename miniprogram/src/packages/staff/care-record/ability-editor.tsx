import { useState } from 'react';
import type * as z from 'zod/mini';
import type { CareRecord } from '../../../../../shared/contracts/elders.ts';
import { ABILITY_LEVELS, type AbilityLevel } from '../../../../../shared/policy/facts.ts';
import { Button } from '../../../components/button.tsx';
import { Choice } from '../../../components/choice.tsx';
import { TextField } from '../../../components/field.tsx';
import { Notice } from '../../../components/notice.tsx';
import { Failure } from '../../../components/page-states.tsx';
import { Box } from '../../../components/primitives';
import { useAction } from '../../../hooks/use-action.ts';
import { call } from '../../../services/api.ts';
import { today } from '../../../services/clock.ts';
import { readDate } from '../dates.ts';
import { useStaffWords } from '../words';
import { EvidenceFields, evidenceOf, useWrongFields } from './evidence-fields.tsx';

interface AbilityEditorProps {
  readonly elderId: string;
  readonly onDone: (record?: z.infer<typeof CareRecord>) => void;
}

/** Writes down an assessed ability level (GB/T 42195-2022). */
export function AbilityEditor({ elderId, onDone }: AbilityEditorProps) {
  const staff = useStaffWords();
  const action = useAction();
  const fields = useWrongFields(staff.notRight);
  const [level, setLevel] = useState<AbilityLevel | undefined>();
  const [assessedOn, setAssessedOn] = useState<string>(today);
  const [evidence, setEvidence] = useState({ kind: '', number: '', issuedOn: '' });

  const save = async () => {
    const proof = evidenceOf(evidence);
    const day = readDate(assessedOn);
    const isWrong = fields.say({
      level: level === undefined ? staff.care.levelWrong : undefined,
      assessedOn: day === undefined ? staff.dateWrong : undefined,
      'evidence.kind': evidence.kind.trim() === '' ? staff.care.paperWrong : undefined,
      'evidence.issuedOn':
        evidence.issuedOn.trim() !== '' && !readDate(evidence.issuedOn) ? staff.dateWrong : undefined,
    });
    if (isWrong || level === undefined || day === undefined || proof === undefined) return;
    const answer = await action.run(() =>
      call('putAbility', { params: { elderId }, body: { level, assessedOn: day, evidence: proof } }),
    );
    if (answer?.ok) onDone(answer.value);
    else if (answer?.refusal.code === 'invalid-request') fields.told(answer.refusal.details);
  };

  return (
    <Box className="card stack">
      {action.refusal ? <Failure refusal={action.refusal} title={staff.notSaved} /> : null}
      {fields.wrong.has('level') ? <Notice urgent tone="waiting" title={fields.wrong.get('level') ?? ''} /> : null}
      <Choice
        name="level"
        label={staff.care.level}
        value={level}
        onChange={setLevel}
        items={ABILITY_LEVELS.map((value) => ({ value, title: staff.care.levels[value] }))}
      />
      <TextField
        id="assessed-on"
        label={staff.care.assessedOn}
        help={staff.dateHelp}
        value={assessedOn}
        wrong={fields.wrong.get('assessedOn')}
        onChange={setAssessedOn}
      />
      <EvidenceFields
        id="ability"
        value={evidence}
        onChange={(part) => setEvidence({ ...evidence, ...part })}
        wrong={fields.wrong}
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
