import { useState } from 'react';
import type { Payer, Quote, Reason } from '../../../shared/contracts/quote.ts';
import { formatYuan } from '../../../shared/values/money.ts';
import { useSay, useWords } from '../i18n';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';
import { Box, Words } from './primitives';

interface PriceProps {
  readonly words: string;
  /** In fen. */
  readonly amount: number;
  readonly small?: string;
}

/** The one number that matters on a page. */
export function Price({ words, amount, small }: PriceProps) {
  return (
    <Box>
      <Box className="price__words">{words}</Box>
      <Box className="price__number">{formatYuan(amount)}</Box>
      {small === undefined ? null : <Box className="soft">{small}</Box>}
    </Box>
  );
}

/** The four sides that can share a price (四个一点) stand on every page, also with nothing; a voucher only where there is one. */
const ALWAYS: readonly Payer[] = ['person', 'government', 'charity', 'enterprise'];

/** Who pays how much: a bar for each, with its name and amount in words. */
export function ShareBars({ quote }: { readonly quote: Quote }) {
  const words = useWords();
  const say = useSay();
  const payers: Payer[] = quote.shares.voucher > 0 ? [...ALWAYS, 'voucher'] : [...ALWAYS];
  return (
    <Box role="list" label={words.confirm.who} className="shares">
      {payers.map((payer) => {
        const amount = quote.shares[payer];
        const parties = quote.legs.filter((leg) => leg.payer === payer && leg.party !== payer && leg.amount > 0);
        return (
          <Box key={payer} role="listitem">
            <Box className="shares__line">
              <Words>
                {words.payers[payer]}
                {parties.length > 0 ? ` · ${parties.map((leg) => say(leg.name)).join(' · ')}` : ''}
              </Words>
              <Words className="strong amount">{formatYuan(amount)}</Words>
            </Box>
            <Box decorative className="shares__track">
              <Box
                className={`shares__bar shares__bar--${payer}`}
                style={{ width: `${quote.price === 0 ? 0 : Math.round((amount / quote.price) * 100)}%` }}
              />
            </Box>
          </Box>
        );
      })}
    </Box>
  );
}

const OUTCOME = {
  applied: ['circleCheck', 'leaf'],
  limited: ['warning', 'amber'],
  lost: ['info', 'soft'],
  'not-met': ['close', 'soft'],
} as const;
/** Where a rule comes from is told of those that count: of all of them it would be a wall of words. */
const COUNTS: readonly Reason['outcome'][] = ['applied', 'limited'];
const ORDER: readonly Reason['outcome'][] = ['applied', 'limited', 'lost', 'not-met'];

/** 为什么？ opens why the price is what it is: the rules that count, and those that do not, each in a plain sentence. */
export function Reasons({ because }: { readonly because: readonly Reason[] }) {
  const words = useWords();
  const say = useSay();
  const [open, setOpen] = useState(false);
  const sorted = [...because].sort((a, b) => ORDER.indexOf(a.outcome) - ORDER.indexOf(b.outcome));
  return (
    <Box className="stack">
      <Button icon="info" onTap={() => setOpen(!open)}>
        {open ? words.confirm.whyClose : words.confirm.why}
      </Button>
      {open ? (
        <Box role="list" label={words.confirm.why}>
          {sorted.map((reason) => (
            <Box key={`${reason.rule}-${reason.outcome}`} role="listitem" className="reasons__reason">
              <Icon shape={OUTCOME[reason.outcome][0]} colour={OUTCOME[reason.outcome][1]} />
              <Box className="grow">
                <Box className={reason.outcome === 'applied' ? 'strong' : ''}>{say(reason.text)}</Box>
                <Box className="soft small">{words.outcomes[reason.outcome]}</Box>
                {reason.source === undefined || !COUNTS.includes(reason.outcome) ? null : (
                  <Box className="reasons__source">{words.source(reason.source)}</Box>
                )}
              </Box>
            </Box>
          ))}
        </Box>
      ) : null}
    </Box>
  );
}
