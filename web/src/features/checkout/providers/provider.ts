import type { ComponentType } from "react";
import type { Booking } from "@/api/bookings";
import type { Proof } from "@/api/payments";
import type { Config } from "@/lib/config";

export type ProviderId = Config["providers"][number];
export type PendingBooking = Booking & { payment: NonNullable<Booking["payment"]> };

/** What a provider's panel is given, and how it tells what became of the payment. */
export interface PanelProps {
  booking: PendingBooking;
  /** What is paid for, in a line. */
  title: string;
  /** The last moment of the hold. */
  heldUntil: string;
  /** The buyer has paid. Without a proof only the provider can tell the server. */
  onPaid: (proof?: Proof) => void;
  /** The bank said no, in its own words if it has any. */
  onDeclined: (reason?: string) => void;
  /** The provider's own code cannot be had. */
  onUnavailable: () => void;
  /** Whether money may be moving at this moment: then nothing takes the panel away. `onPaid` is said in its place. */
  onBusy: (busy: boolean) => void;
}

/** Somebody who moves money. A new one is a panel and a line in `registry.ts`. */
export interface PaymentProvider {
  id: ProviderId;
  Panel: ComponentType<PanelProps>;
}
