import jsQR from "jsqr";
import { describe, expect, it } from "vitest";
import { QUIET_MODULES, qrPicture } from "./qr";

/** Paints the path as a browser does, some pixels to a module. */
function painted(path: string, side: number, scale = 4) {
  const width = side * scale;
  const pixels = new Uint8ClampedArray(width * width * 4).fill(255);
  for (const [, x, y, length] of path.matchAll(/M(\d+) (\d+)h(\d+)v1/g)) {
    for (let dy = 0; dy < scale; dy += 1) {
      for (let dx = 0; dx < Number(length) * scale; dx += 1) {
        const at = ((Number(y) * scale + dy) * width + Number(x) * scale + dx) * 4;
        pixels.fill(0, at, at + 3);
      }
    }
  }
  return { pixels, width };
}

describe("a QR code", () => {
  it("says exactly the code of a ticket", () => {
    const code = "FR1:6BFOXN%TS3DHPVO13J /G-/2YRVA.Q/R82JD2FCJG96V75DOW";
    const { path, side } = qrPicture(code);
    const { pixels, width } = painted(path, side);
    expect(jsQR(pixels, width, width)?.data).toBe(code);
  });

  it("says other texts as well", () => {
    const text = "otpauth://totp/Frontrow:someone@example.org?secret=ABC";
    const { path, side } = qrPicture(text);
    const { pixels, width } = painted(path, side);
    expect(jsQR(pixels, width, width)?.data).toBe(text);
  });

  it("has its quiet zone", () => {
    const { path, side } = qrPicture("FR1");
    const columns = [...path.matchAll(/M(\d+) (\d+)h(\d+)/g)].map(([, x, , length]) => [
      Number(x),
      Number(x) + Number(length),
    ]);
    expect(Math.min(...columns.map(([from = 0]) => from))).toBe(QUIET_MODULES);
    expect(Math.max(...columns.map(([, to = 0]) => to))).toBe(side - QUIET_MODULES);
  });
});
