// Draws the demo's posters: `node infra/local/posters/draw.mjs`, after `npm ci` in web/. What it writes is committed; nobody needs it to build.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { chance, HEIGHT, scenes, things, WIDTH } from "./scenes.mjs";

const web = createRequire(new URL("../../../web/package.json", import.meta.url));
const { chromium } = web("@playwright/test");
const font = readFileSync(web.resolve("@fontsource-variable/bricolage-grotesque/files/bricolage-grotesque-latin-wght-normal.woff2")).toString("base64");

/** In the order of the programme: scene, what stands on the stage, colours (sky, deep, light, hot, dark). */
const NIGHT = ["#16213e", "#23395b", "#e8eef2", "#ffb627", "#0b1020"];
const VELVET = ["#3c0818", "#7a0f2e", "#ffe3c2", "#d81e4a", "#1c0510"];
const MARIGOLD = ["#ffb627", "#e07a1f", "#fff3d6", "#a8123e", "#3a1206"];
const SEA = ["#0f6b6b", "#0a4a52", "#eaf6e9", "#ff7a59", "#062a30"];
const DAWN = ["#f6a35c", "#c8553d", "#ffe9cf", "#fff0a8", "#4a1a2c"];
const PLUM = ["#4b1d5c", "#2f1140", "#f3d9ff", "#ff6f91", "#170720"];
const LEAF = ["#1f6f43", "#2d8a55", "#f2f7d9", "#ffcf33", "#0c2f1d"];
const PAPER = ["#f3e9d8", "#d9b98a", "#ffffff", "#a8123e", "#2b1a1f"];
const INK = ["#1c1320", "#3a2a44", "#f6eff4", "#ffb627", "#0a060d"];
const SKY = ["#7ec8e3", "#3a86b8", "#ffffff", "#ff5d5d", "#12304a"];
const POSTERS = [
  ["train", NIGHT], ["boulders", DAWN], ["tigers", SEA], ["orbit", INK], ["chess", MARIGOLD], ["salt", SKY], ["city", PLUM], ["kites", DAWN],
  ["skyline", SEA], ["sun", PLUM], ["strings", VELVET], ["bars", INK], ["sun", DAWN], ["waves", SKY], ["strings", MARIGOLD], ["bars", NIGHT], ["sun", MARIGOLD],
  ["cricket", LEAF], ["football", LEAF], ["chess", NIGHT], ["ring", VELVET], ["table", SEA],
  ["curtain", VELVET, "crown"], ["curtain", SEA, "masks"], ["curtain", INK, "door"], ["curtain", MARIGOLD, "wheel"], ["curtain", NIGHT, "lighthouse"], ["curtain", LEAF, "deer"], ["curtain", PLUM, "puppet"],
  ["microphone", PLUM], ["microphone", SEA], ["microphone", MARIGOLD], ["microphone", VELVET], ["microphone", NIGHT],
  ["gear", ["#b7410e", "#7f2c0a", "#ffe7d6", "#f08a4b", "#2a0f05"]], ["water", SKY], ["lamps", INK],
  ["tree", DAWN], ["magic", PLUM], ["quiz", SEA],
];

const programme = readFileSync(new URL("../src/demo/programme.rs", import.meta.url), "utf8");
const titles = [...programme.matchAll(/on\(\s*Category::\w+,\s*"([^"]+)"/g)].map((match) => match[1]);
if (titles.length !== POSTERS.length) throw new Error(`${titles.length} events, ${POSTERS.length} posters`);

function page(index) {
  const [scene, [sky, deep, light, hot, dark], thing] = POSTERS[index];
  const colours = { sky, deep, light, hot, dark };
  const drawn = scenes[scene](colours, chance(index + 7), thing && things[thing](colours));
  return `<style>
    @font-face { font-family: "Bricolage Grotesque Variable"; font-weight: 200 800; src: url(data:font/woff2;base64,${font}); }
    body { margin: 0; width: ${WIDTH}px; height: ${HEIGHT}px; position: relative; overflow: hidden; background: ${sky}; }
    h1 { position: absolute; left: 56px; top: 46px; max-width: 620px; margin: 0; font: 800 84px/0.94 "Bricolage Grotesque Variable"; letter-spacing: -0.03em; color: ${light}; text-wrap: balance; text-shadow: 0 0 26px ${dark}, 0 0 60px ${dark}; }
  </style><svg width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}">${drawn}</svg><h1>${titles[index]}</h1>`;
}

const executablePath = ["/usr/bin/chromium", "/usr/bin/google-chrome"].find((file) => existsSync(file));
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
const easel = await browser.newPage({ viewport: { width: WIDTH, height: HEIGHT } });
for (let index = 0; index < POSTERS.length; index += 1) {
  await easel.setContent(page(index));
  await easel.evaluate(() => document.fonts.ready);
  const png = await easel.screenshot();
  const webp = await easel.evaluate(async (source) => {
    const image = new Image();
    image.src = source;
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
    canvas.getContext("2d").drawImage(image, 0, 0);
    return canvas.toDataURL("image/webp", 0.8).split(",")[1];
  }, `data:image/png;base64,${png.toString("base64")}`);
  writeFileSync(fileURLToPath(new URL(`${String(index).padStart(2, "0")}.webp`, import.meta.url)), Buffer.from(webp, "base64"));
}
await browser.close();
