import type { Benefit, Payment, Rounding } from './payment.ts';

/** `percent` of `amount` fen, rounded as the document says: to the nearest fen, half up, where it says nothing. */
function percentOf(amount: number, percent: number, rounding: Rounding | undefined): number {
  const { to, mode } = rounding ?? { to: 1, mode: 'nearest' };
  // In hundredths of a percent everything is a whole number: no fen is lost to binary fractions.
  const product = amount * Math.round(percent * 100);
  const unit = 10_000 * to;
  const whole = Math.floor(product / unit);
  const rest = product - whole * unit;
  const up = mode === 'up' ? rest > 0 : mode === 'nearest' && rest * 2 >= unit;
  return (whole + (up ? 1 : 0)) * to;
}

/** Compiles what the elder pays for a price; never below 0, never above the price. */
export function compilePayment(payment: Payment, standard?: Rounding): (price: number) => number {
  const { fixed, percent, less, round = standard, atLeast = 0, atMost = Infinity } = payment;
  const bounded = (price: number, amount: number): number =>
    Math.max(0, Math.min(price, Math.max(atLeast, Math.min(atMost, amount))));
  if (fixed !== undefined) return (price) => bounded(price, fixed);
  if (percent !== undefined) return (price) => bounded(price, percentOf(price, percent, round));
  if (less !== undefined) return (price) => bounded(price, price - less);
  return (price) => bounded(price, price);
}

/** Compiles what a subsidy takes off: from the list price and what the elder still pays, never more than the latter. */
export function compileBenefit(benefit: Benefit, standard?: Rounding): (price: number, person: number) => number {
  const { amount, percent, of = 'price', downTo = 0, round = standard, cap = Infinity } = benefit;
  const bounded = (person: number, wanted: number): number => Math.max(0, Math.min(person, cap, wanted));
  if (amount !== undefined) return (_, person) => bounded(person, amount);
  if (percent !== undefined) {
    return (price, person) => bounded(person, percentOf(of === 'price' ? price : person, percent, round));
  }
  return (_, person) => bounded(person, person - downTo);
}
