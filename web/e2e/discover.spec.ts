import { expect, expectAccessible, expectNoSidewaysScroll, test } from "./journey";
import { stageShow } from "./stage";

test("from the first page to an event, by what is asked for", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Your seat");
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);

  await page.getByLabel("City").selectOption("Mumbai");
  await page.getByLabel("When").selectOption("Next 30 days");
  await page.getByRole("button", { name: "Search" }).click();
  await expect(page).toHaveURL(/\/events\?city=Mumbai&from=\d{4}-\d{2}-\d{2}&to=/);
  await expect(page.getByRole("status").filter({ hasText: /\d+ event/ })).toBeVisible();
  const cards = page.getByRole("article");
  for (const card of await cards.all()) await expect(card).toContainText("Mumbai");

  await page.getByLabel("Category").selectOption("Comedy");
  await expect(page).toHaveURL(/category=COMEDY/);
  await expect(cards.first()).toContainText("Comedy");
  await page.getByRole("link", { name: "Aunty Sets the Agenda" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Aunty Sets the Agenda" })).toBeFocused();
  await page.goBack();
  await expect(page.getByLabel("Category")).toHaveValue("COMEDY");
});

test("filters are chips that can be taken away, and a search that finds nothing offers to ask for less", async ({
  page,
}) => {
  await page.goto("/events?category=SPORTS&city=Pune&max=1");
  await expect(page.getByRole("heading", { name: "Nothing like that is on" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Search without “Up to ₹1”" }).click();
  await expect(page).not.toHaveURL(/max=/);
  await page.getByRole("button", { name: "Remove filter Pune" }).click();
  await expect(page).not.toHaveURL(/city=/);
  await expect(page.getByRole("article").first()).toContainText("Sports");
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
});

test("a card says what a seat costs with everything in it, as the quote will", async ({ page }) => {
  const { eventId, title } = await stageShow({ price: 50_000, title: `All in ${Date.now()}` });
  await page.goto(`/events/${eventId}`);
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
  // Floor at half the price and the stalls, each with 18 % tax.
  await expect(page.getByText("₹295 – ₹590")).toBeVisible();
  await expect(page.getByText("80 seats free")).toBeVisible();
});

test("an event with many dates shows a day at a time, in the venue's zone and in the viewer's", async ({
  browser,
  baseURL,
}) => {
  const context = await browser.newContext({
    timezoneId: "America/New_York",
    locale: "en-US",
    ...(baseURL && { baseURL }),
  });
  const page = await context.newPage();
  await page.goto("/events?category=MOVIE&city=Bengaluru");
  await page.getByRole("link", { name: "Monsoon Express" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Monsoon Express" })).toBeVisible();
  const days = page.getByRole("radio");
  await expect(days).toHaveCount(14);
  await days.nth(3).check({ force: true });
  await expect(page.getByRole("link", { name: /^Choose seats, / })).toHaveCount(1);
  await expect(page.getByText(/your time/).first()).toBeVisible();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await context.close();
});

test("on a phone the next show is one tap away", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  const { eventId, showId } = await stageShow();
  await page.goto(`/events/${eventId}`);
  await page.getByRole("link", { name: "Choose seats", exact: true }).last().click();
  await expect(page).toHaveURL(`/shows/${showId}`);
});

test("an event that is not there, and a network that fails, each say what to do", async ({ page, expected }) => {
  expected.statuses.add(404).add(503);
  await page.goto("/events/evt_0000000000000000");
  await expect(page.getByRole("alert")).toContainText("We cannot find that");
  await expectAccessible(page);

  await page.route("**/v1/events?*", (route) => route.fulfill({ status: 503, body: "" }));
  await page.goto("/events");
  await expect(page.getByRole("alert")).toContainText("Very busy right now");
  await page.unroute("**/v1/events?*");
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("article").first()).toBeVisible();
});
