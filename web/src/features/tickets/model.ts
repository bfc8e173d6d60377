import type { Booking } from "@/api/bookings";
import type { Hold } from "@/api/holds";
import type { Paid } from "@/api/payments";
import type { Schema } from "@/lib/api";
import type { Tone } from "@/ui/badge";

/** What the owner of a booking is told of it first. */
export type Story =
  | "confirmed"
  /** Paid after the hold had run out; nobody had taken the seats. */
  | "confirmed-late"
  /** Paid here, but the server has not said so yet. */
  | "confirming"
  /** Held and not paid. */
  | "unpaid"
  /** Not paid in time; a payment that still arrives is dealt with. */
  | "overdue"
  | "expired"
  /** Called off before it was ever confirmed: the payment came to nothing. */
  | "lost"
  | "cancelled";

/** @param hold the owner's live hold in the show, if it is known */
export function storyOf(booking: Booking, paid: Paid | undefined, hold: Hold | null | undefined): Story {
  switch (booking.status) {
    case "CONFIRMED":
      return isLate(booking, paid) ? "confirmed-late" : "confirmed";
    case "PENDING":
      if (paid) return "confirming";
      // Not known is not lapsed.
      return hold === undefined || hold?.bookingId === booking.bookingId ? "unpaid" : "overdue";
    case "EXPIRED":
      return "expired";
    case "CANCELLED":
    case "REFUNDED":
    case "PARTIALLY_REFUNDED":
      return booking.confirmedAt || booking.cancelReason === "OWNER" ? "cancelled" : "lost";
  }
}

/** Whether the payment came when the places were held no more. What this device knows of an extension counts. */
function isLate({ confirmedAt, expiresAt }: Booking, paid: Paid | undefined): boolean {
  if (!confirmedAt) return false;
  return Date.parse(confirmedAt) > Math.max(Date.parse(expiresAt), Date.parse(paid?.heldUntil || expiresAt));
}

/** Where the buyer's money is. */
export type MoneyState =
  | "free"
  | "open"
  | "paid"
  | "not-charged"
  | "releasing"
  | "returning"
  | "returned"
  | "return-failed"
  | "kept";

export function moneyOf(booking: Booking): MoneyState {
  const { status, payment, refund, quote } = booking;
  if (quote.total.amount === 0) return "free";
  if (refund?.status === "FAILED") return "return-failed";
  switch (status) {
    case "PENDING":
      return "open";
    case "CONFIRMED":
      return "paid";
    case "REFUNDED":
      return "returned";
    case "PARTIALLY_REFUNDED":
      return "returned";
    case "CANCELLED":
    case "EXPIRED":
      break;
  }
  switch (payment?.status) {
    case "CAPTURED":
      // Of a booking that never was everything goes back, refund or not.
      if (booking.confirmedAt && !refund) return "kept";
      return refund?.status === "DONE" ? "returned" : "returning";
    case "REFUNDED":
      return "returned";
    case "AUTHORIZED":
      return "releasing";
    default:
      return booking.confirmedAt && refund ? "returning" : "not-charged";
  }
}

/** Whether something about the booking may still change by itself, and how soon it is worth a look. */
export function pollMs(booking: Booking | undefined, paid: Paid | undefined): number | false {
  if (!booking) return false;
  if (booking.status === "PENDING") return paid ? 1_500 : 5_000;
  const money = moneyOf(booking);
  return money === "returning" || money === "releasing" ? 5_000 : false;
}

export const STATUS_TONES: Record<Booking["status"], Tone> = {
  PENDING: "warn",
  CONFIRMED: "good",
  CANCELLED: "bad",
  EXPIRED: "plain",
  REFUNDED: "calm",
  PARTIALLY_REFUNDED: "calm",
};

export const TICKET_TONES: Record<Schema["TicketStatus"], Tone> = {
  ISSUED: "good",
  ADMITTED: "calm",
  FROZEN: "warn",
  REVOKED: "bad",
};

/** How long after its beginning a show's tickets are still at hand: doors open late, festivals last. */
const OVER_AFTER_MS = 12 * 3_600_000;

export function isUpcoming(startsAt: string, now: number): boolean {
  return Date.parse(startsAt) + OVER_AFTER_MS > now;
}

/** Tickets by show, the next show first, places in order. */
export function byShow<T extends { showId: string; startsAt: string; seat: string }>(tickets: readonly T[]): T[][] {
  const shows = new Map<string, T[]>();
  for (const ticket of tickets) shows.set(ticket.showId, [...(shows.get(ticket.showId) ?? []), ticket]);
  const inOrder = (a: T, b: T) => a.seat.localeCompare(b.seat, "en", { numeric: true });
  return [...shows.values()]
    .map((group) => group.sort(inOrder))
    .sort((a, b) => Date.parse(a[0]?.startsAt ?? "") - Date.parse(b[0]?.startsAt ?? ""));
}
