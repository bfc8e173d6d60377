import type { Schema } from "@/lib/api";

/** What was chosen in a show in this tab, over a reload, a way back or a sign-in. */
export interface Remembered {
  seats: string[];
  /** What is to be held as soon as somebody is signed in. */
  wanted?: Schema["PlaceHold"];
}

const key = (showId: string) => `frontrow.chosen.${showId}`;
const VIEW = "frontrow.seat-view";

export function remember(showId: string, what: Remembered): void {
  if (what.seats.length === 0 && !what.wanted) sessionStorage.removeItem(key(showId));
  else sessionStorage.setItem(key(showId), JSON.stringify(what));
}

export function remembered(showId: string): Remembered {
  try {
    return { seats: [], ...(JSON.parse(sessionStorage.getItem(key(showId)) ?? "{}") as Partial<Remembered>) };
  } catch {
    return { seats: [] };
  }
}

export type View = "list" | "map";

/** How places were last chosen on this device. */
export function rememberedView(): View {
  return localStorage.getItem(VIEW) === "list" ? "list" : "map";
}

export function rememberView(view: View): void {
  localStorage.setItem(VIEW, view);
}
