import { describe, expect, it } from "vitest";
import { cropBox, dragged, fileWrong, RATIO } from "./crop";

describe("a crop", () => {
  it("is 16:9 and inside the picture, whatever the picture's shape", () => {
    for (const size of [
      { width: 1600, height: 1600 },
      { width: 4000, height: 900 },
      { width: 900, height: 3000 },
    ])
      for (const crop of [
        { zoom: 1, x: 0.5, y: 0.5 },
        { zoom: 4, x: 1, y: 1 },
      ]) {
        const box = cropBox(size, crop);
        expect(box.width / box.height).toBeCloseTo(RATIO);
        expect(box.left).toBeGreaterThanOrEqual(0);
        expect(box.top + box.height).toBeLessThanOrEqual(size.height + 0.001);
        expect(box.left + box.width).toBeLessThanOrEqual(size.width + 0.001);
      }
  });

  it("follows the finger and stops at the edge", () => {
    const size = { width: 1600, height: 1800 };
    const crop = { zoom: 2, x: 0.5, y: 0.5 };
    const before = cropBox(size, crop);
    expect(cropBox(size, dragged(size, crop, 100, -50)).left).toBeCloseTo(before.left - 100);
    expect(cropBox(size, dragged(size, crop, 100, -50)).top).toBeCloseTo(before.top + 50);
    expect(dragged(size, crop, 99_999, 0).x).toBe(0);
  });

  it("takes pictures of three kinds up to 10 MB", () => {
    expect(fileWrong({ type: "image/webp", size: 10_000_000 })).toBeUndefined();
    expect(fileWrong({ type: "image/webp", size: 10_000_001 })).toBe("tooLarge");
    expect(fileWrong({ type: "image/svg+xml", size: 10 })).toBe("format");
  });
});
