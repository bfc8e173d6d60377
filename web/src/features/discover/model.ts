import type { EventSearch } from "@/api/events";
import type { Schema } from "@/lib/api";
import { type Money, minorDigits } from "@/lib/money";

export const CATEGORIES = ["CONCERT", "THEATER", "COMEDY", "MOVIE", "SPORTS", "CONFERENCE", "OTHER"] as const;
export type Category = (typeof CATEGORIES)[number];

/** What is looked for. Lives in the address, so that a search can be sent to a friend. */
export interface Filters {
  category?: Category;
  city?: string;
  /** `2026-11-28`, on the clocks of each venue. */
  from?: string;
  to?: string;
  /** In whole units of the currency, before fee and tax. */
  maxPrice?: number;
}

export type FilterName = "category" | "city" | "dates" | "maxPrice";

const DATE = /^\d{4}-\d{2}-\d{2}$/;
/** What the highest price is typed in; `filter.maxPrice` says so. */
const CURRENCY = "INR";
/** One minor unit more than anybody pays would be refused. */
const PRICE_MAX = 10_000_000;

/** Reads an address; what makes no sense in it is passed over. */
export function readFilters(params: URLSearchParams): Filters {
  const category = CATEGORIES.find((known) => known === params.get("category"));
  const city = params.get("city")?.trim().slice(0, 80);
  const date = (name: string) => {
    const text = params.get(name);
    return text && DATE.test(text) && !Number.isNaN(Date.parse(text)) ? text : undefined;
  };
  const [from, to] = [date("from"), date("to")];
  const price = Number(params.get("max"));
  return {
    ...(category && { category }),
    ...(city && { city }),
    ...(from && { from }),
    ...(to && (!from || to >= from) && { to }),
    ...(Number.isInteger(price) && price > 0 && price <= PRICE_MAX && { maxPrice: price }),
  };
}

export function writeFilters({ category, city, from, to, maxPrice }: Filters): URLSearchParams {
  const params = new URLSearchParams();
  if (category) params.set("category", category);
  if (city) params.set("city", city);
  if (from) params.set("from", from);
  if (to) params.set("to", to);
  if (maxPrice) params.set("max", String(maxPrice));
  return params;
}

/** The highest price, as the API spells it. */
export function maxPriceOf({ maxPrice = 0 }: Pick<Filters, "maxPrice">): Money {
  return { amount: maxPrice * 10 ** minorDigits(CURRENCY), currency: CURRENCY };
}

export function toSearch({ category, city, from, to, maxPrice }: Filters): EventSearch {
  return {
    limit: 24,
    ...(category && { category }),
    ...(city && { city }),
    ...(from && { dateFrom: from }),
    ...(to && { dateTo: to }),
    ...(maxPrice && { maxPrice: maxPriceOf({ maxPrice }).amount }),
  };
}

/** Which filters are set, in the order in which they are shown. */
export function setFilters(filters: Filters): FilterName[] {
  const names: FilterName[] = [];
  if (filters.category) names.push("category");
  if (filters.city) names.push("city");
  if (filters.from || filters.to) names.push("dates");
  if (filters.maxPrice) names.push("maxPrice");
  return names;
}

export function without(filters: Filters, name: FilterName): Filters {
  const { category, city, from, to, maxPrice } = filters;
  return {
    ...(category && name !== "category" && { category }),
    ...(city && name !== "city" && { city }),
    ...(name !== "dates" && { ...(from && { from }), ...(to && { to }) }),
    ...(maxPrice && name !== "maxPrice" && { maxPrice }),
  };
}

/** Today, on this device's calendar, and so many days after it. */
export function dateAfter(days: number, today = new Date()): string {
  const date = new Date(today.getFullYear(), today.getMonth(), today.getDate() + days, 12);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** Spans that people ask for by name. The weekend is Saturday and Sunday; on a Sunday it is today. */
export function namedDates(
  today = new Date(),
): { name: "today" | "weekend" | "week" | "month"; from: string; to: string }[] {
  const weekday = today.getDay();
  const saturday = weekday === 0 ? 0 : 6 - weekday;
  const after = (days: number) => dateAfter(days, today);
  return [
    { name: "today", from: after(0), to: after(0) },
    { name: "weekend", from: after(saturday), to: after(weekday === 0 ? 0 : saturday + 1) },
    { name: "week", from: after(0), to: after(6) },
    { name: "month", from: after(0), to: after(29) },
  ];
}

/** Some of each kind rather than many of one: the first events of every category in turn. */
export function variety<T extends { category: string }>(events: readonly T[], count: number): T[] {
  const byCategory = new Map<string, T[]>();
  for (const event of events) byCategory.set(event.category, [...(byCategory.get(event.category) ?? []), event]);
  const found: T[] = [];
  for (let round = 0; found.length < Math.min(count, events.length); round += 1) {
    for (const queue of byCategory.values()) {
      const next = queue[round];
      if (next && found.length < count) found.push(next);
    }
  }
  return found;
}

type Show = Schema["ShowView"];

/** Whether places of a show can be had now, will be, or not any more. */
export type SaleState =
  | { state: "on-sale" }
  | { state: "opens"; at: string }
  | { state: "closed" }
  | { state: "over" }
  | { state: "cancelled" };

/** As the server sees it at `now` (milliseconds on its clock). */
export function saleState(
  show: Pick<Show, "status" | "startsAt" | "salesOpenAt" | "salesCloseAt">,
  now: number,
): SaleState {
  if (show.status === "CANCELLED") return { state: "cancelled" };
  if (Date.parse(show.startsAt) <= now) return { state: "over" };
  if (show.salesCloseAt && Date.parse(show.salesCloseAt) <= now) return { state: "closed" };
  if (show.salesOpenAt && Date.parse(show.salesOpenAt) > now) return { state: "opens", at: show.salesOpenAt };
  return { state: "on-sale" };
}

/** Shows by day on their venue's calendar, earliest first. */
export function byDay(shows: readonly Show[]): { day: string; shows: Show[] }[] {
  const days = new Map<string, Show[]>();
  for (const show of [...shows].sort((a, b) => Date.parse(a.startsAt) - Date.parse(b.startsAt))) {
    const day = new Intl.DateTimeFormat("en-CA", { timeZone: show.timeZone }).format(new Date(show.startsAt));
    days.set(day, [...(days.get(day) ?? []), show]);
  }
  return [...days].map(([day, ofDay]) => ({ day, shows: ofDay }));
}
