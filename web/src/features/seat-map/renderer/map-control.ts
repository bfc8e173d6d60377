import type { Plan, PlanSection } from "../model/plan";
import { type Box, between, type Camera, clamp, framed, pan, type Size, toPlan, zoomAt } from "./camera";
import { boundsOf } from "./canvas-renderer";
import type { SeatRenderer } from "./seat-renderer";

/** How long the way to a section takes. */
const FLIGHT_MS = 260;
/** Places are large enough for a finger in a section that one goes to, in CSS pixels per seat. */
const SECTION_SCALE_MIN = 18;

/** Moves the camera. Changes of places never do. */
export class MapControl {
  camera: Camera = { x: 0, y: 0, scale: 1 };
  #view: Size = { width: 0, height: 0 };
  #flight = 0;
  /** Whether everything is seen: then it is so after a change of size, too. */
  #whole = true;
  readonly #element: HTMLElement;
  readonly #bounds: Box;

  constructor(
    element: HTMLElement,
    readonly renderer: SeatRenderer,
    plan: Plan,
  ) {
    this.#element = element;
    this.#bounds = boundsOf(plan.sections);
  }

  /** Follows the size of an element until the returned function is called. */
  watchSize(element: HTMLElement): () => void {
    const observer = new ResizeObserver(() => {
      const { clientWidth: width, clientHeight: height } = element;
      if (width === 0 || height === 0) return;
      this.#view = { width, height };
      this.#set(this.#whole ? framed(this.#bounds, this.#view) : this.camera);
      this.renderer.resize(this.#view, Math.min(3, devicePixelRatio || 1));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }

  toPlan(x: number, y: number): { x: number; y: number } {
    return toPlan(this.camera, this.#view, x, y);
  }

  pan(dx: number, dy: number): void {
    this.#stop();
    this.#set(pan(this.camera, dx, dy));
  }

  zoom(factor: number, x: number, y: number): void {
    this.#stop();
    this.#whole = false;
    this.#set(zoomAt(this.camera, this.#view, factor, x, y));
  }

  /** A step nearer or further, at the middle of the view. */
  step(factor: number): void {
    this.#whole = false;
    this.#fly({ ...this.camera, scale: this.camera.scale * factor });
  }

  /** To a section, or to everything. */
  goTo(section?: PlanSection): void {
    this.#whole = section === undefined;
    if (!section) {
      this.#fly(framed(this.#bounds, this.#view));
      return;
    }
    const box = { x: section.x - 1.5, y: section.y - 1.5, width: section.width + 3, height: section.depth + 2 };
    const camera = framed(box, this.#view);
    this.#fly({ ...camera, scale: Math.max(camera.scale, SECTION_SCALE_MIN) });
  }

  destroy(): void {
    this.#stop();
    this.renderer.destroy();
  }

  #fly(to: Camera): void {
    this.#stop();
    const from = this.camera;
    const target = clamp(to, this.#bounds, this.#view);
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
      this.#set(target);
      return;
    }
    const begin = performance.now();
    const step = (now: number) => {
      const share = Math.min(1, Math.max(0, (now - begin) / FLIGHT_MS));
      this.#set(between(from, target, 1 - (1 - share) ** 3));
      this.#flight = share < 1 ? requestAnimationFrame(step) : 0;
    };
    this.#flight = requestAnimationFrame(step);
  }

  #stop(): void {
    cancelAnimationFrame(this.#flight);
  }

  #set(camera: Camera): void {
    this.camera = clamp(camera, this.#bounds, this.#view);
    // While all of it is seen there is nothing to drag: a finger scrolls the page.
    this.#element.style.touchAction = this.camera.scale > framed(this.#bounds, this.#view).scale ? "none" : "pan-y";
    this.renderer.setCamera(this.camera);
  }
}
