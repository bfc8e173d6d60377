import { useQuery } from "@tanstack/react-query";
import { Hourglass } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Navigate } from "react-router";
import { bookingQuery } from "@/api/bookings";
import { RetakeSeats } from "@/parts/retake-seats";
import { ButtonLink } from "@/ui/button";
import { Card } from "@/ui/card";
import { Skeleton } from "@/ui/skeleton";
import type { Memory } from "../model";

/** The hold is over, or there never was one: the same seats again at one tap, if it is known which they were. */
export function HoldOver({
  showId,
  memory,
  seatName,
}: {
  showId: string;
  memory: Memory;
  seatName: (seat: string) => string;
}) {
  const { t } = useTranslation("checkout");
  const booking = useQuery({ ...bookingQuery(memory.bookingId ?? ""), enabled: !!memory.bookingId });
  // Who comes back here after the booking was made is shown the booking.
  if (booking.data?.status === "CONFIRMED") return <Navigate to={`/bookings/${booking.data.bookingId}`} replace />;
  if (booking.isLoading) return <Skeleton className="h-56 rounded-3xl" />;
  const known = memory.seats.length > 0;
  return (
    <Card className="flex flex-col gap-4">
      <h2 className="flex items-center gap-3 text-xl font-bold">
        <Hourglass aria-hidden className="size-6 text-velvet" />
        {t(known ? "over.title" : "over.none")}
      </h2>
      <p role={known ? "alert" : undefined}>{t(known ? "over.text" : "over.noneText")}</p>
      {known && <p className="text-muted">{memory.seats.map(seatName).join(", ")}</p>}
      <RetakeSeats showId={showId} seats={memory.seats} seatName={seatName} />
      {memory.bookingId && (
        <p>
          {t("over.paid")}{" "}
          <ButtonLink kind="quiet" size="small" to={`/bookings/${memory.bookingId}`}>
            {t("over.booking")}
          </ButtonLink>
        </p>
      )}
    </Card>
  );
}
