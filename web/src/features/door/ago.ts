import { locale } from "@/lib/i18n";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** How old something is, as people say it: "2 minutes ago". */
export function ago(ageMs: number): string {
  const format = new Intl.RelativeTimeFormat(locale(), { numeric: "auto" });
  if (ageMs < MINUTE_MS) return format.format(0, "minute");
  if (ageMs < HOUR_MS) return format.format(-Math.floor(ageMs / MINUTE_MS), "minute");
  return format.format(-Math.floor(ageMs / HOUR_MS), "hour");
}
