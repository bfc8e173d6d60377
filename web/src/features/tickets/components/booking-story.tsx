import { useQueryClient } from "@tanstack/react-query";
import { CircleCheck, CircleX, Clock, Hourglass } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import type { Booking } from "@/api/bookings";
import { type Hold, holdQuery } from "@/api/holds";
import { HoldTimer } from "@/parts/hold-timer";
import { RetakeSeats } from "@/parts/retake-seats";
import { Badge } from "@/ui/badge";
import { ButtonLink } from "@/ui/button";
import { Card } from "@/ui/card";
import { moneyOf, STATUS_TONES, type Story } from "../model";
import { Confirming } from "./confirming";

interface Props {
  booking: Booking;
  story: Story;
  hold: Hold | undefined;
  seatName: (seat: string) => string;
}

const ICONS: Record<Story, ReactNode> = {
  confirmed: <CircleCheck aria-hidden className="size-9 text-good" />,
  "confirmed-late": <CircleCheck aria-hidden className="size-9 text-good" />,
  confirming: <Hourglass aria-hidden className="size-9 text-velvet" />,
  unpaid: <Clock aria-hidden className="size-9 text-warn" />,
  overdue: <Clock aria-hidden className="size-9 text-warn" />,
  expired: <Clock aria-hidden className="size-9 text-muted" />,
  lost: <CircleX aria-hidden className="size-9 text-bad" />,
  cancelled: <CircleX aria-hidden className="size-9 text-muted" />,
};

/** What became of the booking, in words, and what its owner can do now. Every change is announced. */
export function BookingStory({ booking, story, hold, seatName }: Props) {
  const { t } = useTranslation("tickets");
  return (
    <Card className="flex flex-col gap-4 overflow-hidden">
      {story.startsWith("confirmed") && <div aria-hidden className="footlights -mx-5 -mt-5 h-3 bg-velvet" />}
      <div aria-live="polite" className="flex items-start gap-4">
        {ICONS[story]}
        <div className="min-w-0 flex-1">
          <h1 tabIndex={-1} className="text-2xl font-extrabold outline-none sm:text-3xl">
            {t(`story.${story}.title`)}
          </h1>
          <p className="mt-1">{t(`story.${story}.text`)}</p>
          <Why booking={booking} story={story} />
          <p className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-1 text-muted">
            <Badge tone={STATUS_TONES[booking.status]}>{t(`status.${booking.status}`)}</Badge>
            {booking.bookingNumber}
          </p>
        </div>
      </div>
      <WhatNow booking={booking} story={story} hold={hold} seatName={seatName} />
    </Card>
  );
}

/** Why it was called off, and what that means for the money. */
function Why({ booking, story }: Pick<Props, "booking" | "story">) {
  const { t } = useTranslation("tickets");
  if (story !== "lost" && story !== "cancelled" && story !== "expired") return null;
  return (
    <>
      {booking.cancelReason && <p className="mt-1">{t(`reason.${booking.cancelReason}`)}</p>}
      <p className="mt-1 font-semibold">{t(`money.${moneyOf(booking)}`)}</p>
    </>
  );
}

function WhatNow({ booking, story, hold, seatName }: Props) {
  const { t } = useTranslation("tickets");
  const navigate = useNavigate();
  const queries = useQueryClient();
  const checkout = `/shows/${booking.showId}/checkout`;
  const seats = booking.seats.map(({ seat }) => seat);
  const retake = (
    <RetakeSeats showId={booking.showId} seats={seats} seatName={seatName} onHeld={() => void navigate(checkout)} />
  );
  switch (story) {
    case "confirming":
      return <Confirming />;
    case "unpaid":
      return (
        <>
          {hold && (
            <HoldTimer hold={hold} onExpired={() => queries.setQueryData(holdQuery(booking.showId).queryKey, null)} />
          )}
          <ButtonLink to={checkout} size="large" className="self-start">
            {t("story.unpaid.action")}
          </ButtonLink>
        </>
      );
    case "overdue":
    case "expired":
      return retake;
    case "lost":
      return booking.cancelReason === "PLACES_LOST" ? (
        <ButtonLink to={`/shows/${booking.showId}`} className="self-start">
          {t("story.lost.action")}
        </ButtonLink>
      ) : null;
    case "confirmed":
    case "confirmed-late":
    case "cancelled":
      return null;
  }
}
