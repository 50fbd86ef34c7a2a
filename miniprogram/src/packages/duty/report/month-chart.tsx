import type { AlertReport } from '../../../../../shared/contracts/alert-report.ts';
import { Box } from '../../../components/primitives';
import { Section } from '../../../components/section.tsx';
import { useDutyWords } from '../words';
import { isMet, percent } from './percent.ts';

interface MonthChartProps {
  readonly months: AlertReport['byMonth'];
  /** 0 to 1. */
  readonly target: number;
}

/** The chart begins here, so that what lies between a good and a bad month can be seen; it is written at the axis. */
const FLOOR = 0.8;
const CEILING = 1;
const heightOf = (share: number): number => Math.max(0, Math.min(1, (share - FLOOR) / (CEILING - FLOOR))) * 100;

/** A column a month, oldest on the left, with its number on top and the target as a line. A missed month is hatched, and says so. */
export function MonthChart({ months, target }: MonthChartProps) {
  const duty = useDutyWords();
  const sorted = [...months].sort((a, b) => (a.month < b.month ? -1 : 1));
  if (sorted.length === 0) return null;
  return (
    <Section title={duty.report.byMonth}>
      <Box className="soft small">{duty.report.floor(percent(FLOOR), percent(target))}</Box>
      <Box className="columns">
        <Box decorative className="columns__axis">
          <Box className="columns__tick columns__tick--top">{percent(CEILING)}</Box>
          <Box className="columns__tick columns__tick--floor">{percent(FLOOR)}</Box>
        </Box>
        <Box className="columns__plot">
          <Box decorative className="columns__target" style={{ bottom: `${heightOf(target)}%` }}>
            <Box className="columns__target-name">{duty.report.targetLine(percent(target))}</Box>
          </Box>
          <Box role="list" label={duty.report.byMonth} className="columns__months">
            {sorted.map(({ month, figures }) => {
              const share = figures.shareWithin60;
              const met = isMet(share, target);
              const name = duty.report.monthOf(Number(month.slice(0, 4)), Number(month.slice(5)));
              return (
                <Box
                  key={month}
                  role="listitem"
                  label={`${name}，${percent(share)}，${duty.report.of(figures.within60, figures.alerts)}`}
                  className="columns__month"
                >
                  <Box decorative className="columns__track">
                    <Box
                      className="columns__number"
                      style={{ bottom: `${share === undefined ? 0 : heightOf(share)}%` }}
                    >
                      {percent(share)}
                    </Box>
                    {share === undefined ? null : (
                      <Box
                        className={`columns__bar${met ? '' : ' columns__bar--missed'}`}
                        style={{ height: `${heightOf(share)}%` }}
                      />
                    )}
                  </Box>
                </Box>
              );
            })}
          </Box>
        </Box>
      </Box>
      <Box decorative className="columns__names">
        {sorted.map(({ month, figures }) => (
          <Box key={month} className="columns__name">
            <Box>{duty.report.shortMonth(Number(month.slice(5)))}</Box>
            <Box className="soft small">
              {figures.within60}/{figures.alerts}
            </Box>
          </Box>
        ))}
      </Box>
    </Section>
  );
}
