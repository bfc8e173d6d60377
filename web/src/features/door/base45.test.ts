import { expect, it } from "vitest";
import { decodeBase45 } from "./base45";

const text = (encoded: string) => {
  const bytes = decodeBase45(encoded);
  return bytes && new TextDecoder().decode(bytes);
};

it("reads what RFC 9285 wrote", () => {
  expect(text("BB8")).toBe("AB");
  expect(text("%69 VD92EX0")).toBe("Hello!!");
  expect(text("UJCLQE7W581")).toBe("base-45");
  expect(text("QED8WEX0")).toBe("ietf!");
  expect(text("")).toBe("");
});

it("reads nothing else", () => {
  // Over 65535, over 255, one character too many, a small letter, a comma.
  for (const bad of ["GGW", ":::", "V5", "BB8A", "bb8", "BB,", "ÄB8"]) expect(decodeBase45(bad), bad).toBeUndefined();
  expect([...(decodeBase45("FGW") ?? [])]).toEqual([255, 255]);
});
