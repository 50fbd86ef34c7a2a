import type { MealFiguresReport } from '../../../../../shared/contracts/kitchen.ts';
import { PAYERS } from '../../../../../shared/contracts/quote.ts';
import { formatYuan } from '../../../../../shared/values/money.ts';
import { Box, Words } from '../../../components/primitives';
import { Section } from '../../../components/section.tsx';
import { useWords } from '../../../i18n';
import { useStaffWords } from '../words';

/** Who paid how much, and what part that is. */
export function WhoPaid({ sum }: { readonly sum: MealFiguresReport['sum'] }) {
  const words = useWords();
  const staff = useStaffWords();
  const part = (amount: number) => (sum.total === 0 ? 0 : (amount / sum.total) * 100);
  return (
    <Section title={staff.figures.whoPaid}>
      <Box role="list" label={staff.figures.whoPaid} className="shares">
        {PAYERS.filter((payer) => payer !== 'voucher' || sum.shares.voucher > 0).map((payer) => (
          <Box key={payer} role="listitem">
            <Box className="shares__line">
              <Words>{payer === 'person' ? staff.figures.elders : words.payers[payer]}</Words>
              <Words className="strong">
                {formatYuan(sum.shares[payer])} · {part(sum.shares[payer]).toFixed(1)}%
              </Words>
            </Box>
            <Box decorative className="shares__track">
              <Box className={`shares__bar shares__bar--${payer}`} style={{ width: `${part(sum.shares[payer])}%` }} />
            </Box>
          </Box>
        ))}
      </Box>
    </Section>
  );
}
