import { KEPT as DOORS_KEPT } from "@/features/door/kept-mark";
import { KEPT as TICKETS_KEPT } from "@/features/tickets/kept-mark";
import { currentSession, subscribe } from "@/lib/session";
import { deviceStorage, tabStorage } from "@/lib/storage";

/** What a person chose, typed or paid in this browser. */
const PERSONAL = ["frontrow.checkout.", "frontrow.chosen.", "frontrow.paid."];

/** Whoever signs out leaves nothing behind for the next one. Code of tickets and doors is fetched only where there is something to take off. */
export function forgetAtSignOut(): void {
  let before = currentSession().state;
  subscribe(() => {
    const { state } = currentSession();
    const signedOut = state === "signed-out" && before === "signed-in";
    before = state;
    if (signedOut) forgetPersonal();
    if (state !== "signed-out") return;
    if (deviceStorage.read(TICKETS_KEPT))
      void import("@/features/tickets/store").then(({ dropAllTickets }) => dropAllTickets());
    if (deviceStorage.read(DOORS_KEPT)) void import("@/features/door/store").then(({ forgetDoors }) => forgetDoors());
  });
}

function forgetPersonal(): void {
  for (const storage of [tabStorage, deviceStorage]) {
    for (const key of storage.keys()) {
      if (PERSONAL.some((prefix) => key.startsWith(prefix))) storage.remove(key);
    }
  }
}
