import { describe, expect, it } from "vitest";
import type { OwnEvent } from "@/api/own-events";
import { canSubmit, checklist, wasOnSale } from "./checklist";

const NOW = Date.parse("2026-11-01T00:00:00Z");
const show = { startsAt: "2026-11-28T14:00:00Z", prices: { ALL: { amount: 1, currency: "INR" } }, status: "DRAFT" };

function event(given: object = {}): OwnEvent {
  const whole = {
    title: "Opera",
    description: "Four acts",
    images: [],
    shows: [show],
    status: "DRAFT",
    approved: false,
  };
  return { ...whole, ...given } as unknown as OwnEvent;
}

function open(given: object): string[] {
  return checklist(event(given), NOW).flatMap(({ step, done }) => (done ? [] : [step]));
}

describe("the checklist", () => {
  it("names what is open, and lets an event go without a picture", () => {
    expect(open({})).toEqual(["image"]);
    expect(open({ description: "" })).toEqual(["details", "image"]);
    expect(open({ shows: [{ ...show, startsAt: "2026-10-31T14:00:00Z" }] })).toEqual(["shows", "image"]);
    expect(canSubmit(checklist(event(), NOW))).toBe(true);
    expect(canSubmit(checklist(event({ description: "" }), NOW))).toBe(false);
  });
});

describe("an event", () => {
  it("may have sold places once it was published, in part too", () => {
    const published = [{ ...show, status: "PUBLISHED" }, show];
    expect(wasOnSale(event())).toBe(false);
    expect(wasOnSale(event({ status: "SUBMITTED", approved: true }))).toBe(false);
    expect(wasOnSale(event({ status: "SUBMITTED", approved: true, shows: published }))).toBe(true);
    expect(wasOnSale(event({ status: "PUBLISHED", approved: true }))).toBe(true);
    expect(wasOnSale(event({ status: "CANCELLED", approved: true }))).toBe(true);
    expect(wasOnSale(event({ status: "CANCELLED" }))).toBe(false);
  });
});
