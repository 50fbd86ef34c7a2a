import type { MealFigures, MealFiguresReport } from '../../../../../shared/contracts/kitchen.ts';
import { PAYERS, type Payer } from '../../../../../shared/contracts/quote.ts';
import { formatYuan } from '../../../../../shared/values/money.ts';
import { Box, Cell, HeadCell, Table, TableBody, TableHead, TableRow } from '../../../components/primitives';
import { Section } from '../../../components/section.tsx';
import { useMealWords } from '../../../features/meals/meal-words.ts';
import { useWords } from '../../../i18n';
import { tiersInOrder } from '../tiers.ts';
import { useStaffWords } from '../words';

/** The numbers behind the charts, a row a day, with the sum at the end. */
export function DayTable({ report }: { readonly report: MealFiguresReport }) {
  const words = useWords();
  const say = useMealWords();
  const staff = useStaffWords();
  const tiers = tiersInOrder(report.sum.byTier);
  const payers: Payer[] = PAYERS.filter((payer) => report.sum.shares[payer] > 0);
  const cells = (row: Omit<MealFigures, 'date'>) => (
    <>
      <Cell className="number">{row.ordered}</Cell>
      {tiers.map((tier) => (
        <Cell key={tier.code} className="number">
          {row.byTier.find((one) => one.code === tier.code)?.count ?? 0}
        </Cell>
      ))}
      <Cell className="number">{row.served}</Cell>
      <Cell className="number">{row.missed}</Cell>
      <Cell className="number">{row.cancelled}</Cell>
      {payers.map((payer) => (
        <Cell key={payer} className="number">
          {formatYuan(row.shares[payer])}
        </Cell>
      ))}
      <Cell className="number">{formatYuan(row.total)}</Cell>
    </>
  );
  return (
    <Section title={staff.figures.table}>
      <Box scrolls role="region" label={staff.figures.table} className="desk-scroll">
        <Table label={staff.figures.table} className="desk-table small">
          <TableHead>
            <TableRow>
              <HeadCell>{words.order.day}</HeadCell>
              <HeadCell className="number">{staff.figures.ordered}</HeadCell>
              {tiers.map((tier) => (
                <HeadCell key={tier.code} className="number">
                  {tier.code === 'none' ? staff.noTier : tier.name}
                </HeadCell>
              ))}
              <HeadCell className="number">{staff.figures.served}</HeadCell>
              <HeadCell className="number">{staff.figures.missed}</HeadCell>
              <HeadCell className="number">{staff.figures.cancelled}</HeadCell>
              {payers.map((payer) => (
                <HeadCell key={payer} className="number">
                  {payer === 'person' ? staff.figures.elders : words.payers[payer]}
                </HeadCell>
              ))}
              <HeadCell className="number">{staff.figures.total}</HeadCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {report.days.map((day) => (
              <TableRow key={day.date}>
                <HeadCell scope="row">{say.dateAndWeekday(day.date)}</HeadCell>
                {cells(day)}
              </TableRow>
            ))}
            <TableRow className="strong">
              <HeadCell scope="row">{staff.figures.sum}</HeadCell>
              {cells(report.sum)}
            </TableRow>
          </TableBody>
        </Table>
      </Box>
    </Section>
  );
}
