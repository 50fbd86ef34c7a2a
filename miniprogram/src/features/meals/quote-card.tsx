import type { Quote } from '../../../../shared/contracts/quote.ts';
import { formatYuan } from '../../../../shared/values/money.ts';
import { Price, Reasons, ShareBars } from '../../components/money.tsx';
import { Box, Heading } from '../../components/primitives';
import { useSay, useWords } from '../../i18n';
import type { Words } from '../../i18n/zh.ts';

/** 王建国付, 王建国不用付钱 */
export const payWords = (words: Words, copay: number, name: string): string =>
  copay === 0 ? words.confirm.free(name) : words.confirm.price(name);

interface QuoteCardProps {
  readonly quote: Quote;
  readonly elderName: string;
}

/** What the elder pays, large; who pays the rest; and why. */
export function QuoteCard({ quote, elderName }: QuoteCardProps) {
  const words = useWords();
  const say = useSay();
  const copay = quote.shares.person;
  const total = words.confirm.total(formatYuan(quote.price));
  const fee =
    quote.deliveryFee > 0
      ? `${total}${words.dishes.listSeparator}${words.confirm.deliveryFee(formatYuan(quote.deliveryFee))}`
      : total;
  return (
    <Box className="card stack">
      <Price
        words={payWords(words, copay, elderName)}
        amount={copay}
        small={quote.tier === null ? fee : `${say(quote.tier.name)} · ${fee}`}
      />
      <Heading level={2} className="lead">
        {words.confirm.who}
      </Heading>
      <ShareBars quote={quote} />
      <Reasons because={quote.because} />
    </Box>
  );
}
