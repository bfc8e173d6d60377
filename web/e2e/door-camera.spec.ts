import { open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import qrcode from "qrcode-generator";
import { enterCode, expectNextMayCome, expectVerdict, STAFF } from "./door";
import { expect, signIn, test } from "./journey";
import { stageShow } from "./stage";
import { buyTickets } from "./tickets";

const WIDTH = 640;
const HEIGHT = 480;
const FRAMES_PER_SECOND = 5;
/** How long the ticket is shown, and how long it is gone: longer than the scanner's pause for the same code. */
const SHOWN_FRAMES = 6;
const GONE_FRAMES = 20;

/** What the camera of this file's browser sees, again and again. */
const film = join(tmpdir(), `frontrow-camera-${process.pid}.y4m`);

test.use({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants a pattern
  launchOptions: async ({}, use, { project }) => {
    const { launchOptions } = project.use;
    const camera = ["--use-fake-device-for-media-stream", `--use-file-for-fake-video-capture=${film}`];
    await use({ ...launchOptions, args: [...(launchOptions?.args ?? []), ...camera] });
  },
});

/** Films a code: on white, in the middle, then nothing. */
async function filmCode(code: string): Promise<void> {
  const qr = qrcode(0, "M");
  qr.addData(code, "Alphanumeric");
  qr.make();
  const modules = qr.getModuleCount();
  const scale = Math.floor((HEIGHT - 60) / modules);
  const [left, top] = [Math.floor((WIDTH - modules * scale) / 2), Math.floor((HEIGHT - modules * scale) / 2)];
  const blank = Buffer.alloc((WIDTH * HEIGHT * 3) / 2, 128).fill(235, 0, WIDTH * HEIGHT);
  const shown = Buffer.from(blank);
  for (let y = 0; y < modules * scale; y += 1)
    for (let x = 0; x < modules * scale; x += 1)
      if (qr.isDark(Math.floor(y / scale), Math.floor(x / scale))) shown[(top + y) * WIDTH + left + x] = 16;
  const file = await open(film, "w");
  await file.write(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F${FRAMES_PER_SECOND}:1 Ip A1:1 C420jpeg\n`);
  for (let frame = 0; frame < SHOWN_FRAMES + GONE_FRAMES; frame += 1) {
    await file.write("FRAME\n");
    await file.write(frame < SHOWN_FRAMES ? shown : blank);
  }
  await file.close();
}

test.afterAll(() => rm(film, { force: true }));

test("the camera reads a ticket: in once, refused when it is shown again", async ({ page, context, buyer }) => {
  test.slow();
  const show = await stageShow({ startsInMinutes: 90 });
  const [ticket] = await buyTickets(buyer, show, ["STALLS-A-7"]);
  if (!ticket) throw new Error("a ticket was bought");
  await filmCode(ticket.code);
  await context.grantPermissions(["camera"]);
  await signIn(page, STAFF);
  await page.goto(`/door/${show.showId}`);
  await expectVerdict(page, "ADMITTED", "server", "Row A, seat 7");
  await expectNextMayCome(page);
  await expectVerdict(page, "ALREADY_ADMITTED", "device", "Already inside");

  const measured = await page.evaluate(() =>
    performance.getEntriesByName("door-verdict").map(({ duration }) => Math.round(duration)),
  );
  console.log(`from frame to verdict: ${measured.join(", ")} ms`);
  // However many frames showed it, it was scanned twice.
  expect(measured.length).toBe(2);
});

test("a camera that is not allowed is said, and codes can be typed", async ({ page, context, buyer }) => {
  const show = await stageShow({ startsInMinutes: 90 });
  const [ticket] = await buyTickets(buyer, show, ["STALLS-A-8"]);
  if (!ticket) throw new Error("a ticket was bought");
  await filmCode(ticket.code);
  // Nothing is allowed.
  await context.grantPermissions([]);
  await signIn(page, STAFF);
  await page.goto(`/door/${show.showId}`);
  await expect(page.getByRole("heading", { name: "The camera is not allowed" })).toBeVisible();
  await enterCode(page, ticket.code);
  await expectVerdict(page, "ADMITTED", "server", "Come in");
});
