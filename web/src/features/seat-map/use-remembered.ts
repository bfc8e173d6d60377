import { useEffect, useRef } from "react";
import { useSession } from "@/lib/session";
import type { SeatHold } from "./api/use-hold";
import { remember, remembered } from "./model/remembered";
import type { Seats } from "./model/seats";
import { chosenOf, knownOf, useSeats } from "./room";

/** Brings back what was chosen in this tab, holds it at once for those who left to sign in for it, and keeps it from then on. */
export function useRemembered(showId: string, seats: Seats, hold: SeatHold): void {
  const known = useSeats(seats, knownOf);
  const chosen = useSeats(seats, chosenOf);
  const { state } = useSession();
  const broughtBack = useRef(false);
  const place = useRef(hold.place);
  place.current = hold.place;

  useEffect(() => {
    if (broughtBack.current || !known || state === "unknown") return;
    broughtBack.current = true;
    const before = remembered(showId);
    seats.restore(before.seats.map((seat) => seats.plan.place(seat)).filter((one) => one !== undefined));
    remember(showId, { seats: before.seats });
    if (before.wanted && state === "signed-in") place.current(before.wanted);
  }, [known, state, showId, seats]);

  useEffect(() => {
    if (broughtBack.current) remember(showId, { seats: chosen.map((one) => seats.plan.seat(one)) });
  }, [chosen, showId, seats]);
}
