import type { AlertDetail, AlertStep } from '../../../../../shared/contracts/alerts.ts';
import { Facts } from '../../../components/facts.tsx';
import { Box } from '../../../components/primitives';
import { Section } from '../../../components/section.tsx';
import { useAlertSays } from '../../../features/alerts/alert-says.ts';

/** What happened, with time and person. */
export function Timeline({ detail }: { readonly detail: AlertDetail }) {
  const { words, actor, moment } = useAlertSays();
  const says = words.alert;
  const step = ({ kind, by, wave, rings, to, note }: AlertStep): string => {
    if (kind === 'wave')
      return `${wave === undefined ? says.steps.wave : says.wave(wave)}${rings === false ? says.nobodyRings : ''}`;
    const what = kind === 'handed-over' && to ? says.handedTo(actor(to)) : says.steps[kind];
    const who = by.role === 'system' ? '' : `${actor(by)}${words.gap}`;
    return `${who}${what}${note === undefined ? '' : `${words.colon}${note}`}`;
  };
  return (
    <Section title={says.timeline}>
      <Box className="card">
        <Facts facts={detail.timeline.map((one) => ({ name: moment(one.at), value: step(one) }))} />
      </Box>
    </Section>
  );
}
