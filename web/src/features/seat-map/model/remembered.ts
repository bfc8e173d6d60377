import type { Schema } from "@/lib/api";
import { deviceStorage, tabStorage } from "@/lib/storage";

/** What was chosen in a show in this tab, over a reload, a way back or a sign-in. */
export interface Remembered {
  seats: string[];
  /** What is to be held as soon as somebody is signed in. */
  wanted?: Schema["PlaceHold"];
}

const key = (showId: string) => `frontrow.chosen.${showId}`;
const VIEW = "frontrow.seat-view";

export function remember(showId: string, what: Remembered): void {
  if (what.seats.length === 0 && !what.wanted) tabStorage.remove(key(showId));
  else tabStorage.write(key(showId), JSON.stringify(what));
}

export function remembered(showId: string): Remembered {
  try {
    return { seats: [], ...(JSON.parse(tabStorage.read(key(showId)) ?? "{}") as Partial<Remembered>) };
  } catch {
    return { seats: [] };
  }
}

export type View = "list" | "map";

/** How places were last chosen on this device. */
export function rememberedView(): View {
  return deviceStorage.read(VIEW) === "list" ? "list" : "map";
}

export function rememberView(view: View): void {
  deviceStorage.write(VIEW, view);
}
