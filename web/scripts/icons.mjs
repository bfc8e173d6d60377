// Draws the home-screen icons of public/icons from public/favicon.svg, with the browser that the journeys use. Run it when the logo changes.
import { readFileSync } from "node:fs";
import { chromium } from "@playwright/test";

const logo = `data:image/svg+xml;base64,${readFileSync("public/favicon.svg").toString("base64")}`;
const VELVET = "#a8123e";
/** Launchers cut maskable icons to any shape within the middle four fifths. */
const SAFE = 0.8;

const browser = await chromium.launch({
  executablePath: process.env.FRONTROW_CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});
for (const { name, size, maskable } of [
  { name: "192", size: 192 },
  { name: "512", size: 512 },
  { name: "maskable-512", size: 512, maskable: true },
]) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  const side = maskable ? size * SAFE : size;
  await page.setContent(
    `<body style="margin:0;display:grid;place-items:center;height:100vh;background:${maskable ? VELVET : "transparent"}"><img src="${logo}" width="${side}" height="${side}"></body>`,
  );
  await page.locator("img").evaluate((image) => image.decode());
  await page.screenshot({ path: `public/icons/${name}.png`, omitBackground: true });
}
await browser.close();
