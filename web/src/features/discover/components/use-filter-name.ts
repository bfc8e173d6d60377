import { useTranslation } from "react-i18next";
import { money } from "@/lib/money";
import { day } from "@/lib/time";
import { type FilterName, type Filters, maxPriceOf, namedDates } from "../model";

/** Says a set filter in words, as `This weekend`. */
export function useFilterName(filters: Filters): (name: FilterName) => string {
  const { t } = useTranslation(["discover", "common"]);
  return (name) => {
    switch (name) {
      case "category":
        return filters.category ? t(`common:category.${filters.category}`) : "";
      case "city":
        return filters.city ?? "";
      case "maxPrice":
        return t("discover:filter.upTo", { price: money(maxPriceOf(filters)) });
      case "dates": {
        const named = namedDates().find(({ from, to }) => from === filters.from && to === filters.to);
        if (named) return t(`discover:dates.${named.name}`);
        const say = (date: string | undefined) => (date ? day(`${date}T12:00:00Z`, "UTC") : "…");
        return `${say(filters.from)} – ${say(filters.to)}`;
      }
    }
  };
}
