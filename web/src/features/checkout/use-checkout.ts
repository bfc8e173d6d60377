import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useCallback, useReducer, useState } from "react";
import { useNavigate } from "react-router";
import type { Booking } from "@/api/bookings";
import { bookingQuery } from "@/api/bookings";
import { type Hold, holdQuery, tellHold } from "@/api/holds";
import { confirmPayment, forgetPaid, type Proof, rememberPaid } from "@/api/payments";
import { asProblem } from "@/lib/problem";
import { beginPayment, isPending } from "./api/begin";
import { bookingOf, intentions, next, remember } from "./model";
import type { ProviderId } from "./providers/provider";

/** How often the server is told of a payment before the booking's page takes over and asks. */
const CONFIRM_RETRIES = 2;

/** The way from the pay button to the booking's page. */
export function useCheckout(hold: Hold) {
  const { showId, holdId } = hold;
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [keys] = useState(() => intentions());
  const [step, happen] = useReducer(next, { name: "review" });

  const show = useCallback(
    (booking: Booking) => {
      queries.setQueryData(bookingQuery(booking.bookingId).queryKey, booking);
      void queries.invalidateQueries({ queryKey: ["bookings"] });
      tellHold(showId);
      // In the place of this page: "back" leads to the seats, not to a payment that is done.
      void navigate(`/bookings/${booking.bookingId}`, { replace: true });
    },
    [navigate, queries, showId],
  );

  const begin = useMutation({
    mutationFn: ({ provider, couponCode }: { provider: ProviderId; couponCode: string }) => {
      const booked = bookingOf(step);
      const wish = { showId, holdId, provider, ...(couponCode && { couponCode }), ...(booked && { failed: booked }) };
      return beginPayment(wish, keys);
    },
    onSuccess: (booking) => {
      remember(showId, { bookingId: booking.bookingId });
      queries.setQueryData(bookingQuery(booking.bookingId).queryKey, booking);
      queries.setQueryData(holdQuery(showId).queryKey, (held) => held && { ...held, bookingId: booking.bookingId });
      tellHold(showId);
      if (isPending(booking)) happen({ type: "begun", booking });
      else {
        rememberPaid(booking.bookingId, { heldUntil: hold.expiresAt });
        show(booking);
      }
    },
    onError: (error) => {
      const { kind, members } = asProblem(error);
      if (kind === "hold-expired" || kind === "booking-expired" || kind === "not-found") {
        queries.setQueryData(holdQuery(showId).queryKey, null);
      }
      if (kind === "state-conflict") {
        void queries.invalidateQueries({ queryKey: holdQuery(showId).queryKey });
        const paidMeanwhile = members.bookingStatus !== undefined || members.paymentStatus !== undefined;
        const booked = bookingOf(step)?.bookingId ?? hold.bookingId;
        if (booked && paidMeanwhile) void navigate(`/bookings/${booked}`, { replace: true });
      }
    },
  });

  const confirm = useMutation({
    mutationFn: ({ bookingId, proof }: { bookingId: string; proof: Proof }) => confirmPayment(bookingId, proof),
    retry: (failures, error) => asProblem(error).passes && failures < CONFIRM_RETRIES,
    onSuccess: show,
    // Whatever it is, the booking's page tells what became of the payment, and asks until it is known.
    onError: async (error, { bookingId }) => {
      if (asProblem(error).kind === "payment-refused") forgetPaid(bookingId);
      await queries.invalidateQueries({ queryKey: bookingQuery(bookingId).queryKey });
      void navigate(`/bookings/${bookingId}`, { replace: true });
    },
  });

  const paid = (proof?: Proof) => {
    const booking = bookingOf(step);
    if (!booking) return;
    const { bookingId } = booking;
    rememberPaid(bookingId, { heldUntil: hold.expiresAt, ...(proof && { proof }) });
    happen({ type: "paid" });
    if (proof) confirm.mutate({ bookingId, proof });
    else void navigate(`/bookings/${bookingId}`, { replace: true });
  };

  return { step, happen, begin, paid };
}
