import type { Schema } from "@/lib/api";
import type { BlockMessage } from "@/lib/realtime";
import type { Plan, PlanSection } from "./plan";

/** How a place stands for everybody. */
export const FREE = 0;
export const HELD = 1;
export const SOLD = 2;
export const BLOCKED = 3;
export type PlaceState = typeof FREE | typeof HELD | typeof SOLD | typeof BLOCKED;

const LETTERS: Record<string, PlaceState> = { A: FREE, H: HELD, B: SOLD, X: BLOCKED };

/** Places that were chosen and went to somebody else. */
export interface Lost {
  places: readonly number[];
  /** Whether the caller had asked for them already: then the next tap asks again. */
  whileHolding: boolean;
}

type Listener = () => void;

/** News of the caller's own hold may come so long after it was given back; they are no news of somebody else. Ask for the places after it. */
export const ECHO_MS = 3_000;

/**
 * How the places of a show stand, which of them are chosen and which are held by whoever looks. The map and the list show the same one of
 * these and hear of every change.
 */
export class Seats {
  readonly states: Uint8Array;
  /** Chosen here, in the order of choosing. */
  chosen: readonly number[] = [];
  /** Held by the caller. */
  own: readonly number[] = [];
  lost: Lost | undefined;
  /** Free places by section. */
  left: readonly number[];
  /** Whether it is known how the places stand. */
  known = false;
  /** When a place's state was last heard of, on the server's clock: older news does not count. */
  readonly #heardAt: Float64Array;
  /** The newest version heard of each block. */
  readonly #echoUntil = new Map<number, number>();
  readonly #versions = new Map<string, number>();
  /** Raised for a row when anything in it changes. */
  readonly #stamps: Uint32Array;
  readonly #listeners = new Set<Listener>();
  readonly #placeListeners = new Set<(places: readonly number[]) => void>();

  constructor(readonly plan: Plan) {
    this.states = new Uint8Array(plan.places).fill(BLOCKED);
    this.#heardAt = new Float64Array(plan.places);
    this.#stamps = new Uint32Array(plan.rows.length);
    this.left = plan.sections.map(() => 0);
  }

  subscribe = (listener: Listener): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Hears which places look different now. */
  watchPlaces(listener: (places: readonly number[]) => void): () => void {
    this.#placeListeners.add(listener);
    return () => this.#placeListeners.delete(listener);
  }

  /** Another number whenever something of the row changed. */
  stamp(row: number): number {
    return this.#stamps[row] ?? 0;
  }

  isFree(place: number): boolean {
    return this.states[place] === FREE;
  }

  /** Takes the state of all places as it was at one moment; what was heard later stays. */
  takeSnapshot(view: Schema["SeatMapView"]): void {
    const asOf = Date.parse(view.asOf);
    const changed: number[] = [];
    for (const { section, rows } of view.sections)
      for (const { row, first, states } of rows) this.#read(section, row, first, states, asOf, changed);
    this.known = true;
    this.#changed(changed);
  }

  /** Takes what blocks look like now. Messages may come late, twice or in any order. */
  takeBlocks(messages: readonly BlockMessage[], now: number): void {
    const changed: number[] = [];
    for (const { section, row, first, states, version } of messages) {
      const block = `${section}-${row}-${first}`;
      if ((this.#versions.get(block) ?? 0) >= version) continue;
      this.#versions.set(block, version);
      this.#read(section, row, first, states, now, changed);
    }
    if (changed.length > 0) this.#changed(changed);
  }

  /** Chooses exactly these, as far as they are free. */
  choose(places: readonly number[]): void {
    const before = this.chosen;
    this.chosen = [...new Set(places)].filter((place) => this.isFree(place));
    this.#touch([...before, ...this.chosen]);
    this.#emit();
  }

  /** Chooses what was chosen before, perhaps long ago; what went meanwhile is named. */
  restore(places: readonly number[]): void {
    const gone = places.filter((place) => !this.isFree(place) && !this.own.includes(place));
    if (gone.length > 0) this.lost = { places: gone, whileHolding: false };
    this.choose(places);
  }

  toggle(place: number): void {
    if (this.chosen.includes(place)) this.choose(this.chosen.filter((one) => one !== place));
    else this.choose([...this.chosen, place]);
  }

  /** Says which places the caller holds. What becomes of those that are held no longer is not known here: they are asked about. */
  setOwn(places: readonly number[], now: number): void {
    if (places.length === this.own.length && places.every((place, index) => place === this.own[index])) return;
    this.#touch(this.own);
    this.own = places;
    this.chosen = this.chosen.filter((place) => !places.includes(place));
    this.#changed(this.#set(places, HELD, now));
  }

  /** The caller's places are free again, and chosen: whoever wants them back has them at one tap. */
  giveBack(now: number): void {
    const places = this.own;
    this.own = [];
    for (const place of places) this.#echoUntil.set(place, now + ECHO_MS);
    this.#changed(this.#set(places, FREE, now));
    this.choose(places);
  }

  /** Says that others have these, which the caller asked for. */
  lose(places: readonly number[], now: number): void {
    const changed = this.#set(places, HELD, now);
    this.chosen = this.chosen.filter((place) => !places.includes(place));
    this.lost = places.length > 0 ? { places, whileHolding: true } : undefined;
    this.#touch(places);
    this.#changed(changed);
  }

  forgetLost(): void {
    this.lost = undefined;
    this.#emit();
  }

  #read(section: string, row: string, first: number, states: string, asOf: number, changed: number[]): void {
    const begin = this.plan.placeAt(section, row, first);
    if (begin === undefined) return;
    for (let offset = 0; offset < states.length; offset++) {
      const place = begin + offset;
      const state = LETTERS[states[offset] ?? ""] ?? BLOCKED;
      if ((this.#heardAt[place] ?? 0) > asOf) continue;
      if (state === HELD && asOf < (this.#echoUntil.get(place) ?? 0)) continue;
      this.#heardAt[place] = asOf;
      if (this.states[place] === state) continue;
      this.states[place] = state;
      changed.push(place);
    }
  }

  #set(places: readonly number[], state: PlaceState, now: number): number[] {
    for (const place of places) {
      this.states[place] = state;
      this.#heardAt[place] = now;
    }
    return [...places];
  }

  /** Chosen places that others have now are dropped, and named. */
  #changed(places: readonly number[]): void {
    this.#replaceStanding();
    const gone = this.chosen.filter((place) => !this.isFree(place));
    if (gone.length > 0) {
      this.chosen = this.chosen.filter((place) => this.isFree(place));
      this.lost = { places: [...(this.lost?.places ?? []), ...gone], whileHolding: this.lost?.whileHolding ?? false };
    }
    this.#touch(places);
    if (places.length > 0) {
      this.left = this.#count(places);
      for (const listener of this.#placeListeners) listener(places);
    }
    this.#emit();
  }

  /** Whoever stands does not care where: another place of the area does as well. */
  #replaceStanding(): void {
    for (const place of this.chosen) {
      if (this.isFree(place) || !this.plan.isStanding(place)) continue;
      const other = this.freeIn(this.plan.section(place)).find((one) => !this.chosen.includes(one));
      if (other !== undefined) this.chosen = this.chosen.map((one) => (one === place ? other : one));
    }
  }

  #touch(places: readonly number[]): void {
    for (const place of places) {
      const row = this.plan.rowOf[place] ?? 0;
      this.#stamps[row] = (this.#stamps[row] ?? 0) + 1;
    }
  }

  #count(changed: readonly number[]): number[] {
    const left = [...this.left];
    for (const index of new Set(changed.map((place) => this.plan.section(place).index))) {
      const section = this.plan.sections[index];
      if (section) left[index] = this.freeIn(section).length;
    }
    return left;
  }

  freeIn({ first, places }: PlanSection): number[] {
    const free: number[] = [];
    for (let place = first; place < first + places; place++) if (this.isFree(place)) free.push(place);
    return free;
  }

  #emit(): void {
    for (const listener of this.#listeners) listener();
  }
}
