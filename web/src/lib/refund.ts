import type { Schema } from "./api";
import type { Money } from "./money";

/** All of it, in hundredths of a percent. */
const WHOLE = 10_000;
const HOUR_MS = 3_600_000;

type Terms = Schema["RefundTerms"];

/** One step of the terms, as a date that people can read. */
export interface RefundStage {
  /** Until when, RFC 3339. */
  until: string;
  percent: number;
  over: boolean;
}

/** When which share goes back, earliest first. */
export function refundStages(terms: Terms, startsAt: string, now: number): RefundStage[] {
  return terms.steps.map(({ untilHours, rate }) => {
    const ends = Date.parse(startsAt) - untilHours * HOUR_MS;
    return { until: new Date(ends).toISOString(), percent: rate / 100, over: now >= ends };
  });
}

/** The share that goes back to a buyer who calls off at `now`; undefined when it is too late (`RefundTerms::rate_at`). */
export function refundRate(terms: Terms, startsAt: string, now: number): number | undefined {
  return terms.steps.find(({ untilHours }) => now < Date.parse(startsAt) - untilHours * HOUR_MS)?.rate;
}

/** What a buyer pays, by whose it is. */
interface Split {
  sales: number;
  fee: number;
  tax: number;
}

/**
 * What goes back of a quote at a rate, as the server splits and rounds it (`domain::refund::Split::share`): the share of the price, of the
 * fee if it goes back too, and the tax that was on them. What went back before (`returned`) is taken off in proportion.
 */
export function refundOf(quote: Schema["Quote"], rate: number, feeBack: boolean, returned = 0): Money {
  const whole = { sales: quote.subtotal.amount - quote.discount.amount, fee: quote.fee.amount, tax: quote.tax.amount };
  const left = returned > 0 ? minus(whole, ofAmount(whole, returned)) : whole;
  const sales = part(left.sales, rate, WHOLE);
  const fee = feeBack ? part(left.fee, rate, WHOLE) : 0;
  const tax = part(left.tax, sales + fee, left.sales + left.fee);
  return { amount: sales + fee + tax, currency: quote.total.currency };
}

/** An amount in the proportions of the whole; what rounding leaves is the organizer's. */
function ofAmount(whole: Split, amount: number): Split {
  const total = whole.sales + whole.fee + whole.tax;
  const fee = part(whole.fee, amount, total);
  const tax = part(whole.tax, amount, total);
  return { sales: amount - fee - tax, fee, tax };
}

function minus(a: Split, b: Split): Split {
  return { sales: a.sales - b.sales, fee: a.fee - b.fee, tax: a.tax - b.tax };
}

/** `whole × numerator ÷ denominator`, rounded half up. */
function part(whole: number, numerator: number, denominator: number): number {
  return denominator === 0 ? 0 : Math.floor((2 * whole * numerator + denominator) / (2 * denominator));
}
