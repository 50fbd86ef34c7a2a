import { useState } from 'react';
import type { AlertView } from '../../../../../shared/contracts/alerts.ts';
import { within } from '../../../../../shared/values/areas.ts';
import { Button } from '../../../components/button.tsx';
import { Choice } from '../../../components/choice.tsx';
import { TextField } from '../../../components/field.tsx';
import { Notice } from '../../../components/notice.tsx';
import { QueryStates } from '../../../components/page-states.tsx';
import { Box, Heading } from '../../../components/primitives';
import { useRoute } from '../../../hooks/use-route.ts';
import { useWords } from '../../../i18n';
import { sessionStore } from '../../../services/session.ts';
import { useStore } from '../../../services/store.ts';
import { useAlertWords } from '../alert-words.ts';
import { useDutyWords } from '../words';
import type { Step } from './use-step.ts';

interface HandOverProps {
  readonly alert: AlertView;
  readonly step: Step;
  readonly onClose: () => void;
}

/** Gives the alert to somebody else on duty, who is told at once. */
export function HandOver({ alert, step, onClose }: HandOverProps) {
  const words = useWords();
  const duty = useDutyWords();
  const say = useAlertWords();
  const me = useStore(sessionStore)?.person;
  const own = me?.area ?? '';
  // Nobody knows where it is, or it is asked for beyond one's own area: those of one's own area are on duty for it.
  const area = alert.area !== '' && within(alert.area, own) ? alert.area : own;
  const query = useRoute('peopleOnDuty', area === '' ? null : { params: { area } });
  const [to, setTo] = useState<string | undefined>();
  const [note, setNote] = useState('');
  const save = async (name: string) => {
    if (to === undefined) return;
    const text = note.trim();
    const body = text === '' ? { to } : { to, note: text };
    if (await step.run('handOverAlert', body, duty.alert.handedOver(name))) onClose();
  };
  return (
    <Box role="group" label={duty.alert.handOver} className="stack">
      <Heading level={3} className="lead">
        {duty.alert.handOver}
      </Heading>
      <QueryStates query={query} cards={1}>
        {({ people }) => {
          const others = people.filter(({ personId }) => personId !== me?.personId);
          const name = others.find(({ personId }) => personId === to)?.name;
          if (others.length === 0) {
            return (
              <Notice tone="waiting" title={duty.alert.handOverNobody}>
                {duty.alert.handOverNobodyText}
              </Notice>
            );
          }
          return (
            <>
              <Choice
                name="hand-over-to"
                label={duty.alert.handOverTo}
                value={to}
                onChange={setTo}
                items={others.map((one) => ({
                  value: one.personId,
                  title: one.name,
                  text: `${words.roles[one.role]} · ${say.area(one.area)}`,
                }))}
              />
              <TextField
                id="hand-over-note"
                label={`${duty.alert.handOverNote}（${words.optional}）`}
                maxLength={400}
                value={note}
                onChange={setNote}
              />
              <Button look="main" onTap={() => void save(name ?? '')} disabled={step.busy || name === undefined}>
                {name === undefined ? duty.alert.handOverTo : duty.alert.handOverYes(name)}
              </Button>
            </>
          );
        }}
      </QueryStates>
      <Button look="quiet" onTap={onClose} disabled={step.busy}>
        {duty.alert.cancel}
      </Button>
    </Box>
  );
}
