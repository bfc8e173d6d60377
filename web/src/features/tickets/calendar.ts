/** A calendar file (RFC 5545) for one show. */
export interface CalendarEntry {
  /** Stays the same, so that a second import does not make a second entry. */
  uid: string;
  title: string;
  /** RFC 3339. */
  startsAt: string;
  place: string;
  notes: string;
  url: string;
}

/** Nobody tells how long a show lasts; so much of the evening is kept free. */
const DURATION = "PT2H";
/** Octets of a line, without its end (section 3.1). */
const LINE_OCTETS_MAX = 75;

export function calendarFile(entry: CalendarEntry, now: Date): string {
  return [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Frontrow//Tickets//EN",
    "CALSCALE:GREGORIAN",
    "METHOD:PUBLISH",
    "BEGIN:VEVENT",
    `UID:${entry.uid}`,
    `DTSTAMP:${utc(now)}`,
    `DTSTART:${utc(new Date(entry.startsAt))}`,
    `DURATION:${DURATION}`,
    `SUMMARY:${text(entry.title)}`,
    `LOCATION:${text(entry.place)}`,
    `DESCRIPTION:${text(entry.notes)}`,
    `URL:${entry.url}`,
    "BEGIN:VALARM",
    "ACTION:DISPLAY",
    `DESCRIPTION:${text(entry.title)}`,
    "TRIGGER:-PT3H",
    "END:VALARM",
    "END:VEVENT",
    "END:VCALENDAR",
  ]
    .map(folded)
    .join("\r\n")
    .concat("\r\n");
}

/** 20261128T140000Z. */
function utc(at: Date): string {
  return at.toISOString().replace(/[-:]|\.\d{3}/g, "");
}

/** Section 3.3.11. */
function text(value: string): string {
  return value.replace(/[\\;,]/g, "\\$&").replace(/\r\n|\r|\n/g, "\\n");
}

/** Lines that are too long go on in the next one, after a space; never in the middle of a character. */
function folded(line: string): string {
  const octets = new TextEncoder();
  let result = "";
  let length = 0;
  for (const character of line) {
    const size = octets.encode(character).length;
    if (length + size > LINE_OCTETS_MAX) {
      result += "\r\n ";
      length = 1;
    }
    result += character;
    length += size;
  }
  return result;
}
