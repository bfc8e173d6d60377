import type { Page } from "@playwright/test";
import jsQR from "jsqr";
import { expect } from "./journey";

/** What a scanner reads off the screen. The browser itself unpacks the screenshot. */
export async function scan(page: Page): Promise<string | undefined> {
  const picture = (await page.getByTestId("qr").last().screenshot()).toString("base64");
  const { data, width, height } = await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const context = canvas.getContext("2d");
    if (!context) throw new Error("no canvas");
    context.drawImage(bitmap, 0, 0);
    const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
    return { data: [...data], width: bitmap.width, height: bitmap.height };
  }, picture);
  return jsQR(Uint8ClampedArray.from(data), width, height)?.data;
}

/** The picture is as large as scanners like it, and white around, whatever the theme. */
export async function expectScannable(page: Page, code: string): Promise<void> {
  await expect(page.getByTestId("qr").last()).toBeVisible();
  expect(await scan(page)).toBe(code);
  const box = await page.getByTestId("qr").last().boundingBox();
  expect(box?.width).toBeGreaterThanOrEqual(240);
}
