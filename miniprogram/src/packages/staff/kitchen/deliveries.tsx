import type { KitchenSheet } from '../../../../../shared/contracts/kitchen.ts';
import { Box, Cell, HeadCell, Table, TableBody, TableHead, TableRow, Words } from '../../../components/primitives';
import { Section } from '../../../components/section.tsx';
import { useMealWords } from '../../../features/meals/meal-words.ts';
import { useWords } from '../../../i18n';
import { Mind } from '../check-in/check-in-row.tsx';
import { gridWords } from '../people/grid.ts';
import { useStaffWords } from '../words';

/** Door by door: a table for each grid, with room for a tick. */
export function RunList({ sheet }: { readonly sheet: KitchenSheet }) {
  const words = useWords();
  const staff = useStaffWords();
  return (
    <>
      {sheet.deliveries.map(({ grid, labels }) => (
        <Section key={grid} title={staff.kitchen.grid(gridWords(grid), labels.length)}>
          <Box scrolls role="region" label={staff.kitchen.grid(gridWords(grid), labels.length)} className="desk-scroll">
            <Table label={staff.kitchen.grid(gridWords(grid), labels.length)} className="desk-table">
              <TableHead>
                <TableRow>
                  <HeadCell>✓</HeadCell>
                  <HeadCell>{words.elder.address}</HeadCell>
                  <HeadCell>{staff.name}</HeadCell>
                  <HeadCell>{words.elder.phone}</HeadCell>
                  <HeadCell>{words.orderPage.when}</HeadCell>
                  <HeadCell>{words.orderPage.what}</HeadCell>
                </TableRow>
              </TableHead>
              <TableBody>
                {labels.map((label) => (
                  <TableRow key={label.orderId}>
                    <Cell>☐</Cell>
                    <HeadCell scope="row">{label.address}</HeadCell>
                    <Cell className="strong nowrap">{label.elderName}</Cell>
                    <Cell>{label.phone ?? words.elder.noPhone}</Cell>
                    <Cell>{label.slot}</Cell>
                    <Cell>
                      {label.dishes.join(words.dishes.listSeparator)}
                      <Mind row={label} />
                    </Cell>
                  </TableRow>
                ))}
              </TableBody>
            </Table>
          </Box>
        </Section>
      ))}
    </>
  );
}

/** A label for each box, in the order of the run list; printed in two columns on A4. */
export function Labels({ sheet }: { readonly sheet: KitchenSheet }) {
  const words = useWords();
  const say = useMealWords();
  const staff = useStaffWords();
  const labels = sheet.deliveries.flatMap((one) => one.labels);
  return (
    <Box role="list" label={staff.kitchen.labels(labels.length)} className="labels section">
      {labels.map((label) => (
        <Box key={label.orderId} role="listitem" label={label.elderName} className="label">
          <Box className="row row--apart">
            <Words className="lead">{label.elderName}</Words>
            <Words>{staff.kitchen.gridShort(gridWords(label.grid))}</Words>
          </Box>
          <Box className="strong">{label.address}</Box>
          <Box>
            {label.phone ?? words.elder.noPhone} · {say.date(sheet.date)} {label.slot}
          </Box>
          <Box>{label.dishes.join(words.dishes.listSeparator)}</Box>
          <Mind row={label} />
        </Box>
      ))}
    </Box>
  );
}
