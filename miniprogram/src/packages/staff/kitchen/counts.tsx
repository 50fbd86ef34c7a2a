import type { Diet } from '../../../../../shared/contracts/diet.ts';
import type { KitchenSheet } from '../../../../../shared/contracts/kitchen.ts';
import {
  Box,
  Cell,
  HeadCell,
  Heading,
  Table,
  TableBody,
  TableHead,
  TableRow,
  Words,
} from '../../../components/primitives';
import { Section } from '../../../components/section.tsx';
import { useMealWords } from '../../../features/meals/meal-words.ts';
import { useWords } from '../../../i18n';
import { tiersInOrder } from '../tiers.ts';
import { useStaffWords } from '../words';

interface CountTableProps {
  readonly title: string;
  readonly rows: readonly { readonly key: string; readonly name: string; readonly count: number | string }[];
}

/** Names with their numbers. */
function CountTable({ title, rows }: CountTableProps) {
  if (rows.length === 0) return null;
  return (
    <Box className="sheet__block">
      <Heading level={2} className="section__title">
        {title}
      </Heading>
      <Table label={title}>
        <TableBody>
          {rows.map((row) => (
            <TableRow key={row.key}>
              <HeadCell scope="row">{row.name}</HeadCell>
              <Cell className="number strong">{row.count}</Cell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Box>
  );
}

/** How much of everything. */
export function Counts({ sheet }: { readonly sheet: KitchenSheet }) {
  const words = useWords();
  const say = useMealWords();
  const staff = useStaffWords();
  return (
    <>
      <Box className="desk-numbers section">
        <Box>
          <Words className="price__number">{String(sheet.meals)}</Words>
          <Box className="soft">{staff.kitchen.meals}</Box>
        </Box>
        {sheet.byEating
          .filter(({ count }) => count > 0)
          .map(({ code, count }) => (
            <Box key={code}>
              <Words className="price__number">{String(count)}</Words>
              <Box className="soft">{words.eating[code]}</Box>
            </Box>
          ))}
      </Box>
      <Box className="sheet section">
        <CountTable
          title={staff.kitchen.byDish}
          rows={sheet.byDish.map(({ code, name, count }) => ({ key: code, name, count }))}
        />
        <CountTable
          title={staff.kitchen.bySlot}
          rows={sheet.bySlot.map((slot) => ({
            key: slot.slotId,
            name: say.slot(slot),
            count: `${slot.count} / ${slot.capacity}`,
          }))}
        />
        <CountTable
          title={staff.kitchen.byDiet}
          rows={sheet.byDiet.map(({ code, count }) => ({ key: code, name: words.diets[code as Diet] ?? code, count }))}
        />
        <CountTable
          title={staff.kitchen.byTier}
          rows={tiersInOrder(sheet.byTier).map(({ code, name, count }) => ({
            key: code,
            name: code === 'none' ? staff.noTier : name,
            count,
          }))}
        />
      </Box>
    </>
  );
}

/** Who must be cooked for with care: the cook's table. */
export function SpecialDiets({ sheet }: { readonly sheet: KitchenSheet }) {
  const words = useWords();
  const staff = useStaffWords();
  const list = (items: readonly string[]) => items.join(words.dishes.listSeparator);
  if (sheet.special.length === 0) return null;
  const rows = [...sheet.special].sort((a, b) => b.allergens.length - a.allergens.length);
  return (
    <Section title={staff.kitchen.special(sheet.special.length)}>
      <Box scrolls role="region" label={staff.kitchen.special(sheet.special.length)} className="desk-scroll">
        <Table label={staff.kitchen.special(sheet.special.length)} className="desk-table">
          <TableHead>
            <TableRow>
              <HeadCell>{staff.name}</HeadCell>
              <HeadCell>{words.elder.cannotEat}</HeadCell>
              <HeadCell>{words.elder.diet}</HeadCell>
              <HeadCell>{words.orderPage.what}</HeadCell>
              <HeadCell>{words.orderPage.note}</HeadCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {rows.map((row) => (
              <TableRow key={row.orderId}>
                <HeadCell scope="row" className="nowrap">
                  {row.elderName}
                </HeadCell>
                <Cell className={row.allergens.length > 0 ? 'strong' : ''}>
                  {list(row.allergens.map((one) => staff.noAllergen(words.allergens[one])))}
                </Cell>
                <Cell className="nowrap">{list(row.diets.map((one) => words.diets[one]))}</Cell>
                <Cell>{list(row.dishes)}</Cell>
                <Cell>{row.note ?? ''}</Cell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </Box>
    </Section>
  );
}
