import { useState } from 'react';
import type { AlertReport } from '../../../../../shared/contracts/alert-report.ts';
import { Button } from '../../../components/button.tsx';
import { Box } from '../../../components/primitives';
import { Section } from '../../../components/section.tsx';
import { StepList } from '../alert/timeline.tsx';
import { useAlertWords } from '../alert-words.ts';
import { useDutyWords } from '../words';

/** Every alert that waited longer than a minute, the slowest first, with what happened. */
export function Slow({ slow }: { readonly slow: AlertReport['slow'] }) {
  const duty = useDutyWords();
  return (
    <Section title={duty.report.slow(slow.length)}>
      {slow.length === 0 ? <Box className="soft">{duty.report.noSlow}</Box> : null}
      <Box role="list" label={duty.report.slow(slow.length)} className="stack">
        {slow.map((one) => (
          <SlowOne key={one.alertId} one={one} />
        ))}
      </Box>
    </Section>
  );
}

function SlowOne({ one }: { readonly one: AlertReport['slow'][number] }) {
  const duty = useDutyWords();
  const say = useAlertWords();
  const [isOpen, setOpen] = useState(false);
  const name = one.name ?? duty.report.nobody;
  return (
    <Box role="listitem" label={name} className="card stack">
      <Box className="row row--apart row--wrap">
        <Box className="grow">
          <Box className="strong">
            {name} ·{' '}
            {one.answerSeconds === undefined
              ? duty.report.slowNever
              : duty.report.slowAfter(say.span(one.answerSeconds * 1000))}
          </Box>
          <Box className="soft">
            {[say.time(one.raisedAt), duty.sources[one.source], ...(one.area === '' ? [] : [say.area(one.area)])].join(
              ' · ',
            )}
          </Box>
        </Box>
        <Box className="desk-bar__button no-print">
          <Button onTap={() => setOpen(!isOpen)} label={isOpen ? duty.report.stepsHide : duty.report.stepsOf(name)}>
            {isOpen ? duty.report.stepsHide : duty.report.steps}
          </Button>
        </Box>
      </Box>
      {/* On paper every timeline is there: the report is read without anything to press. */}
      <Box className={isOpen ? '' : 'print-only'}>
        <StepList steps={one.timeline} />
      </Box>
    </Box>
  );
}
