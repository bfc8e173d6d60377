import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type Booking, bookingQuery } from "@/api/bookings";
import { confirmPayment, forgetPaid, paidOf, rememberPaid } from "@/api/payments";
import { asProblem } from "@/lib/problem";

/** How long until the server is told once more. */
const AGAIN_MS = 5_000;

/** Tells the server of a payment that this device knows of, again and again until it has heard: whatever was lost on the way, this page mends it. */
export function useConfirmation(booking: Booking | undefined): void {
  const queries = useQueryClient();
  const bookingId = booking?.bookingId ?? "";
  const paid = booking ? paidOf(bookingId) : undefined;
  const proof = paid?.proof;

  useQuery({
    queryKey: ["confirmation", bookingId],
    enabled: booking?.status === "PENDING" && !!proof,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    refetchInterval: ({ state }) => (state.error && asProblem(state.error).passes ? AGAIN_MS : false),
    queryFn: async () => {
      if (!proof) return null;
      try {
        const confirmed = await confirmPayment(bookingId, proof);
        queries.setQueryData(bookingQuery(bookingId).queryKey, confirmed);
        // The proof has done its work; until when the places were held is still told.
        rememberPaid(bookingId, { heldUntil: paid.heldUntil });
      } catch (error) {
        const problem = asProblem(error);
        if (problem.kind === "payment-refused") forgetPaid(bookingId);
        if (!problem.passes) await queries.invalidateQueries({ queryKey: bookingQuery(bookingId).queryKey });
        throw error;
      }
      return null;
    },
  });
}
