import * as z from "zod/mini";
import type { Schema } from "@/lib/api";

/** The same limits as the server's (`wire::venues`, `domain::layout`). */
export const VENUE_LIMITS = {
  sections: 200,
  rows: 200,
  rowSeats: 500,
  standing: 20_000,
  places: 120_000,
  amenities: 30,
};

const sectionShape = z.object({
  name: z.string(),
  kind: z.enum(["seated", "standing"]),
  /** As `A-J x 20`, several between commas. */
  rows: z.string(),
  capacity: z.string(),
  priceLevel: z.string(),
});

const venueShape = z.object({
  name: z.string(),
  address: z.string(),
  city: z.string(),
  region: z.string(),
  timeZone: z.string(),
  amenities: z.string(),
  sections: z.array(sectionShape),
});

export type SectionForm = z.infer<typeof sectionShape>;
export type VenueForm = z.infer<typeof venueShape>;
export type Row = { label: string; seats: number };

/** What can be wrong with a field; `organizer:venue.wrong.*` has the words. */
export type VenueWrong =
  | "required"
  | "tooLong"
  | "region"
  | "timeZone"
  | "amenities"
  | "rows"
  | "capacity"
  | "priceLevel"
  | "sectionName"
  | "tooManyPlaces"
  | "noSections";

export const venueSchema = venueShape.check(({ value: form, issues }) => {
  const wrong = (path: (string | number)[], message: VenueWrong) =>
    issues.push({ code: "custom", path, message, input: form });
  const lengths = [
    ["name", 120],
    ["address", 300],
    ["city", 80],
  ] as const;
  for (const [member, max] of lengths) {
    const { length } = [...form[member].trim()];
    if (length === 0) wrong([member], "required");
    if (length > max) wrong([member], "tooLong");
  }
  if (form.region && !/^[A-Z]{2}-[A-Z0-9]{1,3}$/.test(form.region.trim())) wrong(["region"], "region");
  if (!isZone(form.timeZone.trim())) wrong(["timeZone"], "timeZone");
  const amenities = listOf(form.amenities);
  if (amenities.length > VENUE_LIMITS.amenities || amenities.some((one) => [...one].length > 60))
    wrong(["amenities"], "amenities");
  if (form.sections.length === 0) wrong(["sections"], "noSections");
  for (const [index, section] of form.sections.entries())
    checkSection(section, (member, message) => wrong(["sections", index, member], message));
  if (placesOf(form) > VENUE_LIMITS.places) wrong(["sections"], "tooManyPlaces");
});

function checkSection(section: SectionForm, wrong: (member: keyof SectionForm, message: VenueWrong) => void): void {
  const { length } = [...section.name.trim()];
  if (length === 0 || length > 80) wrong("name", "sectionName");
  if (section.kind === "seated" && !rowsOf(section.rows)) wrong("rows", "rows");
  if (section.kind === "standing" && standingOf(section.capacity) === undefined) wrong("capacity", "capacity");
  if (!/^[A-Z0-9_]{1,16}$/.test(levelOf(section.priceLevel))) wrong("priceLevel", "priceLevel");
}

/** Rows front to back out of `A-J x 20, K x 18`; undefined if that is none, or more than a section may have. */
export function rowsOf(text: string): Row[] | undefined {
  const rows: Row[] = [];
  for (const part of text.split(",")) {
    const match = /^\s*([A-Za-z0-9]{1,4})\s*(?:[-–]\s*([A-Za-z0-9]{1,4}))?\s*[x×*]\s*(\d{1,3})\s*$/.exec(part);
    if (!match) return undefined;
    const [, from = "", to = from, seats] = match;
    const labels = labelsBetween(from.toUpperCase(), to.toUpperCase());
    const count = Number(seats);
    if (!labels || count < 1 || count > VENUE_LIMITS.rowSeats) return undefined;
    rows.push(...labels.map((label) => ({ label, seats: count })));
  }
  const distinct = new Set(rows.map(({ label }) => label)).size === rows.length;
  return distinct && rows.length > 0 && rows.length <= VENUE_LIMITS.rows ? rows : undefined;
}

/** Labels from one to another, both included: numbers by counting, letters as columns of a spreadsheet (Z, AA, AB). */
function labelsBetween(from: string, to: string): string[] | undefined {
  const numeric = /^\d+$/.test(from) && /^\d+$/.test(to);
  const alphabetic = /^[A-Z]+$/.test(from) && /^[A-Z]+$/.test(to);
  if (from === to) return [from];
  if (!numeric && !alphabetic) return undefined;
  const [first, last] = numeric ? [Number(from), Number(to)] : [rankOf(from), rankOf(to)];
  if (first > last || last - first >= VENUE_LIMITS.rows) return undefined;
  const ranks = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  return ranks.map((rank) => (numeric ? String(rank) : lettersOf(rank)));
}

function rankOf(letters: string): number {
  return [...letters].reduce((rank, letter) => rank * 26 + letter.charCodeAt(0) - 64, 0);
}

function lettersOf(rank: number): string {
  const before = Math.floor((rank - 1) / 26);
  return (before > 0 ? lettersOf(before) : "") + String.fromCharCode(65 + ((rank - 1) % 26));
}

function standingOf(text: string): number | undefined {
  const capacity = /^\d{1,5}$/.test(text.trim()) ? Number(text) : 0;
  return capacity >= 1 && capacity <= VENUE_LIMITS.standing ? capacity : undefined;
}

/** How many places the sections have that can be read so far. */
export function placesOf({ sections }: Pick<VenueForm, "sections">): number {
  const count = (section: SectionForm) =>
    section.kind === "standing"
      ? (standingOf(section.capacity) ?? 0)
      : (rowsOf(section.rows) ?? []).reduce((sum, row) => sum + row.seats, 0);
  return sections.reduce((sum, section) => sum + count(section), 0);
}

/** A short name for a section, of its name's Latin letters and digits where it has some, different from those that are taken. */
export function codeOf(name: string, taken: readonly string[]): string {
  const base =
    name
      .toUpperCase()
      .replace(/[^A-Z0-9]/g, "")
      .slice(0, 9) || "S";
  for (let count = 1; ; count++) {
    const code = count === 1 ? base : `${base}${count}`;
    if (!taken.includes(code)) return code;
  }
}

/** A price level's name as the server wants it: `Front row` becomes `FRONT_ROW`. */
export function levelOf(text: string): string {
  return text
    .trim()
    .toUpperCase()
    .replace(/[\s-]+/g, "_");
}

function listOf(text: string): string[] {
  return [...new Set(text.split(",").map((one) => one.trim()))].filter(Boolean);
}

function isZone(name: string): boolean {
  if (!name || name.length > 40) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

export function emptySection(): SectionForm {
  return { name: "", kind: "seated", rows: "A-J x 20", capacity: "100", priceLevel: "STANDARD" };
}

/** What is sent of a form that was checked. */
export function venueBody(form: VenueForm): Schema["CreateVenue"] {
  const codes: string[] = [];
  return {
    name: form.name.trim(),
    address: form.address.trim(),
    city: form.city.trim(),
    ...(form.region && { region: form.region.trim() }),
    timeZone: form.timeZone.trim(),
    amenities: listOf(form.amenities),
    sections: form.sections.map((section) => {
      const code = codeOf(section.name, codes);
      codes.push(code);
      return {
        code,
        name: section.name.trim(),
        kind: section.kind,
        priceLevel: levelOf(section.priceLevel),
        ...(section.kind === "seated" ? { rows: rowsOf(section.rows) ?? [] } : { capacity: Number(section.capacity) }),
      };
    }),
  };
}

/** The field that a problem's pointer means; undefined if it means none. */
export function venueFieldOf(pointer: string): string | undefined {
  const [, first = "", index, member] = pointer.split("/");
  if (first === "sections" && index !== undefined && member !== undefined)
    return `sections.${index}.${member === "code" ? "name" : member}`;
  return Object.hasOwn(venueShape.shape, first) ? first : undefined;
}
