import { expect, expectAccessible, expectNoSidewaysScroll, signIn, test } from "./journey";
import { expectHeld, heldBy, holdAs, openList, seat, stadiumShow } from "./seats";
import { apiAs, ok, stageShow } from "./stage";

// Whoever holds nothing is told so by a 404.
test.beforeEach(({ expected }) => void expected.statuses.add(404));

test("the question and the map are accessible, and nothing scrolls sideways on phones", async ({ page }) => {
  const { showId } = await stageShow();
  await page.goto(`/shows/${showId}`);
  await expect(page.getByRole("heading", { name: "How many of you are coming?" })).toBeVisible();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await page.getByRole("button", { name: "3 people" }).click();
  await expect(page.getByTestId("seat-canvas")).toBeVisible();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
});

test("the list and what is held are accessible, and nothing scrolls sideways on phones", async ({ page, buyer }) => {
  const { showId } = await stageShow();
  await signIn(page, buyer);
  await page.goto(`/shows/${showId}?party=3`);
  await openList(page, "Stalls");
  for (const number of [1, 2, 3]) await seat(page, "A", number).click();
  await holdAs("buyer@demo.frontrow.test", showId, ["STALLS-A-2"]);
  await expect(page.getByText("Somebody was faster")).toBeVisible();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await page.getByRole("button", { name: "Hold these 2 seats" }).click();
  await expectHeld(page, 2);
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
});

test("a tap on the map takes neighbours for all, and a live change moves nothing", async ({ page }) => {
  const { showId } = await stageShow();
  await page.goto(`/shows/${showId}?party=3`);
  const canvas = page.getByTestId("seat-canvas");
  await expect(canvas).toBeVisible();
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  const box = await canvas.boundingBox();
  if (!box) throw new Error("the map has a size");
  // Seats lie in the upper half, under the stage; a seat is somewhere around there whatever the scale.
  await page.mouse.click(box.x + box.width / 2, box.y + box.height * 0.3);
  await expect(page.getByRole("heading", { name: "3 of 3 chosen" })).toBeVisible();
  const chosen = page.getByRole("complementary", { name: "Your seats" }).getByRole("listitem");
  await expect(chosen).toHaveCount(3);
  const rows = await chosen.evaluateAll((items) => items.map((item) => /Row (\w+)/.exec(item.textContent ?? "")?.[1]));
  expect(new Set(rows).size, "one row").toBe(1);
  // The list shows the same choice, and the way back keeps it.
  await openList(page, "Stalls");
  await expect(page.getByRole("button", { name: /, chosen$/ })).toHaveCount(3);
  await page.getByRole("link", { name: "About the event" }).click();
  await expect(page).toHaveURL(/\/events\//);
  await page.goBack();
  await expect(page.getByRole("heading", { name: "3 of 3 chosen" })).toBeVisible();
});

test("in a stadium a tap goes to a section first, then chooses in it; buttons lead back to the whole", async ({
  page,
}) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.goto(`/shows/${await stadiumShow()}?party=2`);
  const canvas = page.getByTestId("seat-canvas");
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  const box = await canvas.boundingBox();
  if (!box) throw new Error("the map has a size");
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.click(x, y);
  await expect(page.getByRole("heading", { name: "0 of 2 chosen" })).toBeVisible();
  await page.mouse.click(x, y);
  await expect(page.getByRole("heading", { name: "2 of 2 chosen" })).toBeVisible();
  await page.getByRole("button", { name: "Zoom in" }).click();
  await page.getByRole("button", { name: "Zoom out" }).click();
  await page.getByRole("button", { name: "Show the whole hall" }).click();
  // From here a tap goes to a section again and leaves the choice alone.
  await page.mouse.click(x, y);
  await expect(page.getByRole("heading", { name: "2 of 2 chosen" })).toBeVisible();
});

test("a show that is not there says so", async ({ page }) => {
  await page.goto("/shows/show_00000000000000");
  await expect(page.getByRole("heading", { level: 1, name: "There is no such show" })).toBeVisible();
  await expectAccessible(page);
});

test("a sold-out show says so and leads to other dates; what comes back can be had", async ({ page }) => {
  const { showId, eventId } = await stageShow({ rows: [{ label: "A", seats: 2 }], standing: 0 });
  const stranger = await holdAs("buyer@demo.frontrow.test", showId, ["STALLS-A-1", "STALLS-A-2"]);
  await page.goto(`/shows/${showId}?party=2`);
  await expect(page.getByRole("heading", { name: "Sold out" })).toBeVisible();
  await expect(page.getByText("Some places are only held")).toBeVisible();
  await expect(page.getByRole("link", { name: "See other dates" })).toHaveAttribute("href", `/events/${eventId}`);
  await expectAccessible(page);
  await ok(stranger.delete(`/v1/shows/${showId}/hold`));
  await expect(page.getByRole("heading", { name: "Sold out" })).toBeHidden();
});

test("before sales open the page counts down, then opens by itself", async ({ page, buyer }) => {
  const { showId } = await stageShow({ salesOpenInSeconds: 12 });
  await signIn(page, buyer);
  await page.goto(`/shows/${showId}?party=1`);
  await expect(page.getByText("Look around and choose ahead.")).toBeVisible();
  await expect(page.getByRole("timer")).toHaveText(/^0:\d\d$/);
  await openList(page, "Stalls");
  await seat(page, "A", 1).click();
  await expect(page.getByRole("button", { name: "Hold this seat" })).toBeHidden();
  await page.getByRole("button", { name: "Hold this seat" }).click({ timeout: 20_000 });
  await expectHeld(page, 1);
});

test("a cancelled show sells nothing", async ({ page }) => {
  const { showId, eventId } = await stageShow();
  const organizer = await apiAs("organizer@demo.frontrow.test");
  await ok(organizer.post(`/v1/events/${eventId}/cancel`));
  await page.goto(`/shows/${showId}?party=1`);
  await expect(page.getByRole("heading", { name: "This show was cancelled" })).toBeVisible();
  await expect(page.getByRole("button", { name: /available seat/ })).toBeHidden();
});

test("more than one person may have is refused with the number", async ({ page, buyer, expected }) => {
  const { showId } = await stageShow({ seatLimit: 2 });
  await signIn(page, buyer);
  await page.goto(`/shows/${showId}`);
  await expect(page.getByRole("button", { name: "2 people" })).toBeVisible();
  await expect(page.getByRole("button", { name: "3 people" })).toBeHidden();
  expected.statuses.add(422);
  await page.getByRole("button", { name: "2 people" }).click();
  await page.route("**/hold", (route) =>
    route.request().method() === "POST"
      ? route.fulfill({
          status: 422,
          contentType: "application/problem+json",
          json: { type: "/problems/seat-limit", title: "Too many", status: 422, limit: 2, bought: 1 },
        })
      : route.fallback(),
  );
  await page.getByRole("button", { name: "Best 2 available seats" }).click();
  await expect(page.getByText("You bought 1 before, so 1 more is possible.")).toBeVisible();
});

test("a busy server is asked again until it answers", async ({ page, buyer, expected }) => {
  const [{ showId }, me] = await Promise.all([stageShow(), apiAs(buyer)]);
  await signIn(page, buyer);
  await page.goto(`/shows/${showId}?party=1`);
  expected.statuses.add(503);
  let refused = 0;
  await page.route("**/hold", (route) => {
    if (route.request().method() !== "POST" || refused === 2) return route.fallback();
    refused++;
    const headers = { "retry-after": "1" };
    const json = { type: "/problems/contended", title: "Very busy", status: 503 };
    return route.fulfill({ status: 503, contentType: "application/problem+json", headers, json });
  });
  await page.getByRole("button", { name: "Best available seat" }).click();
  await expect(page.getByText("Very busy right now. We keep asking for you")).toBeVisible();
  await expectHeld(page, 1);
  expect(refused).toBe(2);
  expect(await heldBy(me, showId)).toHaveLength(1);
});

test("offline is said, the choice stays, and trying again helps", async ({ page, context, buyer, expected }) => {
  const { showId } = await stageShow();
  await signIn(page, buyer);
  await page.goto(`/shows/${showId}?party=1`);
  await openList(page, "Stalls");
  await seat(page, "A", 3).click();
  expected.offline = true;
  await context.setOffline(true);
  await page.getByRole("button", { name: "Hold this seat" }).click();
  await expect(page.getByText("No connection").first()).toBeVisible();
  await expect(page.getByRole("heading", { name: "1 of 1 chosen" })).toBeVisible();
  await context.setOffline(false);
  await page.getByRole("button", { name: "Hold this seat" }).click();
  await expectHeld(page, 1);
});

test("on a slow network the place of the map is held", async ({ page }) => {
  const { showId } = await stageShow();
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route("**/layout", async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(`/shows/${showId}?party=1`);
  await expect(page.getByText("The seat map is on its way")).toBeAttached();
  release();
  await expect(page.getByTestId("seat-canvas")).toBeVisible();
});
