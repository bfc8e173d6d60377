import { useQuery } from "@tanstack/react-query";
import { Armchair } from "lucide-react";
import { useTranslation } from "react-i18next";
import { showQuery } from "@/api/shows";
import type { Schema } from "@/lib/api";
import { serverNow } from "@/lib/clock";
import { allIn, money } from "@/lib/money";
import { countdown, dayAndTime } from "@/lib/time";
import { useCountdown } from "@/parts/use-countdown";
import { When } from "@/parts/when";
import { Badge } from "@/ui/badge";
import { ButtonLink } from "@/ui/button";
import { saleState } from "../model";

/** When less than this share of the places is left, it is said. */
const FEW_SHARE = 0.1;
/** A sale that opens sooner than this is counted down to. */
const COUNTED_MS = 24 * 3_600_000;

/** One date: when, for how much in all, what is left, and the way in. */
export function ShowRow({ show }: { show: Schema["ShowView"] }) {
  const { t } = useTranslation("discover");
  const left = useCountdown(show.salesOpenAt ?? undefined);
  const sale = saleState(show, left === 0 ? serverNow() : Date.parse(show.salesOpenAt ?? "") - left);
  const open = sale.state === "on-sale";
  const detail = useQuery({ ...showQuery(show.showId), enabled: open });
  const capacity = sum(detail.data?.sections, "capacity");
  const available = sum(detail.data?.sections, "available");
  const soldOut = detail.isSuccess && available === 0;
  const totals = Object.values(show.prices)
    .map((price) => allIn(price, show))
    .sort((a, b) => a.amount - b.amount);
  const [lowest, highest] = [totals[0], totals.at(-1)];

  return (
    <div className="flex flex-wrap items-center gap-x-6 gap-y-3 rounded-3xl border border-line bg-surface p-4 shadow-soft sm:p-5">
      <div className="min-w-0 flex-1 basis-56">
        <p className="text-lg font-bold">
          <When at={show.startsAt} timeZone={show.timeZone} />
        </p>
        <p className="text-muted">
          {show.venueName}, {show.city}
        </p>
        <p className="mt-1 flex flex-wrap items-center gap-2">
          {lowest && highest && (
            <span>{lowest.amount === highest.amount ? money(lowest) : `${money(lowest)} – ${money(highest)}`}</span>
          )}
          {open && detail.isSuccess && !soldOut && available <= capacity * FEW_SHARE && (
            <Badge tone="warn">{t("show.few", { count: available })}</Badge>
          )}
          {open && detail.isSuccess && available > capacity * FEW_SHARE && (
            <Badge tone="good">{t("show.left", { count: available })}</Badge>
          )}
        </p>
      </div>
      {open && !soldOut && (
        <ButtonLink
          to={`/shows/${show.showId}`}
          kind="primary"
          aria-label={t("show.chooseFor", { when: dayAndTime(show.startsAt, show.timeZone) })}
        >
          <Armchair aria-hidden />
          {t("show.choose")}
        </ButtonLink>
      )}
      {open && soldOut && <Badge tone="plain">{t("show.soldOut")}</Badge>}
      {sale.state === "opens" && (
        <Badge tone="calm">
          {left < COUNTED_MS
            ? t("show.opensIn", { left: countdown(left) })
            : t("show.opensAt", { when: dayAndTime(sale.at, show.timeZone) })}
        </Badge>
      )}
      {(sale.state === "closed" || sale.state === "over" || sale.state === "cancelled") && (
        <Badge tone={sale.state === "cancelled" ? "bad" : "plain"}>{t(`show.${sale.state}`)}</Badge>
      )}
    </div>
  );
}

function sum(sections: readonly Schema["SectionCountsView"][] | undefined, what: "capacity" | "available"): number {
  return (sections ?? []).reduce((total, section) => total + section[what], 0);
}
