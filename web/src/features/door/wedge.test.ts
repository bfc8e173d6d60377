import { expect, it } from "vitest";
import { Wedge } from "./wedge";

function typed(text: string, everyMs: number) {
  const wedge = new Wedge();
  return [...text, "Enter"].map((key, index) => wedge.press(key, index * everyMs));
}

it("takes a burst that ends with Enter for a code", () => {
  const presses = typed("FR1BB8 X", 10);
  expect(presses.at(-1)).toEqual({ mine: true, code: "FR1BB8 X" });
  expect(presses.slice(3).every(({ mine }) => mine)).toBe(true);
});

it("leaves fingers alone", () => {
  expect(typed("FR1BB8 X", 400).some(({ mine }) => mine)).toBe(false);
  expect(typed("  ", 10).some(({ mine }) => mine)).toBe(false);
  expect(new Wedge().press("Enter", 0)).toEqual({ mine: false });
});

it("is not disturbed by the keys that make capitals", () => {
  const wedge = new Wedge();
  const keys = ["Shift", "F", "Shift", "R", "1", "Shift", "B", "B", "8", "Enter"];
  expect(keys.map((key, index) => wedge.press(key, index * 10)).at(-1)).toEqual({ mine: true, code: "FR1BB8" });
});

it("forgets what was typed long before", () => {
  const wedge = new Wedge();
  for (const [index, key] of [..."garbage"].entries()) wedge.press(key, index * 10);
  const presses = [..."FR1BB8", "Enter"].map((key, index) => wedge.press(key, 5_000 + index * 10));
  expect(presses.at(-1)).toEqual({ mine: true, code: "FR1BB8" });
});
