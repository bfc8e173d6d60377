import { describe, expect, it } from "vitest";
import { between, clamp, framed, pan, toPlan, zoomAt } from "./camera";

const view = { width: 800, height: 600 };
const plan = { x: -100, y: 0, width: 200, height: 100 };

describe("the camera", () => {
  it("frames the whole plan", () => {
    const camera = framed(plan, view);
    const [topLeft, bottomRight] = [toPlan(camera, view, 0, 0), toPlan(camera, view, view.width, view.height)];
    expect(topLeft.x).toBeLessThan(plan.x);
    expect(topLeft.y).toBeLessThan(plan.y);
    expect(bottomRight.x).toBeGreaterThan(plan.x + plan.width);
    expect(bottomRight.y).toBeGreaterThan(plan.y + plan.height);
  });

  it("keeps the point under the finger while it zooms", () => {
    const camera = { x: 10, y: 20, scale: 8 };
    const before = toPlan(camera, view, 100, 500);
    const after = toPlan(zoomAt(camera, view, 2.5, 100, 500), view, 100, 500);
    expect(after.x).toBeCloseTo(before.x);
    expect(after.y).toBeCloseTo(before.y);
  });

  it("pans by as much as the finger moves", () => {
    expect(pan({ x: 0, y: 0, scale: 10 }, 50, -20)).toEqual({ x: -5, y: 2, scale: 10 });
  });

  it("goes neither out of the hall nor further than to all of it", () => {
    const whole = framed(plan, view);
    expect(clamp({ x: 999, y: -999, scale: 0.001 }, plan, view)).toEqual(whole);
    const near = clamp({ x: 999, y: 999, scale: 20 }, plan, view);
    expect(near.x).toBeLessThan(plan.x + plan.width);
    expect(near.y).toBeLessThan(plan.y + plan.height);
    expect(clamp({ x: 0, y: 50, scale: 1000 }, plan, view).scale).toBeLessThan(100);
  });

  it("flies from here to there", () => {
    const [from, to] = [
      { x: 0, y: 0, scale: 2 },
      { x: 10, y: 20, scale: 32 },
    ];
    expect(between(from, to, 0)).toEqual(from);
    expect(between(from, to, 1)).toEqual(to);
    expect(between(from, to, 0.5).scale).toBeCloseTo(8);
  });
});
