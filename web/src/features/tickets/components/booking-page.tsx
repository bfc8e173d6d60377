import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useParams, useSearchParams } from "react-router";
import { bookingQuery } from "@/api/bookings";
import { holdQuery } from "@/api/holds";
import { paidOf, rememberPaid } from "@/api/payments";
import { showQuery } from "@/api/shows";
import { asProblem } from "@/lib/problem";
import { useSession } from "@/lib/session";
import { ProblemNotice } from "@/parts/problem-notice";
import { useSeatName } from "@/parts/seat-name";
import { ButtonLink } from "@/ui/button";
import { Empty } from "@/ui/empty";
import { Page } from "@/ui/page";
import { Skeleton } from "@/ui/skeleton";
import { freshTicketsQuery } from "../api/tickets";
import { pollMs, storyOf } from "../model";
import { useConfirmation } from "../use-confirmation";
import { BookingDetails } from "./booking-details";
import { BookingStory } from "./booking-story";

/** One booking: what became of it, its tickets, its money. */
export function BookingPage() {
  const { t } = useTranslation("tickets");
  const { bookingId = "" } = useParams();
  useReturnFromBank(bookingId);
  const booking = useQuery({
    ...bookingQuery(bookingId),
    refetchInterval: ({ state }) => pollMs(state.data, paidOf(bookingId)),
    refetchOnMount: "always",
  });
  const data = booking.data;
  const pending = data?.status === "PENDING";
  useConfirmation(data);
  useKeepTickets(data?.status === "CONFIRMED");
  const show = useQuery({ ...showQuery(data?.showId ?? ""), enabled: !!data });
  const hold = useQuery({ ...holdQuery(data?.showId ?? ""), enabled: pending });
  const seatName = useSeatName(show.data?.sections);

  if (!data) {
    if (booking.error) return <Missing error={booking.error} onRetry={() => void booking.refetch()} />;
    return <BookingSkeleton title={t("booking.title")} />;
  }
  if (show.isPending || (pending && hold.isPending)) return <BookingSkeleton title={t("booking.title")} />;
  const story = storyOf(data, paidOf(bookingId), hold.data);
  return (
    <Page title={t("booking.numbered", { number: data.bookingNumber })} heading={null}>
      <div className="flex flex-col gap-6">
        <BookingStory booking={data} story={story} hold={hold.data ?? undefined} seatName={seatName} />
        {booking.isRefetchError && <ProblemNotice error={booking.error} onRetry={() => void booking.refetch()} />}
        <BookingDetails booking={data} show={show.data} seatName={seatName} />
      </div>
    </Page>
  );
}

/** Whoever has just bought can walk off without a network: the tickets are put on this device at once. */
function useKeepTickets(confirmed: boolean): void {
  const { userId = "" } = useSession();
  const queries = useQueryClient();
  useQuery({ ...freshTicketsQuery(userId, queries), enabled: confirmed && userId !== "" });
}

/** Banks with a page of their own send the buyer back here, with what they paid in the address. */
function useReturnFromBank(bookingId: string): void {
  const [search, setSearch] = useSearchParams();
  const intent = search.get("payment_intent");
  const outcome = search.get("redirect_status");
  useEffect(() => {
    if (!intent) return;
    if (outcome !== "failed") rememberPaid(bookingId, { proof: { paymentIntentId: intent }, heldUntil: "" });
    setSearch({}, { replace: true });
  }, [bookingId, intent, outcome, setSearch]);
}

function Missing({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation("tickets");
  if (asProblem(error).kind !== "not-found") {
    return (
      <Page title={t("booking.title")} narrow>
        <ProblemNotice error={error} onRetry={onRetry} />
      </Page>
    );
  }
  return (
    <Page title={t("booking.missing")} heading={null} narrow>
      <Empty
        title={t("booking.missing")}
        heading="h1"
        action={<ButtonLink to="/bookings">{t("booking.toBookings")}</ButtonLink>}
      >
        {t("booking.missingText")}
      </Empty>
    </Page>
  );
}

function BookingSkeleton({ title }: { title: string }) {
  return (
    <Page title={title} heading={null}>
      <div className="flex flex-col gap-6">
        <Skeleton className="h-40 rounded-3xl" />
        <div className="grid gap-6 lg:grid-cols-[1.3fr_1fr]">
          <Skeleton className="h-64 rounded-3xl" />
          <Skeleton className="h-64 rounded-3xl" />
        </div>
      </div>
    </Page>
  );
}
