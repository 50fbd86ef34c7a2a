import { useState } from 'react';
import type * as z from 'zod/mini';
import { type CareRecord, ReadReason } from '../../../../../shared/contracts/elders.ts';
import { Button } from '../../../components/button.tsx';
import { Choice } from '../../../components/choice.tsx';
import { Facts } from '../../../components/facts.tsx';
import { Mark } from '../../../components/notice.tsx';
import { PageFrame } from '../../../components/page-frame.tsx';
import { Failure } from '../../../components/page-states.tsx';
import { Box, Heading } from '../../../components/primitives';
import { Section } from '../../../components/section.tsx';
import { useMealWords } from '../../../features/meals/meal-words.ts';
import { useAction } from '../../../hooks/use-action.ts';
import { useRoute } from '../../../hooks/use-route.ts';
import { useWords } from '../../../i18n';
import { call } from '../../../services/api.ts';
import { today } from '../../../services/clock.ts';
import { open, usePageParams } from '../../../services/pages.ts';
import { useStaffWords } from '../words';
import { AbilityEditor } from './ability-editor.tsx';
import { TagEditor } from './tag-editor.tsx';
import '../staff.css';

type Record = z.infer<typeof CareRecord>;

/** Tags with their evidence and the ability level. It opens with a reason, which is logged; nothing of it stays on the phone. */
export default function CareRecordPage() {
  const words = useWords();
  const staff = useStaffWords();
  const { elderId = '' } = usePageParams();
  const elder = useRoute('getElder', { params: { elderId } });
  const action = useAction();
  const [reason, setReason] = useState<z.infer<typeof ReadReason> | undefined>();
  const [record, setRecord] = useState<Record | undefined>();
  const read = async () => {
    if (reason === undefined) return;
    const answer = await action.run(() => call('getCareRecord', { params: { elderId }, query: { reason } }));
    if (answer?.ok) setRecord(answer.value);
  };
  const name = elder.value?.name ?? '';
  if (record === undefined) {
    return (
      <PageFrame
        desk
        title={staff.care.of(name)}
        lead={staff.care.why}
        action={
          reason === undefined ? undefined : (
            <Button look="main" onTap={() => void read()} disabled={action.busy}>
              {staff.care.open}
            </Button>
          )
        }
      >
        {action.refusal ? <Failure refusal={action.refusal} onRetry={() => void read()} /> : null}
        <Choice
          name="reason"
          label={staff.care.why}
          value={reason}
          onChange={setReason}
          items={ReadReason.options.map((value) => ({ value, title: words.accessLog.reasons[value] }))}
        />
        <Box className="section">
          <Button look="quiet" onTap={() => open('accessLog', { elderId })}>
            {words.elder.accessLog}
          </Button>
        </Box>
      </PageFrame>
    );
  }
  return (
    <PageFrame desk title={staff.care.of(name)} lead={staff.care.logged}>
      <Box className="desk-halves">
        <Tags record={record} onChange={setRecord} />
        <Ability record={record} onChange={setRecord} />
      </Box>
    </PageFrame>
  );
}

interface PartProps {
  readonly record: Record;
  readonly onChange: (record: Record) => void;
}

function useEvidenceWords() {
  const say = useMealWords();
  return ({ kind, number, issuedOn }: Record['tags'][number]['evidence']): string =>
    [kind, number, issuedOn === undefined ? undefined : say.fullDate(issuedOn)].filter(Boolean).join(' · ');
}

function Tags({ record, onChange }: PartProps) {
  const words = useWords();
  const say = useMealWords();
  const staff = useStaffWords();
  const evidence = useEvidenceWords();
  const [editing, setEditing] = useState<Record['tags'][number] | 'new' | undefined>();
  return (
    <Section title={staff.care.tags}>
      <Box className="stack">
        {record.tags.length === 0 ? <Box className="soft">{staff.care.noTags}</Box> : null}
        {record.tags.map((tag) => (
          <Box key={tag.tag} role="region" label={staff.care.tag[tag.tag]} className="card stack">
            <Box className="row row--apart row--wrap">
              <Heading level={3} className="lead">
                {staff.care.tag[tag.tag]}
                {tag.grade === undefined ? '' : ` · ${staff.care.gradeOf(tag.grade)}`}
              </Heading>
              {tag.until !== undefined && tag.until < today() ? (
                <Mark tone="quiet">{staff.care.ended}</Mark>
              ) : (
                <Mark tone="done">{staff.care.inForce}</Mark>
              )}
            </Box>
            <Facts
              facts={[
                { name: staff.care.evidence, value: evidence(tag.evidence) },
                {
                  name: staff.care.days,
                  value: `${words.standing.from(say.fullDate(tag.since))}${
                    tag.until === undefined ? '' : ` ${words.standing.until(say.fullDate(tag.until))}`
                  }`,
                },
              ]}
            />
            <Button onTap={() => setEditing(tag)} label={`${staff.care.change} ${staff.care.tag[tag.tag]}`}>
              {staff.care.change}
            </Button>
          </Box>
        ))}
        {editing === undefined ? (
          <Button onTap={() => setEditing('new')}>{staff.care.addTag}</Button>
        ) : (
          <TagEditor
            key={editing === 'new' ? 'new' : editing.tag}
            elderId={record.elderId}
            tag={editing === 'new' ? undefined : editing}
            onDone={(next) => {
              setEditing(undefined);
              if (next) onChange(next);
            }}
          />
        )}
      </Box>
    </Section>
  );
}

function Ability({ record, onChange }: PartProps) {
  const say = useMealWords();
  const staff = useStaffWords();
  const evidence = useEvidenceWords();
  const [editing, setEditing] = useState(false);
  const { ability } = record;
  return (
    <Section title={staff.care.ability}>
      <Box className="stack">
        {ability === null ? (
          <Box className="soft">{staff.care.noAbility}</Box>
        ) : (
          <Box className="card">
            <Facts
              facts={[
                { name: staff.care.level, value: staff.care.levels[ability.level] },
                { name: staff.care.assessedOn, value: say.fullDate(ability.assessedOn) },
                { name: staff.care.evidence, value: evidence(ability.evidence) },
              ]}
            />
          </Box>
        )}
        {editing ? (
          <AbilityEditor
            elderId={record.elderId}
            onDone={(next) => {
              setEditing(false);
              if (next) onChange(next);
            }}
          />
        ) : (
          <Button onTap={() => setEditing(true)}>{staff.care.assess}</Button>
        )}
      </Box>
    </Section>
  );
}
