import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Navigate, useParams } from "react-router";
import { holdQuery, watchHold } from "@/api/holds";
import { usePaid } from "@/api/payments";
import { showQuery } from "@/api/shows";
import { asProblem } from "@/lib/problem";
import { ProblemNotice } from "@/parts/problem-notice";
import { useSeatName } from "@/parts/seat-name";
import { ButtonLink } from "@/ui/button";
import { Page } from "@/ui/page";
import { Skeleton } from "@/ui/skeleton";
import { memoryOf, remember, remembered } from "../model";
import { Checkout } from "./checkout";
import { HoldOver } from "./hold-over";
import { ShowSummary } from "./show-summary";

/** From held places to a payment. */
export function CheckoutPage() {
  const { t } = useTranslation(["checkout", "common"]);
  const { showId = "" } = useParams();
  const show = useQuery(showQuery(showId));
  const hold = useQuery(holdQuery(showId));
  const seatName = useSeatName(show.data?.sections);

  useEffect(() => {
    if (hold.data) remember(showId, memoryOf(hold.data));
  }, [hold.data, showId]);

  const { refetch } = hold;
  useEffect(() => watchHold(showId, () => void refetch()), [showId, refetch]);

  const memory = remembered(showId);
  // Only where there is no hold any more: one that is on its way may be a new one.
  const bookingId = hold.data === null ? memory.bookingId : (hold.data?.bookingId ?? undefined);
  const paid = usePaid(bookingId);
  // Who has paid already, here or in another tab, is shown what became of it, not asked to pay again.
  if (paid) return <Navigate to={`/bookings/${bookingId}`} replace />;

  const failed = show.error ?? hold.error;
  if (failed && !(show.data && hold.data)) {
    return (
      <Page title={t("title")} narrow>
        <ProblemNotice
          error={failed}
          onRetry={() => void Promise.all([show.refetch(), hold.refetch()])}
          {...(asProblem(failed).kind === "not-found" && {
            action: <ButtonLink to="/events">{t("common:notFound.action")}</ButtonLink>,
          })}
        />
      </Page>
    );
  }
  if (!show.data || hold.data === undefined) return <CheckoutSkeleton title={t("title")} />;
  return (
    <Page title={t("title")}>
      {hold.data ? (
        <Checkout show={show.data} hold={hold.data} seatName={seatName} />
      ) : (
        <div className="mx-auto flex max-w-2xl flex-col gap-6">
          <ShowSummary show={show.data} />
          <HoldOver showId={showId} memory={memory} seatName={seatName} />
        </div>
      )}
    </Page>
  );
}

function CheckoutSkeleton({ title }: { title: string }) {
  return (
    <Page title={title}>
      <div className="grid gap-6 lg:grid-cols-[1.3fr_1fr]">
        <Skeleton className="h-40 rounded-3xl" />
        <Skeleton className="h-80 rounded-3xl" />
        <Skeleton className="h-64 rounded-3xl" />
      </div>
    </Page>
  );
}
