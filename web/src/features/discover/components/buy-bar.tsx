import { useTranslation } from "react-i18next";
import type { Schema } from "@/lib/api";
import { serverNow } from "@/lib/clock";
import { allIn, money } from "@/lib/money";
import { dayAndTime } from "@/lib/time";
import { ButtonLink } from "@/ui/button";
import { saleState } from "../model";

/** On phones the next show is always one tap away. */
export function BuyBar({ show }: { show: Schema["ShowView"] }) {
  const { t } = useTranslation("discover");
  if (saleState(show, serverNow()).state !== "on-sale") return null;
  const lowest = Object.values(show.prices)
    .map((price) => allIn(price, show))
    .reduce((a, b) => (a.amount <= b.amount ? a : b));
  return (
    <div className="fixed inset-x-0 bottom-0 z-30 border-t border-line bg-surface px-4 py-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] shadow-high md:hidden">
      <div className="flex items-center justify-between gap-3">
        <p className="min-w-0">
          <strong className="block text-lg leading-tight">
            {t("card.from")} {money(lowest)}
          </strong>
          <span className="block truncate text-sm text-muted">{dayAndTime(show.startsAt, show.timeZone)}</span>
        </p>
        <ButtonLink to={`/shows/${show.showId}`}>{t("show.choose")}</ButtonLink>
      </div>
    </div>
  );
}
