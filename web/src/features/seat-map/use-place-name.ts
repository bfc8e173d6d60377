import { useTranslation } from "react-i18next";
import type { Plan } from "./model/plan";

/** Names of places: one whole as `Stalls · Row A, seat 3`, one short as `A-3`, several as `Stalls · Row A, seats 3 and 4`. */
export function usePlaceName(plan: Plan) {
  const { t, i18n } = useTranslation(["seat-map", "common"]);
  const joined = (words: readonly string[]) =>
    new Intl.ListFormat(i18n.language, { type: "conjunction" }).format([...new Set(words)]);

  function full(place: number): string {
    const { name } = plan.section(place);
    if (plan.isStanding(place)) return `${name} · ${t("common:seat.standing")}`;
    return `${name} · ${t("common:seat.label", { row: plan.row(place).label, number: plan.number(place) })}`;
  }

  function short(place: number): string {
    return plan.isStanding(place) ? plan.section(place).name : `${plan.row(place).label}-${plan.number(place)}`;
  }

  /** Places of one row together. */
  function inRow(places: readonly number[]): string {
    const [first = 0] = places;
    const [section, count] = [plan.section(first).name, places.length];
    if (plan.isStanding(first)) return t("places.standing", { section, count });
    const numbers = joined(places.map((place) => String(plan.number(place))));
    return count === 1 ? full(first) : t("places.row", { section, row: plan.row(first).label, numbers });
  }

  return {
    full,
    short,
    shortList: (places: readonly number[]) => joined(places.map(short)),
    list(places: readonly number[]): string {
      const sorted = [...places].sort((a, b) => a - b);
      const rows = new Set(sorted.map((place) => plan.row(place).index));
      return joined([...rows].map((row) => inRow(sorted.filter((place) => plan.row(place).index === row))));
    },
  };
}
