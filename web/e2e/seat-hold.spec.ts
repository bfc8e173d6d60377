import { expect, signIn, test } from "./journey";
import { expectHeld, heldBy, openList, seat } from "./seats";
import { apiAs, PASSWORD, stageShow } from "./stage";

// Whoever holds nothing is told so by a 404.
test.beforeEach(({ expected }) => void expected.statuses.add(404));

test("two seats from the list are held and lead to checkout", async ({ page, buyer }) => {
  const [{ showId, title }, me] = await Promise.all([stageShow(), apiAs(buyer)]);
  await signIn(page, buyer);
  await page.goto(`/shows/${showId}`);
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
  await expect(page.getByRole("heading", { name: "How many of you are coming?" })).toBeVisible();
  await page.getByRole("button", { name: "2 people" }).click();
  await expect(page).toHaveURL(/\?party=2$/);

  await openList(page, "Stalls");
  await seat(page, "B", 5).click();
  await seat(page, "B", 6).click();
  await expect(page.getByTestId("said")).toContainText("Stalls · Row B, seat 6 chosen. 2 of 2");
  // A third is refused in words, not silently.
  await seat(page, "B", 7).click();
  await expect(page.getByTestId("said")).toContainText("all 2 people");
  const estimate = (await page.getByTestId("estimate").textContent()) ?? "";
  await page.getByRole("button", { name: "Hold these 2 seats" }).click();

  await expectHeld(page, 2);
  expect(await heldBy(me, showId)).toEqual(["STALLS-B-5", "STALLS-B-6"]);
  // What was estimated is what it costs.
  await expect(page.getByTestId("total")).toHaveText(estimate);
  await expect(seat(page, "B", 5)).toHaveAccessibleName(/held for you/);
  await page.getByRole("link", { name: "Go on to checkout" }).click();
  await expect(page).toHaveURL(`/shows/${showId}/checkout`);
  expect(await heldBy(me, showId)).toEqual(["STALLS-B-5", "STALLS-B-6"]);
});

test("the best three next to each other are held at once, and given back", async ({ page, buyer }) => {
  const [{ showId }, me] = await Promise.all([stageShow(), apiAs(buyer)]);
  await signIn(page, buyer);
  await page.goto(`/shows/${showId}?party=3`);
  await page.getByText("What matters to you").click();
  await page.getByLabel("Where").selectOption("Stalls");
  await page.getByRole("button", { name: "Best 3 available seats" }).click();
  await expectHeld(page, 3);
  const seats = (await heldBy(me, showId)) ?? [];
  const numbers = seats.map((one) => Number(one.split("-")[2])).sort((a, b) => a - b);
  expect(new Set(seats.map((one) => one.split("-").slice(0, 2).join("-"))).size, "one row").toBe(1);
  expect((numbers[2] ?? 0) - (numbers[0] ?? 0), "neighbours").toBe(2);

  await page.getByRole("button", { name: "Give back and change" }).click();
  await expect(page.getByRole("heading", { name: "3 of 3 chosen" })).toBeVisible();
  expect(await heldBy(me, showId)).toBeUndefined();
});

test("the keyboard alone gets from the page's first tab stop to a hold", async ({ page, buyer }) => {
  const [{ showId }, me] = await Promise.all([stageShow(), apiAs(buyer)]);
  await signIn(page, buyer);
  await page.goto(`/shows/${showId}?party=2`);
  await page.getByRole("heading", { level: 1 }).focus();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "List" })).toBeFocused();
  await page.keyboard.press("Enter");
  // Past the map's switch and the number of people, to the sections.
  for (let stop = 0; stop < 3; stop++) await page.keyboard.press("Tab");
  await expect(page.getByRole("heading", { name: "Stalls" }).getByRole("button")).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("heading", { name: "Floor" }).getByRole("button")).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await expect(seat(page, "A", 1)).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowRight");
  await expect(seat(page, "B", 2)).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("End");
  await expect(seat(page, "B", 10)).toBeFocused();
  await page.keyboard.press("Space");
  await expect(page.getByTestId("said")).toContainText("2 of 2");
  const holdIt = page.getByRole("button", { name: "Hold these 2 seats" });
  for (let stop = 0; stop < 20 && !(await holdIt.evaluate((it) => it === document.activeElement)); stop++)
    await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expectHeld(page, 2);
  await expect(page.getByRole("heading", { name: "2 seats are held for you" })).toBeFocused();
  await expect(page.getByTestId("said")).toHaveText("2 seats are held for you");
  expect(await heldBy(me, showId)).toEqual(["STALLS-B-10", "STALLS-B-2"]);
});

test("whoever signs in on the way finds the same seats, held", async ({ page, buyer, expected }) => {
  const { showId } = await stageShow();
  await page.goto(`/shows/${showId}?party=2`);
  await openList(page, "Stalls");
  await seat(page, "C", 3).click();
  await seat(page, "C", 4).click();
  await page.getByRole("button", { name: "Hold these 2 seats" }).click();
  const next = encodeURIComponent(`/shows/${showId}?party=2`);
  await expect(page).toHaveURL(`/sign-in?next=${next}`);

  // What the sign-in page does.
  expected.statuses.add(401);
  await page.request.post("/v1/auth/sign-in", { data: { email: buyer, password: PASSWORD } });
  await page.evaluate(() => localStorage.setItem("frontrow.signed-in", "1"));
  await page.goto(`/shows/${showId}?party=2`);
  await expectHeld(page, 2);
  const me = await apiAs(buyer);
  expect(await heldBy(me, showId)).toEqual(["STALLS-C-3", "STALLS-C-4"]);
});

test("a double tap sends one hold", async ({ page, buyer }) => {
  const { showId } = await stageShow();
  await signIn(page, buyer);
  await page.goto(`/shows/${showId}?party=1`);
  await openList(page, "Stalls");
  await seat(page, "A", 1).click();
  let sent = 0;
  page.on("request", (request) => {
    if (request.method() === "POST" && request.url().endsWith("/hold")) sent++;
  });
  await page.getByRole("button", { name: "Hold this seat" }).dblclick();
  await expectHeld(page, 1);
  expect(sent).toBe(1);
});

test("another tab's hold is noticed, and so is its end", async ({ page, context, buyer }) => {
  const { showId } = await stageShow();
  await signIn(page, buyer);
  const other = await context.newPage();
  await other.addInitScript(() => localStorage.setItem("frontrow.signed-in", "1"));
  for (const tab of [page, other]) {
    await tab.goto(`/shows/${showId}?party=2`);
    await openList(tab, "Stalls");
  }
  await seat(page, "D", 1).click();
  await page.getByRole("button", { name: "Hold this seat" }).click();
  await expectHeld(page, 1);
  await expectHeld(other, 1);
  await expect(seat(other, "D", 1)).toHaveAccessibleName(/held for you/);
  await other.getByRole("button", { name: "Give back and change" }).click();
  await expect(page.getByRole("heading", { name: "0 of 2 chosen" })).toBeVisible();
  await expect(seat(page, "D", 1)).toHaveAccessibleName(/free/);
});

test("a hold of another device is shown instead of a second one", async ({ page, buyer, expected }) => {
  const [{ showId }, phone] = await Promise.all([stageShow(), apiAs(buyer)]);
  await signIn(page, buyer);
  await page.goto(`/shows/${showId}?party=2`);
  await openList(page, "Stalls");
  await seat(page, "A", 1).click();
  expect((await phone.post(`/v1/shows/${showId}/hold`, { data: { seats: ["STALLS-D-9"] } })).ok()).toBe(true);
  expected.statuses.add(409);
  await page.getByRole("button", { name: "Hold this seat" }).click();
  await expect(page.getByText("You hold places for this show already")).toBeVisible();
  await expectHeld(page, 1);
  await expect(page.getByTestId("held")).toContainText("Row D, seat 9");
  expect(await heldBy(phone, showId)).toEqual(["STALLS-D-9"]);
});

test("a device that is an hour wrong counts down rightly", async ({ page, buyer }) => {
  const { showId } = await stageShow({ holdSeconds: 120 });
  await page.addInitScript(() => {
    const now = Date.now;
    Date.now = () => now() + 3_600_000;
  });
  await signIn(page, buyer);
  await page.goto(`/shows/${showId}?party=1`);
  await openList(page, "Stalls");
  await seat(page, "A", 2).click();
  await page.getByRole("button", { name: "Hold this seat" }).click();
  await expectHeld(page, 1);
  await expect(page.getByRole("timer")).toHaveText(/Held for you for (1:[345]\d|2:00)/);
});

test("a standing area is bought by number", async ({ page, buyer }) => {
  const [{ showId }, me] = await Promise.all([stageShow(), apiAs(buyer)]);
  await signIn(page, buyer);
  await page.goto(`/shows/${showId}?party=3`);
  await openList(page, "Floor");
  await page.getByRole("button", { name: "Take 3" }).click();
  await page.getByRole("button", { name: "One fewer" }).click();
  await page.getByRole("button", { name: "Hold these 2 seats" }).click();
  await expectHeld(page, 2);
  const held = (await heldBy(me, showId)) ?? [];
  expect(held.map((one) => one.replace(/\d+$/, ""))).toEqual(["FLOOR-0-", "FLOOR-0-"]);
});
