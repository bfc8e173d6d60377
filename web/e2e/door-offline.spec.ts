import type { BrowserContext, Page } from "@playwright/test";
import { enterCode, expectNextMayCome, expectVerdict, openDoor, STAFF } from "./door";
import { expect, expectAccessible, signIn, test } from "./journey";
import { apiAs, ok, stageShow } from "./stage";
import { buyTickets } from "./tickets";

const ORGANIZER = "organizer@demo.frontrow.test";

/** Whether somebody came in, as the server has it. */
async function admitted(showId: string): Promise<string[]> {
  const staff = await apiAs(STAFF);
  const { items } = await ok<{ items: { seat: string; status: string }[] }>(
    staff.get(`/v1/door/shows/${showId}/tickets`),
  );
  await staff.dispose();
  return items.filter(({ status }) => status === "ADMITTED").map(({ seat }) => seat);
}

/** Lets somebody in without a network, so that a scan waits to be sent. */
async function admitOffline(page: Page, context: BrowserContext, code: string): Promise<void> {
  await context.setOffline(true);
  await enterCode(page, code);
  await expectVerdict(page, "ADMITTED", "device", "Offline");
  await expectNextMayCome(page);
  await expect(page.getByText("1 to send")).toBeVisible();
}

test("scans of any show are sent as soon as the list of shows is open with a network", async ({
  page,
  context,
  expected,
  buyer,
}) => {
  test.slow();
  expected.offline = true;
  const show = await stageShow({ startsInMinutes: 90 });
  const [ticket] = await buyTickets(buyer, show, ["STALLS-A-1"]);
  await page.route("**/v1/check-ins/batch", (route) => route.abort());
  await openDoor(page, show.showId, "North");
  await admitOffline(page, context, ticket?.code ?? "");
  await context.setOffline(false);
  await page.getByRole("link", { name: "All shows" }).click();
  const card = page.getByRole("listitem").filter({ hasText: show.title });
  await expect(card.getByText("1 scan waits to be sent")).toBeVisible();
  expect(await admitted(show.showId)).toEqual([]);
  await page.unroute("**/v1/check-ins/batch");
  await expect(card.getByText("1 scan waits to be sent")).toHaveCount(0);
  await expect.poll(() => admitted(show.showId)).toEqual(["STALLS-A-1"]);
});

test("what was found out about a show's scans is told at every other show, with its name", async ({
  page,
  context,
  expected,
  buyer,
}) => {
  test.slow();
  expected.offline = true;
  const [show, next] = await Promise.all([stageShow({ startsInMinutes: 90 }), stageShow({ startsInMinutes: 91 })]);
  const [ticket] = await buyTickets(buyer, show, ["STALLS-A-2"]);
  const code = ticket?.code ?? "";
  await page.route("**/v1/check-ins/batch", (route) => route.abort());
  await openDoor(page, show.showId, "North");
  await admitOffline(page, context, code);
  const south = await apiAs(STAFF);
  await ok(south.post("/v1/check-ins", { data: { code, nonce: crypto.randomUUID(), gate: "South" } }));
  await context.setOffline(false);
  await page.goto(`/door/${next.showId}`);
  await page.unroute("**/v1/check-ins/batch");
  const alert = page.getByRole("alert").filter({ hasText: "Row A, seat 2" });
  await expect(alert).toContainText(show.title);
  await expect(alert).toContainText("at South");
});

test("scans are their owner's: who signs out is warned, others see nothing of them, and they are sent afterwards", async ({
  page,
  context,
  expected,
  buyer,
}) => {
  test.slow();
  expected.offline = true;
  const show = await stageShow({ startsInMinutes: 90 });
  const [ticket] = await buyTickets(buyer, show, ["STALLS-B-1"]);
  await page.route("**/v1/check-ins/batch", (route) => route.abort());
  await openDoor(page, show.showId, "North");
  await admitOffline(page, context, ticket?.code ?? "");
  await context.setOffline(false);
  await page.goto("/profile");
  await page.getByRole("button", { name: "Sign out" }).click();
  const warning = page.getByRole("dialog", { name: "1 scan was not sent yet" });
  await expect(warning).toBeVisible();
  await expectAccessible(page);
  await warning.getByRole("button", { name: "Close" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Your profile" })).toBeVisible();
  await page.getByRole("button", { name: "Sign out" }).click();
  await warning.getByRole("button", { name: "Sign out all the same" }).click();
  await expect(page).toHaveURL("/");
  expected.statuses.add(401);
  await page.unroute("**/v1/check-ins/batch");

  // Somebody else with this device, whose door it is not: nothing is sent in their name, and nothing is told to them.
  const sent: string[] = [];
  page.on("request", (request) => request.url().endsWith("/v1/check-ins/batch") && sent.push(request.url()));
  await signIn(page, ORGANIZER);
  await page.route("**/v1/door/shows?*", (route) => route.abort());
  await page.goto("/door");
  await expect(page.getByText("You are offline, and no show was loaded onto this device before.")).toBeVisible();
  await expect(page.getByText(show.title)).toHaveCount(0);
  expect(sent).toEqual([]);
  expect(await admitted(show.showId)).toEqual([]);

  await page.unroute("**/v1/door/shows?*");
  await signIn(page, STAFF);
  await page.goto("/door");
  await expect.poll(() => admitted(show.showId)).toEqual(["STALLS-B-1"]);
  expect(sent.length).toBeGreaterThan(0);
});

test("seats go by the names of their sections, with and without a network", async ({
  page,
  context,
  expected,
  buyer,
}) => {
  test.slow();
  expected.offline = true;
  const show = await stageShow({ startsInMinutes: 90 });
  const [first, second] = await buyTickets(buyer, show, ["STALLS-C-1", "STALLS-C-2"]);
  await openDoor(page, show.showId, "North");
  await enterCode(page, first?.code ?? "");
  await expectVerdict(page, "ADMITTED", "server", "Stalls · Row C, seat 1");
  await expectNextMayCome(page);
  await context.setOffline(true);
  await enterCode(page, second?.code ?? "");
  await expectVerdict(page, "ADMITTED", "device", "Stalls · Row C, seat 2");
});

test("a verdict has the focus and the whole screen, and gives both back", async ({ page, buyer }) => {
  test.slow();
  const show = await stageShow({ startsInMinutes: 90 });
  const [ticket] = await buyTickets(buyer, show, ["STALLS-D-1"]);
  await openDoor(page, show.showId, "North");
  const field = page.getByLabel("Code of the ticket");
  await field.fill(ticket?.code ?? "");
  await field.press("Enter");
  await expectVerdict(page, "ADMITTED", "server", "Come in", true);
  const verdict = page.getByRole("alertdialog", { name: "Come in" });
  await expect(verdict).toHaveAccessibleDescription(/Row D, seat 1.*The ticket is good/);
  await expect(verdict.getByRole("button", { name: "Next" })).toBeFocused();
  // What is beneath can neither be reached nor read out.
  await page.keyboard.press("Tab");
  await page.keyboard.press("Shift+Tab");
  expect(await page.evaluate(() => document.activeElement?.closest("main header"))).toBeNull();
  await expect(page.getByRole("heading", { name: show.title })).toHaveCount(1);
  expect(
    await page.getByLabel("Code of the ticket").evaluate((it) => {
      it.focus();
      return document.activeElement === it;
    }),
  ).toBe(false);
  await page.keyboard.press("Enter");
  await expectNextMayCome(page);
  await expect(field).toBeFocused();

  // A finger that the system takes away does not keep it for ever.
  await field.fill(ticket?.code ?? "");
  await field.press("Enter");
  await expectVerdict(page, "ALREADY_ADMITTED", "device", "Already inside", true);
  await page.getByTestId("verdict").dispatchEvent("pointercancel");
  await expectNextMayCome(page);
  // Escape is enough, too.
  await field.press("Escape");
  await field.fill("https://example.org/menu");
  await field.press("Enter");
  await expectVerdict(page, "UNKNOWN", "device", "Not our ticket", true);
  await page.keyboard.press("Escape");
  await expectNextMayCome(page);
});

test("a ticket whose payment is disputed is frozen: neither yes nor no, but to the desk, until that is settled", async ({
  page,
  context,
  expected,
  buyer,
}) => {
  test.slow();
  expected.offline = true;
  const show = await stageShow({ startsInMinutes: 90 });
  const [ticket] = await buyTickets(buyer, show, ["STALLS-D-5"]);
  const me = await apiAs(buyer);
  const read = async () => {
    const booking = me.get(`/v1/bookings/${ticket?.bookingId}`);
    return (await ok<{ payment: { paymentId: string; status: string } }>(booking)).payment;
  };
  // Nobody disputes what was not taken yet.
  await expect.poll(async () => (await read()).status).toBe("CAPTURED");
  const payment = await read();
  const bank = (action: string) => ok(me.post(`/v1/sandbox/payments/${payment.paymentId}`, { data: { action } }));
  const status = async () => (await ok<{ status: string }>(me.get(`/v1/tickets/${ticket?.ticketId}`))).status;
  await bank("dispute");
  await expect.poll(status).toBe("FROZEN");
  await openDoor(page, show.showId, "North");
  await enterCode(page, ticket?.code ?? "");
  await expectVerdict(page, "FROZEN", "server", "Send them to the desk");
  await expectNextMayCome(page);
  await context.setOffline(true);
  await enterCode(page, ticket?.code ?? "");
  await expectVerdict(page, "FROZEN", "device", "Send them to the desk");
  await expectNextMayCome(page);
  await expect(page.getByText("0 to send")).toBeVisible();
  await context.setOffline(false);

  await bank("dispute-won");
  await expect.poll(status).toBe("ISSUED");
  await page.reload();
  await expect(page.getByText(/^List from/)).toBeVisible();
  await expect(page.getByText("Online", { exact: true })).toBeVisible();
  await enterCode(page, ticket?.code ?? "");
  await expectVerdict(page, "ADMITTED", "server", "Come in");
});

test.describe("with the service worker", () => {
  test.use({ serviceWorkers: "allow" });

  test("a door that was loaded before starts without a network, lets people in, and tells it afterwards", async ({
    page,
    context,
    expected,
    buyer,
  }) => {
    test.slow();
    expected.offline = true;
    const show = await stageShow({ startsInMinutes: 90 });
    const [ticket] = await buyTickets(buyer, show, ["STALLS-C-5"]);
    await openDoor(page, show.showId, "North");
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.reload();
    await expect(page.getByText(/^List from/)).toBeVisible();
    expect(await page.evaluate(() => !!navigator.serviceWorker.controller)).toBe(true);
    await page.close();

    // The next evening: the device wakes up in a cellar.
    await context.setOffline(true);
    const cold = await context.newPage();
    await cold.goto("/door");
    await expect(cold.getByText("You are offline. These shows are on this device.")).toBeVisible();
    const card = cold.getByRole("listitem").filter({ hasText: show.title });
    await expect(card.getByText("Ready for offline")).toBeVisible();
    await card.getByRole("link", { name: "Scan tickets" }).click();
    await expect(cold.getByText("Offline", { exact: true })).toBeVisible();
    await enterCode(cold, ticket?.code ?? "");
    await expectVerdict(cold, "ADMITTED", "device", "Stalls · Row C, seat 5");
    await expectNextMayCome(cold);
    await cold.reload();
    await expect(cold.getByRole("heading", { name: show.title })).toBeVisible();
    await expect(cold.getByText("1 to send")).toBeVisible();
    await enterCode(cold, ticket?.code ?? "");
    await expectVerdict(cold, "ALREADY_ADMITTED", "device", "Already inside");
    await expectNextMayCome(cold);
    expect(await admitted(show.showId)).toEqual([]);
    await context.setOffline(false);
    await expect(cold.getByText("0 to send")).toBeVisible();
    await expect.poll(() => admitted(show.showId)).toEqual(["STALLS-C-5"]);
  });
});
