import type { BrowserContext } from "@playwright/test";
import { enterCode, expectAccessibleVerdict, expectNextMayCome, expectVerdict, openDoor, STAFF } from "./door";
import { expect, expectAccessible, expectNoSidewaysScroll, signIn, test, watchConsole } from "./journey";
import { stageShow } from "./stage";
import { buyTickets, cancelBooking } from "./tickets";

async function otherDevice(context: BrowserContext): Promise<BrowserContext> {
  const browser = context.browser();
  if (!browser) throw new Error("a context has a browser");
  return browser.newContext({ baseURL: process.env.FRONTROW_URL ?? "", locale: "en-IN", timezoneId: "Asia/Kolkata" });
}

test("staff find their show, and a ticket lets somebody in once", async ({ page, buyer }) => {
  test.slow();
  const show = await stageShow({ startsInMinutes: 90 });
  const other = await stageShow({ startsInMinutes: 120 });
  const [ticket] = await buyTickets(buyer, show, ["STALLS-A-1"]);
  const [foreign] = await buyTickets(buyer, other, ["STALLS-A-1"]);
  if (!ticket || !foreign) throw new Error("a ticket was bought");
  await signIn(page, STAFF);
  await page.goto("/door");
  const card = page.getByRole("listitem").filter({ hasText: show.title });
  await expect(card).toBeVisible();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await card.getByRole("link", { name: "Scan tickets" }).click();
  await expect(page.getByRole("heading", { name: show.title })).toBeVisible();
  // No camera in this browser: said so, and the other ways are at hand.
  await expect(page.getByRole("heading", { name: "No camera here" })).toBeVisible();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await page.getByLabel("This gate").fill("North");

  await enterCode(page, ticket.code);
  await expectVerdict(page, "ADMITTED", "server", "Row A, seat 1");
  await expectNextMayCome(page);
  await enterCode(page, ticket.code);
  await expectAccessibleVerdict(page, "ALREADY_ADMITTED", "device", "at North");

  await enterCode(page, foreign.code);
  await expectVerdict(page, "WRONG_SHOW", "server", "The ticket is for another show.");
  await expectNextMayCome(page);
  await enterCode(page, `${ticket.code.slice(0, -3)}AAA`);
  await expectVerdict(page, "UNKNOWN", "device", "Not our ticket");
  await expectNextMayCome(page);
  await enterCode(page, "https://example.org/menu");
  await expectVerdict(page, "UNKNOWN", "device", "Not our ticket");
  await expectNextMayCome(page);
  await expect(page.getByTestId("admitted")).toHaveText("1");
  await expect(page.getByTestId("refused")).toHaveText("4");
});

test("a hand scanner types a code without a field, and another gate hears who was first", async ({
  page,
  context,
  expected,
  buyer,
}) => {
  test.slow();
  const show = await stageShow({ startsInMinutes: 90 });
  const [ticket] = await buyTickets(buyer, show, ["STALLS-B-2"]);
  if (!ticket) throw new Error("a ticket was bought");
  await openDoor(page, show.showId, "North");
  // The focus is on a button that a space of the code would press.
  await page.getByRole("button", { name: "Sound off" }).focus();
  await page.keyboard.type(ticket.code);
  await page.keyboard.press("Enter");
  await expectVerdict(page, "ADMITTED", "server", "Come in");
  await expect(page.getByRole("button", { name: "Sound off" })).toHaveCount(1);

  const device = await otherDevice(context);
  const south = await device.newPage();
  const errors = watchConsole(south, expected);
  await openDoor(south, show.showId, "South");
  await enterCode(south, ticket.code);
  await expectVerdict(south, "ALREADY_ADMITTED", "server", "at North");
  expect(errors).toEqual([]);
  await device.close();
});

test("two devices without a network let the same ticket in, and both hear of it afterwards", async ({
  page,
  context,
  expected,
  buyer,
}) => {
  test.slow();
  expected.offline = true;
  const show = await stageShow({ startsInMinutes: 90 });
  const [first, second] = await buyTickets(buyer, show, ["STALLS-C-3", "STALLS-C-4"]);
  if (!first || !second) throw new Error("two tickets were bought");
  const device = await otherDevice(context);
  const south = await device.newPage();
  const errors = watchConsole(south, expected);
  await openDoor(page, show.showId, "North");
  await openDoor(south, show.showId, "South");
  await context.setOffline(true);
  await device.setOffline(true);
  await expect(page.getByText("Offline", { exact: true })).toBeVisible();

  await enterCode(page, first.code);
  await expectAccessibleVerdict(page, "ADMITTED", "device", "Offline");
  await enterCode(page, first.code);
  await expectVerdict(page, "ALREADY_ADMITTED", "device", "at North");
  await expectNextMayCome(page);
  await enterCode(page, second.code);
  await expectVerdict(page, "ADMITTED", "device", "Offline");
  await expect(page.getByText("2 to send")).toBeVisible();
  await enterCode(south, first.code);
  await expectVerdict(south, "ADMITTED", "device", "Offline");
  await expect(south.getByText("1 to send")).toBeVisible();

  // North comes back first: it is the one that is written down.
  await context.setOffline(false);
  await expect(page.getByText("0 to send")).toBeVisible();
  await expect(page.getByText("Online", { exact: true })).toBeVisible();
  // South's device is restarted before it is back: what it has to tell outlives that.
  await south.route("**/v1/check-ins/batch", (route) => route.abort());
  await device.setOffline(false);
  await south.reload();
  await expect(south.getByText("1 to send")).toBeVisible();
  await south.unroute("**/v1/check-ins/batch");
  await expect(south.getByText("1 ticket was let in twice or should not have been")).toBeVisible();
  await expect(south.getByRole("alert")).toContainText("Row C, seat 3");
  await expect(south.getByRole("alert")).toContainText("at North");
  await expectAccessible(south);
  await expectNoSidewaysScroll(south);
  await south.reload();
  await south.getByRole("button", { name: "Seen" }).click();
  await expect(south.getByText("1 ticket was let in twice")).toHaveCount(0);
  await expect(page.getByRole("alert")).toHaveCount(0);
  expect(errors).toEqual([]);
  await device.close();
});

test("a ticket that was given back is refused without a network, by a clock that is an hour wrong", async ({
  page,
  context,
  expected,
  buyer,
}) => {
  test.slow();
  expected.offline = true;
  const show = await stageShow({ startsInMinutes: 90 });
  const [revoked] = await buyTickets(buyer, show, ["STALLS-D-1"]);
  if (!revoked) throw new Error("a ticket was bought");
  await cancelBooking(buyer, revoked.bookingId);
  const [good] = await buyTickets(buyer, show, ["STALLS-D-2"]);
  if (!good) throw new Error("another ticket was bought");
  // An hour late: by this clock no ticket is valid yet.
  await page.clock.install({ time: Date.now() - 60 * 60_000 });
  await openDoor(page, show.showId, "North");
  await context.setOffline(true);
  await enterCode(page, revoked.code);
  await expectVerdict(page, "REVOKED", "device", "No longer valid");
  await expectNextMayCome(page);
  await enterCode(page, good.code);
  await expectVerdict(page, "ADMITTED", "device", "Come in");
});

test("a server that does not answer in a second is not waited for, and not asked twice", async ({
  page,
  expected,
  buyer,
}) => {
  test.slow();
  expected.offline = true;
  const show = await stageShow({ startsInMinutes: 90 });
  const [ticket] = await buyTickets(buyer, show, ["STALLS-A-5"]);
  if (!ticket) throw new Error("a ticket was bought");
  await openDoor(page, show.showId, "North");
  // The server lets them in; its answer is lost on the way.
  await page.route("**/v1/check-ins", async (route) => {
    await route.fetch();
    await route.abort();
  });
  await enterCode(page, ticket.code);
  await expectVerdict(page, "ADMITTED", "device", "Offline");
  await expect(page.getByText("0 to send")).toBeVisible();
  // The same scan, not a second one: nobody is found to have come in twice.
  await expect(page.getByText("Online", { exact: true })).toBeVisible();
  await expect(page.getByRole("alert")).toHaveCount(0);
});

test("a buyer works no door", async ({ page, buyer }) => {
  await signIn(page, buyer);
  await page.goto("/door");
  await expect(page.getByRole("heading", { name: "This is not for your account" })).toBeVisible();
});
