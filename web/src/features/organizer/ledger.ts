import type { Period } from "./api/sales";

/** A row of the books, as the CSV has it. Debits are positive, credits negative. */
export interface BookLine {
  at: string;
  kind: string;
  booking: string;
  show: string;
  account: string;
  amount: number;
  currency: string;
}

const COLUMNS = "at,kind,payment,booking,show,account,amount,currency";
const DAY_MS = 24 * 3600_000;
/** As many days as the server gives at once. */
export const PERIOD_DAYS_MAX = 31;

/** The rows of the CSV. No column can hold a comma or a quote: all are identifiers, words or numbers. */
export function linesOf(csv: string): BookLine[] {
  const [head, ...rows] = csv.split(/\r?\n/);
  if (head !== COLUMNS) throw new Error("the books have other columns than we know");
  return rows.filter(Boolean).map((row) => {
    const [at = "", kind = "", , booking = "", show = "", account = "", amount = "", currency = ""] = row.split(",");
    return { at, kind, booking, show, account, amount: Number(amount), currency };
  });
}

/** What came in for some shows, in one currency and in minor units. */
export interface Revenue {
  currency: string;
  /** At the price after coupons, before fee and tax. */
  sold: number;
  /** Given back of that. */
  returned: number;
  fees: number;
  tax: number;
}

/** What came in for these shows, by currency. */
export function revenueOf(lines: readonly BookLine[], shows: ReadonlySet<string>): Revenue[] {
  const found = new Map<string, Revenue>();
  for (const line of lines) {
    if (!shows.has(line.show) || (line.kind !== "SOLD" && line.kind !== "RETURNED")) continue;
    const { currency } = line;
    const one = found.get(currency) ?? { currency, sold: 0, returned: 0, fees: 0, tax: 0 };
    found.set(currency, one);
    if (line.account === "SALES" && line.kind === "SOLD") one.sold -= line.amount;
    if (line.account === "SALES" && line.kind === "RETURNED") one.returned += line.amount;
    if (line.account === "FEES") one.fees -= line.amount;
    if (line.account === "TAX") one.tax -= line.amount;
  }
  return [...found.values()];
}

/** Sales less returns of every day of the period, the days without included. */
export function salesByDay(
  lines: readonly BookLine[],
  shows: ReadonlySet<string>,
  currency: string,
  period: Period,
): { day: string; amount: number }[] {
  const byDay = new Map(daysOf(period).map((day) => [day, 0]));
  for (const line of lines) {
    const counts = line.account === "SALES" && (line.kind === "SOLD" || line.kind === "RETURNED");
    if (!counts || !shows.has(line.show) || line.currency !== currency) continue;
    const day = line.at.slice(0, 10);
    byDay.set(day, (byDay.get(day) ?? 0) - line.amount);
  }
  return [...byDay].map(([day, amount]) => ({ day, amount }));
}

/** The last days up to now, in UTC as the books are kept. */
export function lastDays(count: number, now: number): Period {
  return { from: dayOf(now - (count - 1) * DAY_MS), to: dayOf(now) };
}

/** Whether the server would answer for it. */
export function isPeriod({ from, to }: Period): boolean {
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MS + 1;
  return days >= 1 && days <= PERIOD_DAYS_MAX;
}

function daysOf({ from, to }: Period): string[] {
  const days = [];
  for (let at = Date.parse(from); at <= Date.parse(to); at += DAY_MS) days.push(dayOf(at));
  return days;
}

function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
