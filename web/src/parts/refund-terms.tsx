import { useTranslation } from "react-i18next";
import type { Schema } from "@/lib/api";
import { serverNow } from "@/lib/clock";
import { refundStages } from "@/lib/refund";
import { dayAndTime } from "@/lib/time";

/** A show's terms in plain words and with dates: until when how much goes back. Needs the namespace `checkout`. */
export function RefundTerms({ show }: { show: Pick<Schema["ShowView"], "refundTerms" | "startsAt" | "timeZone"> }) {
  const { t } = useTranslation("checkout");
  const stages = refundStages(show.refundTerms, show.startsAt, serverNow()).filter(({ over }) => !over);
  if (stages.length === 0) return <p>{t("terms.none")}</p>;
  return (
    <div className="flex flex-col gap-1">
      <ul className="flex flex-col gap-1">
        {stages.map(({ until, percent }) => (
          <li key={until}>
            {t(percent === 100 ? "terms.whole" : "terms.part", { until: dayAndTime(until, show.timeZone), percent })}
          </li>
        ))}
      </ul>
      <p className="text-muted">
        {t("terms.after")} {t(show.refundTerms.feeBack ? "terms.feeBack" : "terms.feeKept")}
      </p>
    </div>
  );
}
