import type { ReactNode } from 'react';
import type { AlertReport, AnswerFigures } from '../../../../../shared/contracts/alert-report.ts';
import { Box, Cell, HeadCell, Table, TableBody, TableHead, TableRow, Tap } from '../../../components/primitives';
import { Section } from '../../../components/section.tsx';
import { useAlertWords } from '../alert-words.ts';
import { useDutyWords } from '../words';
import { percent } from './percent.ts';

interface Row {
  readonly key: string;
  readonly name: ReactNode;
  readonly figures: AnswerFigures;
}

function FiguresTable({
  title,
  head,
  rows,
}: {
  readonly title: string;
  readonly head: string;
  readonly rows: readonly Row[];
}) {
  const duty = useDutyWords();
  return (
    <Section title={title}>
      <Box scrolls role="region" label={title} className="desk-scroll">
        <Table label={title} className="report-table">
          <TableHead>
            <TableRow>
              <HeadCell>{head}</HeadCell>
              <HeadCell className="number">{duty.report.heads.alerts}</HeadCell>
              <HeadCell className="number">{duty.report.heads.within60}</HeadCell>
              <HeadCell className="number">{duty.report.heads.within180}</HeadCell>
              <HeadCell className="number">{duty.report.heads.falseAlarms}</HeadCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {rows.map(({ key, name, figures }) => (
              <TableRow key={key}>
                <HeadCell scope="row">{name}</HeadCell>
                <Cell className="number">{figures.alerts}</Cell>
                <Cell className="number">{percent(figures.shareWithin60)}</Cell>
                <Cell className="number">{percent(figures.shareWithin180)}</Cell>
                <Cell className="number">{figures.falseAlarms}</Cell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </Box>
    </Section>
  );
}

interface ByAreaProps {
  readonly rows: AlertReport['byArea'];
  readonly area: string;
  readonly onArea: (area: string) => void;
}

/** Each part of the area; a tap shows the report of that part. */
export function ByArea({ rows, area, onArea }: ByAreaProps) {
  const duty = useDutyWords();
  const say = useAlertWords();
  return (
    <FiguresTable
      title={duty.report.byArea}
      head={duty.report.heads.area}
      rows={rows.map((row) => ({
        key: row.area,
        figures: row.figures,
        name:
          row.area === area ? (
            say.area(row.area)
          ) : (
            <Tap className="area-link" label={duty.report.see(say.area(row.area))} onTap={() => onArea(row.area)}>
              {say.area(row.area)}
            </Tap>
          ),
      }))}
    />
  );
}

export function BySource({ rows }: { readonly rows: AlertReport['bySource'] }) {
  const duty = useDutyWords();
  return (
    <FiguresTable
      title={duty.report.bySource}
      head={duty.report.heads.source}
      rows={rows.map(({ source, figures }) => ({ key: source, name: duty.sources[source], figures }))}
    />
  );
}
