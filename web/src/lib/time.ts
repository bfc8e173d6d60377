import { locale } from "./i18n";

const formats = new Map<string, Intl.DateTimeFormat>();

function format(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale()} ${JSON.stringify(options)}`;
  let found = formats.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat(locale(), options);
    formats.set(key, found);
  }
  return found;
}

/** The zone of this device. */
export function ownZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Sat, 28 Nov 2026 in the venue's zone. */
export function day(at: string, timeZone: string): string {
  return format({ weekday: "short", day: "numeric", month: "short", year: "numeric", timeZone }).format(new Date(at));
}

/** Saturday, 28 November 2026. */
export function longDay(at: string, timeZone: string): string {
  return format({ weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone }).format(new Date(at));
}

/** 7:30 pm. */
export function clockTime(at: string, timeZone: string): string {
  return format({ hour: "numeric", minute: "2-digit", timeZone }).format(new Date(at));
}

/** Sat, 28 Nov, 7:30 pm. */
export function dayAndTime(at: string, timeZone: string): string {
  return format({
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "numeric",
    minute: "2-digit",
    timeZone,
  }).format(new Date(at));
}

/** The short name of a zone at a moment, as IST. */
export function zoneName(at: string, timeZone: string): string {
  const parts = format({ timeZone, timeZoneName: "short" }).formatToParts(new Date(at));
  return parts.find((part) => part.type === "timeZoneName")?.value ?? timeZone;
}

/** Whether clocks of two zones show different times at a moment. */
export function zonesDiffer(at: string, a: string, b: string): boolean {
  const options: Intl.DateTimeFormatOptions = { dateStyle: "short", timeStyle: "short" };
  return (
    format({ ...options, timeZone: a }).format(new Date(at)) !==
    format({ ...options, timeZone: b }).format(new Date(at))
  );
}

/** 9:41, or 1:05:09: what is left of a countdown. Never below zero. */
export function countdown(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  const two = (value: number) => String(value).padStart(2, "0");
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** The moment that `2026-11-28T19:30` on the clocks of a zone stands for, as RFC 3339 UTC. */
export function fromWallClock(wall: string, timeZone: string): string {
  const asUtc = Date.parse(`${wall}:00Z`);
  // Twice, because the offset may differ on the other side of a change of clocks.
  let at = asUtc - offsetMs(asUtc, timeZone);
  at = asUtc - offsetMs(at, timeZone);
  return new Date(at).toISOString().replace(".000Z", "Z");
}

/** What the clocks of a zone show at a moment, as a `datetime-local` field wants it. */
export function toWallClock(at: string, timeZone: string): string {
  const ms = Date.parse(at);
  return new Date(ms + offsetMs(ms, timeZone)).toISOString().slice(0, 16);
}

function offsetMs(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  }).formatToParts(new Date(at));
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value);
  const wall = Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
  return wall - Math.floor(at / 1000) * 1000;
}
