import { useTranslation } from "react-i18next";
import type { Schema } from "@/lib/api";

const HOURS_PER_DAY = 24;

/** What goes back to buyers who call their booking off, for all dates of an event: counted back from each. */
export function RefundRules({ terms }: { terms: Schema["RefundTerms"] }) {
  const { t } = useTranslation("discover");
  if (terms.steps.length === 0) return <p>{t("refund.none")}</p>;
  return (
    <ul className="list-disc pl-5">
      {terms.steps.map(({ untilHours, rate }) => {
        const days = untilHours % HOURS_PER_DAY === 0 && untilHours > 0;
        const count = days ? untilHours / HOURS_PER_DAY : untilHours;
        return (
          <li key={untilHours}>
            {t(untilHours === 0 ? "refund.untilStart" : days ? "refund.days" : "refund.hours", {
              count,
              share: rate / 100,
            })}
          </li>
        );
      })}
      <li>{t(terms.feeBack ? "refund.feeBack" : "refund.feeKept")}</li>
    </ul>
  );
}
