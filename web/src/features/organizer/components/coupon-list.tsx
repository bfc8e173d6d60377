import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { Plus, TicketPercent } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { useAction } from "@/api/use-action";
import { money } from "@/lib/money";
import { dayAndTime, ownZone } from "@/lib/time";
import { useProblemText } from "@/parts/problem-notice";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { Empty } from "@/ui/empty";
import { Skeleton } from "@/ui/skeleton";
import { type Coupon, couponsQuery, disableCoupon } from "../api/coupons";
import { percentText } from "../percent";
import { NewCoupon } from "./new-coupon";
import { OrganizationProblem } from "./organization-problem";

/** The organization's coupons: another one, and an end to one that is. */
export function CouponList() {
  const { t } = useTranslation(["organizer", "common"]);
  const [search] = useSearchParams();
  const eventId = search.get("event") ?? undefined;
  const [creating, setCreating] = useState(eventId !== undefined);
  const coupons = useInfiniteQuery(couponsQuery());
  const items = coupons.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <Button kind="secondary" className="mb-5" onClick={() => setCreating(true)}>
        <Plus aria-hidden />
        {t("coupon.new")}
      </Button>
      <Dialog open={creating} onClose={() => setCreating(false)} title={t("coupon.new")}>
        <NewCoupon eventId={eventId} onDone={() => setCreating(false)} />
      </Dialog>
      {coupons.isError && <OrganizationProblem error={coupons.error} onRetry={() => void coupons.refetch()} />}
      {coupons.isPending && <Skeleton className="h-40 rounded-2xl" />}
      {coupons.isSuccess && items.length === 0 && (
        <Empty icon={<TicketPercent aria-hidden />} title={t("coupon.none")}>
          {t("coupon.noneText")}
        </Empty>
      )}
      <ul className="flex flex-col gap-3">
        {items.map((coupon) => (
          <li key={coupon.code}>
            <CouponLine coupon={coupon} />
          </li>
        ))}
      </ul>
      {coupons.hasNextPage && (
        <Button
          kind="secondary"
          className="mt-4"
          busy={coupons.isFetchingNextPage}
          onClick={() => void coupons.fetchNextPage()}
        >
          {t("common:loadMore")}
        </Button>
      )}
    </>
  );
}

function CouponLine({ coupon }: { coupon: Coupon }) {
  const { t } = useTranslation("organizer");
  const queries = useQueryClient();
  const problemText = useProblemText();
  const active = coupon.status === "ACTIVE";
  const disable = useAction({
    mutationFn: () => disableCoupon(coupon.code),
    onSuccess: () => queries.invalidateQueries({ queryKey: couponsQuery().queryKey }),
  });
  const zone = ownZone();
  const terms = [
    coupon.eventId && t("coupon.oneEvent"),
    coupon.minimum && t("coupon.from", { amount: money(coupon.minimum) }),
    coupon.validFrom && t("coupon.since", { time: dayAndTime(coupon.validFrom, zone) }),
    coupon.validUntil && t("coupon.until", { time: dayAndTime(coupon.validUntil, zone) }),
    coupon.usesMax && t("coupon.used", { used: coupon.used ?? 0, of: coupon.usesMax }),
    coupon.usesPerUserMax && t("coupon.perPerson", { count: coupon.usesPerUserMax }),
  ];
  return (
    <div className="flex flex-wrap items-center gap-x-6 gap-y-2 rounded-2xl border border-line bg-surface px-4 py-3 shadow-soft">
      <div className="min-w-0 flex-1 basis-56">
        <p className="font-mono font-semibold">
          {coupon.code}{" "}
          <Badge tone={active ? "good" : "plain"} className="font-sans">
            {active ? t("coupon.active") : t("coupon.disabled")}
          </Badge>
        </p>
        <p className="text-sm text-muted">{terms.filter(Boolean).join(" · ")}</p>
        {disable.isError && (
          <p role="alert" className="text-sm text-bad">
            {problemText(disable.error)}
          </p>
        )}
      </div>
      <p className="font-semibold tabular-nums">
        {coupon.amount ? money(coupon.amount) : `${percentText(coupon.rate ?? 0)} %`}
      </p>
      {active && (
        <Button
          kind="secondary"
          size="small"
          busy={disable.isPending}
          aria-label={t("coupon.disableOf", { code: coupon.code })}
          onClick={() => disable.run()}
        >
          {t("coupon.disable")}
        </Button>
      )}
    </div>
  );
}
