/**
 * What the map costs: entries of `performance.measure` by these names, with what they counted as their `detail`. They show up in the
 * browser's profiler, and `e2e/seat-frames.spec.ts` holds them against the budget. They are told to whoever listens and kept nowhere.
 */
export interface Measures {
  /** One frame of the map. */
  "seat-map.frame": { tilesDrawn: number; tilesBlitted: number };
  /** Changed places painted into the tiles: so many places, in so many tiles of different zooms. */
  "seat-map.patch": { places: number; cells: number };
  /** A bunch of live messages taken, from the first one read to the last listener told; the patch is part of it. */
  "seat-map.update": { messages: number };
}

/** Notes what has just been done, since `start` on `performance.now()`'s clock. */
export function measure<Name extends keyof Measures>(name: Name, start: number, detail: Measures[Name]): void {
  performance.measure(name, { start, detail });
  performance.clearMeasures(name);
}
