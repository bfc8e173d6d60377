import type { Camera, Size } from "./camera";
import type { Palette } from "./palette";

/** What is written on the plan, in the reader's language. */
export interface Words {
  stage: string;
  left(count: number): string;
}

/**
 * Draws a hall. It redraws when it is told of a change, at most once a frame. Each frame is a `performance.measure` named
 * `seat-map.frame`, each update of places one named `seat-map.patch`; their details are `FrameFigures` and `PatchFigures`. They show up in
 * the browser's profiler, and journeys hold them against the budget.
 */
export interface SeatRenderer {
  resize(view: Size, ratio: number): void;
  /** Colours and words changed: everything is drawn anew. */
  setLook(palette: Palette, words: Words): void;
  setCamera(camera: Camera): void;
  /** Chosen and own places changed. */
  marksChanged(): void;
  /** These places look different now. */
  placesChanged(places: readonly number[]): void;
  destroy(): void;
}

export const FRAME_MEASURE = "seat-map.frame";
export const PATCH_MEASURE = "seat-map.patch";

export interface FrameFigures {
  tilesDrawn: number;
  tilesBlitted: number;
}

export interface PatchFigures {
  places: number;
  /** Of tiles in memory: one of each zoom that was looked at. */
  cells: number;
}
