import type { Quote, Reason } from '../../shared/contracts/quote.ts';
import { itemWords, yuanEn, yuanZh } from '../../shared/policy/words.ts';

const OUTCOMES: Readonly<Record<Reason['outcome'], string>> = {
  applied: '✓ 适用 applied ',
  limited: '! 受限 limited ',
  lost: '- 未选 lost    ',
  'not-met': '· 不符 not met ',
};

/** A quote as text for people: the price, who pays it, and every reason in both languages with its source. */
export function quoteText(quote: Quote): string {
  const { zh, en } = itemWords(quote.item);
  const tier = quote.tier === null ? '无就餐类别 · no tier' : `${quote.tier.name.zh} · ${quote.tier.name.en}`;
  const both = (fen: number): string => `${yuanZh(fen)} · ${yuanEn(fen)}`;
  return [
    `${quote.policy.id} ${quote.policy.version} · ${zh} ${en} · ${quote.on}`,
    `类别 tier        ${tier}`,
    `价格 price       ${both(quote.price)}${quote.deliveryFee > 0 ? ` (含送餐费 with delivery ${both(quote.deliveryFee)})` : ''}`,
    `自付 elder pays  ${both(quote.shares.person)}`,
    ...quote.legs
      .filter(({ payer }) => payer !== 'person')
      .map(({ name, payer, party, amount }) => `  ${name.zh} · ${name.en} (${payer}, ${party}): ${both(amount)}`),
    '原因 reasons',
    ...linesOf(quote.because),
  ].join('\n');
}

/** Reasons in both languages, each with its source. */
export const linesOf = (because: readonly Reason[]): string[] =>
  because.flatMap(({ rule, outcome, text, source }) => [
    `  ${OUTCOMES[outcome]} [${rule}] ${text.zh}`,
    `                   ${text.en}`,
    ...(source === undefined ? [] : [`                   依据 source: ${source}`]),
  ]);
