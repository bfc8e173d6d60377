import * as z from "zod/mini";
import type { OwnEvent } from "@/api/own-events";
import type { Schema } from "@/lib/api";
import { amountText, parseAmount } from "@/lib/money";
import { fromWallClock, toWallClock } from "@/lib/time";

/** The same limits as the server's (`wire::events`, `domain::show`). */
export const LIMITS = { title: 200, description: 5000, language: 40, tags: 10, tag: 40, shows: 60, seats: 20 };
const HOLD_SECONDS = { min: 2, max: 1800 };
const AHEAD_MAX_MS = 2 * 365 * 24 * 3600_000;
const WALL = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/;

export const CATEGORIES = ["MOVIE", "CONCERT", "SPORTS", "THEATER", "COMEDY", "CONFERENCE", "OTHER"] as const;
export const CURRENCIES = ["INR", "USD", "EUR", "GBP", "AED", "SGD", "AUD", "JPY"];

/** What a show needs to know of its venue: times are typed on its clocks, prices by its levels. */
const venueShape = z.object({
  venueId: z.string(),
  name: z.string(),
  city: z.string(),
  timeZone: z.string(),
  priceLevels: z.array(z.string()),
});

const showShape = z.object({
  venue: z.nullable(venueShape),
  /** On the venue's clocks, as `2026-11-28T19:30`; so are the other two, which may be empty. */
  startsAt: z.string(),
  salesOpenAt: z.string(),
  salesCloseAt: z.string(),
  prices: z.record(z.string(), z.string()),
  seatLimit: z.string(),
  holdMinutes: z.string(),
});

/** The form as it is typed, finished or not. */
export const eventShape = z.object({
  title: z.string(),
  description: z.string(),
  category: z.enum(CATEGORIES),
  language: z.string(),
  tags: z.string(),
  currency: z.string(),
  shows: z.array(showShape),
});

export type PickedVenue = z.infer<typeof venueShape>;
export type ShowForm = z.infer<typeof showShape>;
export type EventForm = z.infer<typeof eventShape>;

/** What can be wrong with a field; `organizer:form.wrong.*` has the words. */
export type Wrong =
  | "required"
  | "tooLong"
  | "tooManyTags"
  | "noVenue"
  | "noTime"
  | "gap"
  | "past"
  | "tooFar"
  | "order"
  | "afterStart"
  | "amount"
  | "seatLimit"
  | "holdMinutes"
  | "noShows"
  | "tooManyShows";

/**
 * The form as it must be to be sent.
 *
 * @param now milliseconds on the server's clock
 */
export function eventSchema(now: () => number) {
  return eventShape.check(({ value: form, issues }) => {
    const wrong = (path: (string | number)[], message: Wrong) =>
      issues.push({ code: "custom", path, message, input: form });
    const title = form.title.trim();
    if (!title) wrong(["title"], "required");
    if ([...title].length > LIMITS.title) wrong(["title"], "tooLong");
    if ([...form.description.trim()].length > LIMITS.description) wrong(["description"], "tooLong");
    if ([...form.language.trim()].length > LIMITS.language) wrong(["language"], "tooLong");
    const tags = tagsOf(form.tags);
    if (tags.length > LIMITS.tags) wrong(["tags"], "tooManyTags");
    if (tags.some((tag) => [...tag].length > LIMITS.tag)) wrong(["tags"], "tooLong");
    if (form.shows.length === 0) wrong(["shows"], "noShows");
    if (form.shows.length > LIMITS.shows) wrong(["shows"], "tooManyShows");
    for (const [index, show] of form.shows.entries())
      checkShow(show, form.currency, now(), (path, message) => wrong(["shows", index, ...path], message));
  });
}

function checkShow(
  show: ShowForm,
  currency: string,
  now: number,
  wrong: (path: string[], message: Wrong) => void,
): void {
  if (!show.venue) wrong(["venue"], "noVenue");
  const zone = show.venue?.timeZone ?? "UTC";
  const startsAt = checkTime(show.startsAt, zone, (message) => wrong(["startsAt"], message), true);
  const opensAt = checkTime(show.salesOpenAt, zone, (message) => wrong(["salesOpenAt"], message));
  const closesAt = checkTime(show.salesCloseAt, zone, (message) => wrong(["salesCloseAt"], message));
  if (startsAt !== undefined && startsAt <= now) wrong(["startsAt"], "past");
  if (startsAt !== undefined && startsAt - now > AHEAD_MAX_MS) wrong(["startsAt"], "tooFar");
  if (closesAt !== undefined && startsAt !== undefined && closesAt > startsAt) wrong(["salesCloseAt"], "afterStart");
  const salesEnd = closesAt ?? startsAt;
  if (opensAt !== undefined && salesEnd !== undefined && opensAt >= salesEnd)
    wrong([closesAt === undefined ? "salesOpenAt" : "salesCloseAt"], "order");
  for (const level of show.venue?.priceLevels ?? [])
    if (parseAmount(show.prices[level] ?? "", currency) === undefined) wrong(["prices", level], "amount");
  const seatLimit = Number(show.seatLimit);
  if (!/^\d+$/.test(show.seatLimit) || seatLimit < 1 || seatLimit > LIMITS.seats) wrong(["seatLimit"], "seatLimit");
  const hold = holdSeconds(show.holdMinutes);
  if (!(hold >= HOLD_SECONDS.min && hold <= HOLD_SECONDS.max)) wrong(["holdMinutes"], "holdMinutes");
}

/** The moment that was typed; undefined if it is none, and then what is wrong with it was said. */
function checkTime(wall: string, zone: string, wrong: (message: Wrong) => void, needed = false): number | undefined {
  if (!wall) {
    if (needed) wrong("noTime");
    return undefined;
  }
  if (!WALL.test(wall) || Number.isNaN(Date.parse(`${wall}Z`))) {
    wrong("noTime");
    return undefined;
  }
  const at = fromWallClock(wall, zone);
  // In spring clocks jump over an hour.
  if (toWallClock(at, zone) !== wall) wrong("gap");
  return Date.parse(at);
}

function holdSeconds(minutes: string): number {
  return /^\d+([.]\d+)?$/.test(minutes.trim()) ? Math.round(Number(minutes) * 60) : Number.NaN;
}

/** What was typed between commas, each once. */
export function tagsOf(text: string): string[] {
  return [...new Set(text.split(",").map((tag) => tag.trim()))].filter(Boolean);
}

export function emptyShow(): ShowForm {
  return {
    venue: null,
    startsAt: "",
    salesOpenAt: "",
    salesCloseAt: "",
    prices: {},
    seatLimit: "6",
    holdMinutes: "10",
  };
}

export function emptyEvent(): EventForm {
  return {
    title: "",
    description: "",
    category: "CONCERT",
    language: "",
    tags: "",
    currency: "INR",
    shows: [emptyShow()],
  };
}

/** The form of an event that exists. */
export function formOf(event: OwnEvent): EventForm {
  const first = event.shows.flatMap((show) => Object.values(show.prices))[0];
  return {
    title: event.title,
    description: event.description,
    category: event.category,
    language: event.language ?? "",
    tags: event.tags.join(", "),
    currency: first?.currency ?? "INR",
    shows: event.shows.map((show) => {
      const wall = (at: string | null | undefined) => (at ? toWallClock(at, show.timeZone) : "");
      return {
        venue: {
          venueId: show.venueId,
          name: show.venueName,
          city: show.city,
          timeZone: show.timeZone,
          priceLevels: Object.keys(show.prices).sort(),
        },
        startsAt: wall(show.startsAt),
        salesOpenAt: wall(show.salesOpenAt),
        salesCloseAt: wall(show.salesCloseAt),
        prices: Object.fromEntries(Object.entries(show.prices).map(([level, price]) => [level, amountText(price)])),
        seatLimit: String(show.seatLimit),
        holdMinutes: String(show.holdSeconds / 60),
      };
    }),
  };
}

/** What is sent of a form that was checked. */
export function bodyOf(form: EventForm): Schema["CreateEvent"] {
  return {
    title: form.title.trim(),
    description: form.description.trim(),
    category: form.category,
    language: form.language.trim() || null,
    tags: tagsOf(form.tags),
    shows: form.shows.map((show) => showBody(show, form.currency)),
  };
}

function showBody(show: ShowForm, currency: string): Schema["ShowBody"] {
  if (!show.venue) throw new Error("a checked show has a venue");
  const { venueId, timeZone, priceLevels } = show.venue;
  const prices = priceLevels.map((level) => [
    level,
    { amount: parseAmount(show.prices[level] ?? "", currency), currency },
  ]);
  return {
    venueId,
    startsAt: fromWallClock(show.startsAt, timeZone),
    ...(show.salesOpenAt && { salesOpenAt: fromWallClock(show.salesOpenAt, timeZone) }),
    ...(show.salesCloseAt && { salesCloseAt: fromWallClock(show.salesCloseAt, timeZone) }),
    prices: Object.fromEntries(prices),
    seatLimit: Number(show.seatLimit),
    holdSeconds: holdSeconds(show.holdMinutes),
  };
}

/** The members that differ: a pause in typing a title does not write sixty shows anew. */
export function changes(
  before: Schema["CreateEvent"] | undefined,
  after: Schema["CreateEvent"],
): Schema["UpdateEvent"] {
  const differs = ([member, value]: [string, unknown]) =>
    JSON.stringify(value) !== JSON.stringify(before?.[member as keyof Schema["CreateEvent"]]);
  return Object.fromEntries(Object.entries(after).filter(differs)) as Schema["UpdateEvent"];
}

const SHOW_FIELDS: Record<string, string> = { venueId: "venue", holdSeconds: "holdMinutes" };

/** The field that a problem's pointer means; undefined if it means none. */
export function fieldOf(pointer: string): string | undefined {
  const [, first = "", index, member, level] = pointer.split("/");
  if (first === "shows" && index !== undefined && member !== undefined) {
    const field = SHOW_FIELDS[member] ?? member;
    return member === "prices" && level !== undefined ? `shows.${index}.prices.${level}` : `shows.${index}.${field}`;
  }
  return Object.hasOwn(eventShape.shape, first) ? first : undefined;
}

/** The same show so many times more, every so many days at the same time on the venue's clocks. */
export function repeated(show: ShowForm, everyDays: number, times: number): ShowForm[] {
  return Array.from({ length: times }, (_, index) => {
    const later = (wall: string) => laterWall(wall, everyDays * (index + 1));
    return {
      ...show,
      prices: { ...show.prices },
      startsAt: later(show.startsAt),
      salesCloseAt: later(show.salesCloseAt),
    };
  });
}

function laterWall(wall: string, days: number): string {
  if (!WALL.test(wall)) return wall;
  const day = new Date(`${wall.slice(0, 10)}T00:00Z`);
  day.setUTCDate(day.getUTCDate() + days);
  return `${day.toISOString().slice(0, 10)}${wall.slice(10)}`;
}
