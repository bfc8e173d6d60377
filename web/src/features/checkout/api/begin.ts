import type { Booking } from "@/api/bookings";
import { api, ask, type Schema } from "@/lib/api";
import { asProblem } from "@/lib/problem";
import type { intentions } from "../model";
import type { PendingBooking, ProviderId } from "../providers/provider";

export interface Wish {
  showId: string;
  holdId: string;
  provider: ProviderId;
  couponCode?: string;
  /** The payment that did not work: the next one is another attempt. */
  failed?: PendingBooking;
}

/** States of a payment that can still be paid. */
const PAYABLE: Schema["PaymentStatus"] = "CREATED";

/**
 * The booking of the hold, with a payment that waits for this provider. However often it is called for one wish, there is one booking and one
 * payment.
 */
export async function beginPayment(wish: Wish, keys: ReturnType<typeof intentions>): Promise<Booking> {
  const { failed } = wish;
  if (failed) return attempt(failed, wish.provider, keys);
  const booking = await once(keys, JSON.stringify(["book", wish]), (key) => {
    const body = {
      showId: wish.showId,
      provider: wish.provider,
      ...(wish.couponCode && { couponCode: wish.couponCode }),
    };
    return ask(api.POST("/v1/bookings", { params: { header: { "Idempotency-Key": key } }, body }));
  });
  if (!isPending(booking)) return booking;
  // An earlier visit may have begun to pay in another way.
  const { provider, status } = booking.payment;
  return provider === wish.provider && status === PAYABLE ? booking : attempt(booking, wish.provider, keys);
}

function attempt(booking: PendingBooking, provider: ProviderId, keys: ReturnType<typeof intentions>): Promise<Booking> {
  const { bookingId } = booking;
  return once(keys, JSON.stringify(["attempt", booking.payment.paymentId, provider]), (key) =>
    ask(
      api.POST("/v1/bookings/{bookingId}/payment-attempts", {
        params: { path: { bookingId }, header: { "Idempotency-Key": key } },
        body: { provider },
      }),
    ),
  );
}

/** Whether there is something to pay, and how. */
export function isPending(booking: Booking): booking is PendingBooking {
  return booking.status === "PENDING" && !!booking.payment;
}

/** A refusal is a decision: who wishes the same again after it wishes anew. What passes is the same wish, tried again. */
async function once<T>(keys: ReturnType<typeof intentions>, wish: string, send: (key: string) => Promise<T>) {
  try {
    return await send(keys.keyOf(wish));
  } catch (error) {
    if (!asProblem(error).passes) keys.decided(wish);
    throw error;
  }
}
