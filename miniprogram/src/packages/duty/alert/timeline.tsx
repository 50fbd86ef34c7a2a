import type { AlertDetail, AlertStep } from '../../../../../shared/contracts/alerts.ts';
import { dateInChina } from '../../../../../shared/values/dates.ts';
import { Button } from '../../../components/button.tsx';
import { Failure } from '../../../components/page-states.tsx';
import { Box, Words } from '../../../components/primitives';
import { Section } from '../../../components/section.tsx';
import { useAction } from '../../../hooks/use-action.ts';
import { call } from '../../../services/api.ts';
import { onWeb, saveFile } from '../../staff/web-only.ts';
import { useAlertWords } from '../alert-words.ts';
import { useDutyWords } from '../words';

/** What happened, step by step, the first at the top. */
export function StepList({ steps }: { readonly steps: readonly AlertStep[] }) {
  const duty = useDutyWords();
  const say = useAlertWords();
  return (
    <Box role="list" label={duty.alert.timeline} className="timeline">
      {steps.map((step) => (
        <Box key={step.stepId} role="listitem" className="timeline__step">
          <Words className="timeline__time">{say.time(step.at)}</Words>
          <Box className="grow">
            <Box>
              <Words className="strong">
                {step.kind === 'wave' ? duty.alert.wave(step.wave ?? 0) : duty.alert.stepWords[step.kind]}
              </Words>
              <Words className="soft">
                {' '}
                {say.actor(step.by)}
                {step.to === undefined ? '' : ` ${duty.alert.to(say.actor(step.to))}`}
              </Words>
            </Box>
            {step.rings === false ? <Box>{duty.alert.nobodyRings}</Box> : null}
            {step.note === undefined ? null : <Box>{step.note}</Box>}
          </Box>
        </Box>
      ))}
    </Box>
  );
}

export function Timeline({ detail }: { readonly detail: AlertDetail }) {
  const duty = useDutyWords();
  const say = useAlertWords();
  const action = useAction();
  const { alert, timeline } = detail;
  const download = async () => {
    const answer = await action.run(() => call('alertTimeline', { params: { alertId: alert.alertId } }));
    if (answer?.ok) saveFile(duty.alert.csvName(say.name(alert), dateInChina(alert.raisedAt)), answer.value);
  };
  return (
    <Section title={duty.alert.timeline}>
      <StepList steps={timeline} />
      {action.refusal ? <Failure refusal={action.refusal} /> : null}
      {onWeb ? (
        <Box className="desk-buttons no-print">
          <Button onTap={() => void download()} disabled={action.busy}>
            {duty.alert.csv}
          </Button>
        </Box>
      ) : null}
    </Section>
  );
}
