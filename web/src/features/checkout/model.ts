import type { Hold } from "@/api/holds";
import { tabStorage } from "@/lib/storage";
import type { PendingBooking, ProviderId } from "./providers/provider";

/** Where the buyer is between the hold and the payment. */
export type Step =
  | { name: "review" }
  /** The provider's panel is open. */
  | { name: "pay"; booking: PendingBooking }
  /** The bank said no; the places are still held. */
  | { name: "declined"; booking: PendingBooking; reason?: string }
  /** A provider's own script could not be had. */
  | { name: "unavailable"; provider: ProviderId; booking: PendingBooking }
  /** Paid; the server is being told. */
  | { name: "confirming" };

export type Happening =
  | { type: "begun"; booking: PendingBooking }
  | { type: "declined"; reason?: string }
  | { type: "unavailable" }
  | { type: "paid" }
  | { type: "back" };

/** What follows from what happens. What cannot happen in a step changes nothing. */
export function next(step: Step, happening: Happening): Step {
  switch (happening.type) {
    case "begun":
      return { name: "pay", booking: happening.booking };
    case "declined":
      if (step.name !== "pay") return step;
      return { name: "declined", booking: step.booking, ...(happening.reason && { reason: happening.reason }) };
    case "unavailable":
      if (step.name !== "pay") return step;
      return {
        name: "unavailable",
        provider: step.booking.payment.provider as ProviderId,
        booking: step.booking,
      };
    case "paid":
      return step.name === "pay" ? { name: "confirming" } : step;
    case "back":
      return step.name === "confirming" ? step : { name: "review" };
  }
}

/** The booking whose payment is under way or failed. */
export function bookingOf(step: Step): PendingBooking | undefined {
  return "booking" in step ? step.booking : undefined;
}

/** What a tab remembers of a checkout, so that a reload, a sign-in or an expiry costs nothing that was typed. */
export interface Memory {
  seats: string[];
  bookingId?: string | undefined;
  couponCode?: string | undefined;
  provider?: ProviderId | undefined;
}

const key = (showId: string) => `frontrow.checkout.${showId}`;

export function remembered(showId: string): Memory {
  try {
    return { seats: [], ...(JSON.parse(tabStorage.read(key(showId)) ?? "{}") as Partial<Memory>) };
  } catch {
    return { seats: [] };
  }
}

export function remember(showId: string, change: Partial<Memory>): void {
  tabStorage.write(key(showId), JSON.stringify({ ...remembered(showId), ...change }));
}

export function forget(showId: string): void {
  tabStorage.remove(key(showId));
}

/** What of a hold is worth remembering. */
export function memoryOf(hold: Hold): Partial<Memory> {
  return { seats: hold.seats.map(({ seat }) => seat), bookingId: hold.bookingId ?? undefined };
}

/** Keys of intentions: the same wish has the same key however often it is sent, another wish has another. */
export function intentions(newKey: () => string = () => crypto.randomUUID()) {
  const keys = new Map<string, string>();
  return {
    keyOf(wish: string): string {
      const known = keys.get(wish) ?? newKey();
      keys.set(wish, known);
      return known;
    },
    /** The wish was decided: the next time it is a new one. */
    decided(wish: string): void {
      keys.delete(wish);
    },
  };
}
