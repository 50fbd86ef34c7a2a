import type { AlertReport, AnswerFigures } from '../../../../../shared/contracts/alert-report.ts';
import { Mark } from '../../../components/notice.tsx';
import { Box, Words } from '../../../components/primitives';
import { Section } from '../../../components/section.tsx';
import { useDutyWords } from '../words';
import { isMet, percent } from './percent.ts';

interface TargetsProps {
  readonly figures: AnswerFigures;
  readonly targets: AlertReport['targets'];
}

/** The numbers that are asked for first, each beside its target, met or missed in words. */
export function Targets({ figures, targets }: TargetsProps) {
  const duty = useDutyWords();
  const lines = [
    {
      name: duty.report.within60,
      share: figures.shareWithin60,
      count: figures.within60,
      target: targets.within60,
    },
    {
      name: duty.report.within180,
      share: figures.shareWithin180,
      count: figures.within180,
      target: targets.within180,
    },
  ];
  const falseShare = figures.alerts === 0 ? undefined : figures.falseAlarms / figures.alerts;
  const counts: readonly [number, string][] = [
    [figures.alerts, duty.report.alerts],
    [figures.answered, duty.report.answered],
    [figures.alerts - figures.answered, duty.report.unanswered],
    [figures.falseAlarms, duty.report.falseShare(percent(falseShare))],
  ];
  return (
    <Section title={duty.report.answer}>
      <Box role="list" label={duty.report.answer} className="desk-numbers">
        {lines.map(({ name, share, count, target }) => {
          const met = isMet(share, target);
          return (
            <Box key={name} role="listitem" label={name}>
              <Words className="price__number">{percent(share)}</Words>
              <Box className="strong">{name}</Box>
              <Box className="soft">
                {duty.report.of(count, figures.alerts)} · {duty.report.target(percent(target))}
              </Box>
              <Mark tone={met === undefined ? 'quiet' : met ? 'done' : 'waiting'}>
                {met === undefined ? duty.report.notEnough : met ? duty.report.met : duty.report.missed}
              </Mark>
            </Box>
          );
        })}
        {counts.map(([count, name]) => (
          <Box key={name} role="listitem" label={name}>
            <Words className="price__number">{count}</Words>
            <Box className="soft">{name}</Box>
          </Box>
        ))}
      </Box>
    </Section>
  );
}
