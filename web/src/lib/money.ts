import type { Schema } from "./api";
import { locale } from "./i18n";

export type Money = Schema["Money"];

const formats = new Map<string, Intl.NumberFormat>();

function format(currency: string, digits?: number): Intl.NumberFormat {
  const key = `${locale()} ${currency} ${digits ?? ""}`;
  let found = formats.get(key);
  if (!found) {
    found = new Intl.NumberFormat(locale(), {
      style: "currency",
      currency,
      ...(digits !== undefined && { minimumFractionDigits: digits, maximumFractionDigits: digits }),
    });
    formats.set(key, found);
  }
  return found;
}

/** How many minor units make a whole one, as a power of ten: 2 for rupees, 0 for yen. */
export function minorDigits(currency: string): number {
  return format(currency).resolvedOptions().maximumFractionDigits ?? 2;
}

/** As people write it; whole amounts without their zeros. */
export function money({ amount, currency }: Money): string {
  const digits = minorDigits(currency);
  const whole = amount % 10 ** digits === 0;
  return format(currency, whole ? 0 : digits).format(amount / 10 ** digits);
}

/** What somebody typed, in minor units; undefined if it is no amount. */
export function parseAmount(text: string, currency: string): number | undefined {
  const digits = minorDigits(currency);
  const match = /^(\d{1,9})(?:[.](\d+))?$/.exec(text.trim().replace(/[,\s]/g, ""));
  if (!match || (match[2]?.length ?? 0) > digits) return undefined;
  return Number(match[1]) * 10 ** digits + Number((match[2] ?? "").padEnd(digits, "0") || 0);
}

/** The amount as a form shows it. */
export function amountText({ amount, currency }: Money): string {
  const digits = minorDigits(currency);
  return amount % 10 ** digits === 0 ? String(amount / 10 ** digits) : (amount / 10 ** digits).toFixed(digits);
}

/**
 * What one place costs in all: price, booking fee and tax, each rounded half up as the server does (`domain::quote`). For showing only;
 * the quote of the hold is what counts.
 *
 * @param rates in hundredths of a percent
 */
export function allIn(price: Money, rates: { feeRate: number; taxRate: number }): Money {
  const fee = shareHalfUp(price.amount, rates.feeRate);
  const tax = shareHalfUp(price.amount + fee, rates.taxRate);
  return { amount: price.amount + fee + tax, currency: price.currency };
}

function shareHalfUp(amount: number, basisPoints: number): number {
  return Math.floor((amount * basisPoints + 5000) / 10_000);
}
