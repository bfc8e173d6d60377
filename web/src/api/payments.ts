import { useSyncExternalStore } from "react";
import { api, ask, type Schema } from "@/lib/api";
import { deviceStorage } from "@/lib/storage";
import type { Booking } from "./bookings";

export type Proof = Schema["PaymentProof"];

/** What this device knows of a payment that the server may not know of yet. */
export interface Paid {
  /** What the provider handed us; without it only the provider itself can tell the server. */
  proof?: Proof;
  /** When the hold ends, which may have been extended since the booking was made. */
  heldUntil: string;
}

const key = (bookingId: string) => `frontrow.paid.${bookingId}`;

/** Remembers, for every tab and after a reload, that the buyer has paid: nobody is asked to pay twice while the answer is slow. */
export function rememberPaid(bookingId: string, paid: Paid): void {
  // Where it cannot be kept, the booking's page asks the server all the same.
  deviceStorage.write(key(bookingId), JSON.stringify(paid));
}

export function paidOf(bookingId: string): Paid | undefined {
  try {
    return JSON.parse(deviceStorage.read(key(bookingId)) ?? "null") ?? undefined;
  } catch {
    return undefined;
  }
}

/** Whether the buyer has paid, as far as this device knows; a payment in another tab is heard at once. */
export function usePaid(bookingId: string | undefined): boolean {
  return useSyncExternalStore(hearOtherTabs, () => bookingId !== undefined && paidOf(bookingId) !== undefined);
}

function hearOtherTabs(listener: () => void): () => void {
  addEventListener("storage", listener);
  return () => removeEventListener("storage", listener);
}

export function forgetPaid(bookingId: string): void {
  deviceStorage.remove(key(bookingId));
}

/** Shows the proof. Repeating it changes nothing. */
export function confirmPayment(bookingId: string, proof: Proof): Promise<Booking> {
  return ask(api.POST("/v1/bookings/{bookingId}/confirm", { params: { path: { bookingId } }, body: proof }));
}
