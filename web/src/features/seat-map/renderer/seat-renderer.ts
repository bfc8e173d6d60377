import type { Camera, Size } from "./camera";
import type { Palette } from "./palette";

/** What is written on the plan, in the reader's language. */
export interface Words {
  stage: string;
  left(count: number): string;
}

/** Draws a hall. It redraws when it is told of a change, at most once a frame (`measure.ts` says what that costs). */
export interface SeatRenderer {
  resize(view: Size, ratio: number): void;
  /** Colours, words or the face they are written in changed. */
  setLook(palette: Palette, words: Words): void;
  setCamera(camera: Camera): void;
  /** Chosen and own places changed. */
  marksChanged(): void;
  /** These places look different now. */
  placesChanged(places: readonly number[]): void;
  destroy(): void;
}
