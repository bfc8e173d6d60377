/** From where the plan is looked at. */
export interface Camera {
  /** The point of the plan in the middle of the view, in seats. */
  x: number;
  y: number;
  /** CSS pixels per seat. */
  scale: number;
}

export interface Size {
  width: number;
  height: number;
}

export interface Box extends Size {
  x: number;
  y: number;
}

/** CSS pixels per seat when nearest. */
const SCALE_MAX = 56;
/** Around what is fitted, in CSS pixels. */
const PADDING = 16;

/** Sees the whole box. */
export function framed(box: Box, view: Size): Camera {
  const scale = Math.min((view.width - 2 * PADDING) / box.width, (view.height - 2 * PADDING) / box.height);
  return {
    x: box.x + box.width / 2,
    y: box.y + box.height / 2,
    scale: Math.min(SCALE_MAX, Math.max(0.1, scale)),
  };
}

/** Not nearer, not further and not further aside than makes sense. */
export function clamp(camera: Camera, plan: Box, view: Size): Camera {
  const scale = Math.min(SCALE_MAX, Math.max(framed(plan, view).scale, camera.scale));
  return {
    x: within(camera.x, plan.x, plan.x + plan.width, view.width / scale),
    y: within(camera.y, plan.y, plan.y + plan.height, view.height / scale),
    scale,
  };
}

function within(value: number, from: number, to: number, seen: number): number {
  // What fits stays in the middle; else an edge goes no further than to the middle of the view.
  if (seen >= to - from) return (from + to) / 2;
  const slack = seen / 4;
  return Math.min(to - slack, Math.max(from + slack, value));
}

/** The point of the plan under a point of the view. */
export function toPlan(camera: Camera, view: Size, x: number, y: number): { x: number; y: number } {
  return { x: camera.x + (x - view.width / 2) / camera.scale, y: camera.y + (y - view.height / 2) / camera.scale };
}

/** Nearer or further, with the same point of the plan under a point of the view. */
export function zoomAt(camera: Camera, view: Size, factor: number, x: number, y: number): Camera {
  const fixed = toPlan(camera, view, x, y);
  const scale = camera.scale * factor;
  return { x: fixed.x - (x - view.width / 2) / scale, y: fixed.y - (y - view.height / 2) / scale, scale };
}

export function pan(camera: Camera, dx: number, dy: number): Camera {
  return { ...camera, x: camera.x - dx / camera.scale, y: camera.y - dy / camera.scale };
}

/** Between two cameras; `share` goes from 0 to 1. Scales change by factors, not by sums. */
export function between(from: Camera, to: Camera, share: number): Camera {
  return {
    x: from.x + (to.x - from.x) * share,
    y: from.y + (to.y - from.y) * share,
    scale: from.scale * (to.scale / from.scale) ** share,
  };
}
