import { beforeEach, expect, it } from "vitest";
import { clockOffsetMs, learnServerTime, resetClock } from "./clock";

beforeEach(resetClock);

const at = (ms: number) => new Date(ms).toISOString();

it("learns how far the device is off, from the middle of the request", () => {
  learnServerTime(at(3_600_500), 0, 1000);
  expect(clockOffsetMs()).toBeCloseTo(3_600_000, -1);
});

it("prefers the answer that came faster", () => {
  learnServerTime(at(50_010), 0, 20);
  learnServerTime(at(53_000), 1000, 5000);
  expect(clockOffsetMs()).toBeCloseTo(50_000, -1);
});

it("believes a slower answer when the device's clock was set", () => {
  learnServerTime(at(10), 0, 20);
  learnServerTime(at(1000), 3_601_000, 3_601_400);
  expect(clockOffsetMs()).toBeCloseTo(-3_600_200, -2);
});

it("takes nothing from what is no time", () => {
  learnServerTime("yesterday", 0, 10);
  expect(clockOffsetMs()).toBe(0);
});
