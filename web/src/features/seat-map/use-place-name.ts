import { useTranslation } from "react-i18next";
import type { Plan } from "./model/plan";

/** Names of places: whole as `Stalls · Row A, seat 3`, or short as `A-3`. */
export function usePlaceName(plan: Plan): { full(place: number): string; short(place: number): string } {
  const { t } = useTranslation("common");
  return {
    full(place) {
      const { name } = plan.section(place);
      const number = plan.number(place);
      return `${name} · ${plan.isStanding(place) ? t("seat.standing") : t("seat.label", { row: plan.row(place).label, number })}`;
    },
    short: (place) =>
      plan.isStanding(place)
        ? `${plan.section(place).name} · ${t("seat.standing")}`
        : `${plan.row(place).label}-${plan.number(place)}`,
  };
}

/** `A, B and C`, as the language joins them; what is said twice is said once. */
export function list(words: readonly string[], language: string): string {
  return new Intl.ListFormat(language, { type: "conjunction" }).format([...new Set(words)]);
}
