import { createContext, useCallback, useContext, useSyncExternalStore } from "react";
import type { Schema } from "@/lib/api";
import { allIn, type Money } from "@/lib/money";
import type { SeatHold } from "./api/use-hold";
import type { PlanSection } from "./model/plan";
import type { Sales } from "./model/sales";
import type { Seats } from "./model/seats";

/** What all parts of the page share. */
export interface Room {
  show: Schema["ShowDetailView"];
  seats: Seats;
  sales: Sales;
  /** How many come; undefined until they say so. */
  party: number | undefined;
  setParty(party: number): void;
  hold: SeatHold;
  /** Tells screen readers. */
  say(text: string): void;
}

export const RoomContext = createContext<Room | undefined>(undefined);

export function useRoom(): Room {
  const room = useContext(RoomContext);
  if (!room) throw new Error("only inside the seat map's page");
  return room;
}

/** What `select` finds in the seats, anew whenever it changes. It must return the same thing while nothing did. */
export function useSeats<T>(seats: Seats, select: (seats: Seats) => T): T {
  const snapshot = useCallback(() => select(seats), [seats, select]);
  return useSyncExternalStore(seats.subscribe, snapshot);
}

export const chosenOf = (seats: Seats) => seats.chosen;
export const ownOf = (seats: Seats) => seats.own;
export const lostOf = (seats: Seats) => seats.lost;
export const leftOf = (seats: Seats) => seats.left;
export const knownOf = (seats: Seats) => seats.known;

/** What a place of a section costs in all. */
export function sectionPrice({ show, seats }: Pick<Room, "show" | "seats">, section: PlanSection): Money {
  return allIn(seats.plan.level(section).price, show);
}

/** What these places cost in all, as far as that is known before they are held. */
export function estimate({ show, seats }: Pick<Room, "show" | "seats">, places: readonly number[]): Money {
  const currency = seats.plan.levels[0]?.price.currency ?? "INR";
  const amount = places.reduce((sum, place) => sum + seats.plan.price(place).amount, 0);
  // Fee and tax once for all of them, as in the quote: rounded for each place they would add up to something else.
  return allIn({ amount, currency }, show);
}

/** `FRONT_ROW` as people read it: Front row. */
export function levelName(level: string): string {
  const words = level.toLowerCase().replaceAll("_", " ");
  return level.length <= 3 ? level : words.charAt(0).toUpperCase() + words.slice(1);
}
