/** What hands do on the map. Points are in CSS pixels of the element. */
export interface GestureHandlers {
  onPan(dx: number, dy: number): void;
  onZoom(factor: number, x: number, y: number): void;
  /** `finger`: it covers more than a mouse points at. */
  onTap(x: number, y: number, finger: boolean): void;
}

/** A finger that moves less than this taps. */
const TAP_SLACK = 8;
/** A notch of a wheel is about 100. */
const WHEEL_FACTOR = 0.0018;

interface Finger {
  x: number;
  y: number;
  moved: number;
}

/** Listens to fingers, mouse and wheel until the returned function is called. */
export function watchGestures(element: HTMLElement, handlers: GestureHandlers): () => void {
  const fingers = new Map<number, Finger>();
  let pinched = false;

  const point = (event: MouseEvent) => {
    const { left, top } = element.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };

  function down(event: PointerEvent) {
    if (event.button !== 0) return;
    element.setPointerCapture(event.pointerId);
    if (fingers.size === 0) pinched = false;
    fingers.set(event.pointerId, { ...point(event), moved: 0 });
    pinched ||= fingers.size > 1;
  }

  function move(event: PointerEvent) {
    const finger = fingers.get(event.pointerId);
    if (!finger) return;
    const { x, y } = point(event);
    const [dx, dy] = [x - finger.x, y - finger.y];
    const other = [...fingers.values()].find((one) => one !== finger);
    if (other) {
      const before = Math.hypot(finger.x - other.x, finger.y - other.y);
      const after = Math.hypot(x - other.x, y - other.y);
      if (before > 0) handlers.onZoom(after / before, (x + other.x) / 2, (y + other.y) / 2);
      handlers.onPan(dx / 2, dy / 2);
    }
    Object.assign(finger, { x, y, moved: finger.moved + Math.hypot(dx, dy) });
    if (!other && finger.moved > TAP_SLACK) handlers.onPan(dx, dy);
  }

  function up(event: PointerEvent) {
    const finger = fingers.get(event.pointerId);
    fingers.delete(event.pointerId);
    if (event.type === "pointerup" && finger && !pinched && finger.moved <= TAP_SLACK)
      handlers.onTap(finger.x, finger.y, event.pointerType !== "mouse");
  }

  function wheel(event: WheelEvent) {
    event.preventDefault();
    const { x, y } = point(event);
    const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 33 : 1;
    // A pinch on a trackpad comes as a wheel with small steps.
    const factor = Math.exp(-event.deltaY * lines * WHEEL_FACTOR * (event.ctrlKey ? 5 : 1));
    handlers.onZoom(Math.min(2, Math.max(0.5, factor)), x, y);
  }

  element.addEventListener("pointerdown", down);
  element.addEventListener("pointermove", move);
  element.addEventListener("pointerup", up);
  element.addEventListener("pointercancel", up);
  element.addEventListener("wheel", wheel, { passive: false });
  return () => {
    element.removeEventListener("pointerdown", down);
    element.removeEventListener("pointermove", move);
    element.removeEventListener("pointerup", up);
    element.removeEventListener("pointercancel", up);
    element.removeEventListener("wheel", wheel);
  };
}
