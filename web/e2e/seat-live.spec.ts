import { expect, signIn, test } from "./journey";
import { expectHeld, heldBy, holdAs, openList, seat } from "./seats";
import { apiAs, ok, stageShow } from "./stage";

const STRANGER = "buyer@demo.frontrow.test";

// Whoever holds nothing is told so by a 404.
test.beforeEach(({ expected }) => void expected.statuses.add(404));

test("another buyer's hold appears on an open map, and goes again, without a reload", async ({ page }) => {
  const { showId } = await stageShow();
  const snapshots: string[] = [];
  await page.goto(`/shows/${showId}?party=2`);
  await openList(page, "Stalls");
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  page.on("request", (request) => {
    if (request.url().endsWith("/seats")) snapshots.push(request.url());
  });
  await seat(page, "A", 1).click();
  await seat(page, "C", 8).focus();
  const stranger = await holdAs(STRANGER, showId, ["STALLS-A-4", "STALLS-A-5"]);
  await expect(seat(page, "A", 4)).toHaveAccessibleName(/held by somebody/);
  await expect(seat(page, "A", 5)).toHaveAccessibleName(/held by somebody/);
  // Neither the focus nor the choice was touched.
  await expect(seat(page, "C", 8)).toBeFocused();
  await expect(seat(page, "A", 1)).toHaveAccessibleName(/chosen/);
  await ok(stranger.delete(`/v1/shows/${showId}/hold`));
  await expect(seat(page, "A", 4)).toHaveAccessibleName(/free/);
  expect(snapshots, "it was heard, not asked for").toEqual([]);
});

test("where nothing is heard live, the map asks again by itself", async ({ page }) => {
  const { showId } = await stageShow();
  await page.route("**/config.json", (route) => route.fulfill({ json: { apiBase: "", live: null, stage: "local" } }));
  await page.goto(`/shows/${showId}?party=2`);
  await openList(page, "Stalls");
  await expect(page.getByText("Refreshed every few seconds")).toBeVisible();
  await holdAs(STRANGER, showId, ["STALLS-A-4"]);
  await expect(seat(page, "A", 4)).toHaveAccessibleName(/held by somebody/);
});

test("after a lost connection the places are asked about anew", async ({ page, expected }) => {
  const { showId } = await stageShow();
  let drop: (() => Promise<void>) | undefined;
  let lines = 0;
  await page.routeWebSocket(/event\/realtime/, (socket) => {
    lines++;
    const server = socket.connectToServer();
    drop = async () => {
      await socket.close();
      await server.close();
    };
  });
  expected.offline = true;
  await page.goto(`/shows/${showId}?party=2`);
  await openList(page, "Stalls");
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await drop?.();
  await expect(page.getByText("Refreshed every few seconds")).toBeVisible();
  const asked = page.waitForResponse((answer) => answer.url().endsWith("/seats"));
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await asked;
  expect(lines).toBeGreaterThan(1);
  await holdAs(STRANGER, showId, ["STALLS-D-4"]);
  await expect(seat(page, "D", 4)).toHaveAccessibleName(/held by somebody/);
});

test("a chosen seat that goes is named, and the nearest is one tap away", async ({ page, buyer }) => {
  const [{ showId }, me] = await Promise.all([stageShow(), apiAs(buyer)]);
  await signIn(page, buyer);
  await page.goto(`/shows/${showId}?party=2`);
  await openList(page, "Stalls");
  await seat(page, "B", 5).click();
  await seat(page, "B", 6).click();
  await holdAs(STRANGER, showId, ["STALLS-B-6"]);
  await expect(page.getByText("Somebody was faster: Stalls · Row B, seat 6")).toBeVisible();
  await expect(page.getByText("Your other places are still chosen.")).toBeVisible();
  await page.getByRole("button", { name: "Take B-4 instead" }).click();
  await expect(page.getByRole("heading", { name: "2 of 2 chosen" })).toBeVisible();
  expect(await heldBy(me, showId), "a tap before holding only chooses").toBeUndefined();
  await page.getByRole("button", { name: "Hold these 2 seats" }).click();
  await expectHeld(page, 2);
  expect(await heldBy(me, showId)).toEqual(["STALLS-B-4", "STALLS-B-5"]);
});

test("seats that go between choosing and holding are named; the nearest two are held at one tap", async ({
  page,
  buyer,
  expected,
}) => {
  const [{ showId }, me] = await Promise.all([stageShow(), apiAs(buyer)]);
  await signIn(page, buyer);
  // The map hears nothing, so that it is the hold that finds out.
  await page.route("**/config.json", (route) => route.fulfill({ json: { apiBase: "", live: null, stage: "local" } }));
  await page.goto(`/shows/${showId}?party=2`);
  await openList(page, "Stalls");
  await seat(page, "B", 3).click();
  await seat(page, "B", 4).click();
  await page.route("**/seats", (route) => route.abort());
  expected.offline = true;
  expected.statuses.add(409);
  await holdAs(STRANGER, showId, ["STALLS-B-3", "STALLS-B-4"]);
  await page.getByRole("button", { name: "Hold these 2 seats" }).click();
  await expect(page.getByText("Somebody was faster: Stalls · Row B, seats 3 and 4")).toBeVisible();
  expect(await heldBy(me, showId), "nothing is held by halves").toBeUndefined();
  await page.unroute("**/seats");
  await page.getByRole("button", { name: "Take B-5 and B-6 instead" }).click();
  await expectHeld(page, 2);
  expect(await heldBy(me, showId)).toEqual(["STALLS-B-5", "STALLS-B-6"]);
});

test("a hold that runs out says so, and the same seats are held again at one tap", async ({ page, buyer }) => {
  const [{ showId }, me] = await Promise.all([stageShow({ holdSeconds: 4 }), apiAs(buyer)]);
  await signIn(page, buyer);
  await page.goto(`/shows/${showId}?party=2`);
  await openList(page, "Stalls");
  await seat(page, "A", 6).click();
  await seat(page, "A", 7).click();
  await page.getByRole("button", { name: "Hold these 2 seats" }).click();
  await expectHeld(page, 2);
  const before = (await (await me.get(`/v1/shows/${showId}/hold`)).json()) as { holdId: string };
  await expect(page.getByText("Your time ran out")).toBeVisible();
  await expect(page.getByRole("heading", { name: "2 of 2 chosen" })).toBeVisible();
  await page.getByRole("button", { name: "Hold the same 2 seats again" }).click();
  await expectHeld(page, 2);
  const again = (await (await me.get(`/v1/shows/${showId}/hold`)).json()) as { holdId: string };
  expect(again.holdId, "it is a new hold, not the old one's last second").not.toBe(before.holdId);
});

test("more time is one tap away", async ({ page, buyer }) => {
  const { showId } = await stageShow({ holdSeconds: 30 });
  await signIn(page, buyer);
  await page.goto(`/shows/${showId}?party=1`);
  await page.getByRole("button", { name: "Best available seat" }).click();
  await expectHeld(page, 1);
  await expect(page.getByRole("timer")).toHaveText(/0:2[0-6]/);
  await page.getByRole("button", { name: "More time" }).click();
  await expect(page.getByRole("timer")).toHaveText(/0:(30|29|28)/);
});
