import type { Page } from "@playwright/test";
import { STAFF } from "./door";
import { expect, expectAccessible, expectNoSidewaysScroll, signIn, test } from "./journey";
import { buy } from "./purchase";
import { apiAs, ok, stageShow } from "./stage";

const ORGANIZER = "organizer@demo.frontrow.test";
const ADMIN = "admin@demo.frontrow.test";

/** Whatever is said on every page in Latin letters though the language is Hindi: names, and what is typed. */
const DEVANAGARI = /[\u0900-\u097f]/;

/** In Hindi, in light and in dark, on every width: all that a page says of itself is Hindi, and everybody can use it. */
async function expectGoodInHindi(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expect(page.locator("html")).toHaveAttribute("lang", "hi-IN");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.getByTestId("skeleton"), `${path} has come`).toHaveCount(0);
  await expect(page.locator("main")).toContainText(DEVANAGARI);
  // A word without a translation is shown as its key.
  await expect(page.locator("body")).not.toContainText(
    /(?<![@\w.])[a-z]+[A-Za-z]*\.[a-z]+[A-Za-z]*\.[A-Za-z]+(?![\w@])/,
  );
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
}

test.beforeEach(({ page, expected }) => {
  test.slow();
  // Who holds nothing is told so by a 404.
  expected.statuses.add(404);
  return page.addInitScript(() => localStorage.setItem("frontrow.language", "hi"));
});

const forEverybody = ["/", "/events", "/sign-in", "/sign-up", "/confirm", "/forgot-password", "/no/such/row"];
for (const path of forEverybody) {
  test(`${path} in Hindi`, ({ page }) => expectGoodInHindi(page, path));
}

for (const [what, path] of [
  ["an event", "/events/:event"],
  ["a seat map", "/shows/:show?party=2"],
] as const) {
  test(`${what} in Hindi`, async ({ page }) => {
    const { eventId, showId } = await stageShow();
    await expectGoodInHindi(page, path.replace(":event", eventId).replace(":show", showId));
  });
}

for (const [what, path] of [
  ["a checkout", "/shows/:show/checkout"],
  ["bookings", "/bookings"],
  ["a booking", "/bookings/:booking"],
  ["tickets", "/tickets"],
  ["a ticket", "/tickets/:ticket"],
  ["a profile", "/profile"],
] as const) {
  test(`${what} in Hindi`, async ({ page, buyer }) => {
    const { showId } = await stageShow();
    const api = await apiAs(buyer);
    const { bookingId, tickets } = await buy(api, showId, ["STALLS-A-1"]);
    await ok(api.post(`/v1/shows/${showId}/hold`, { data: { seats: ["STALLS-A-3", "STALLS-A-4"] } }));
    await ok(api.post("/_local/streams/idle"));
    await signIn(page, buyer);
    const ids = { ":show": showId, ":booking": bookingId, ":ticket": tickets[0]?.ticketId ?? "" };
    const address = Object.entries(ids).reduce((text, [name, id]) => text.replace(name, id), path as string);
    await expectGoodInHindi(page, address);
  });
}

for (const [what, path, email] of [
  ["the organizer's page", "/organizer", ORGANIZER],
  ["a new event", "/organizer/events/new", ORGANIZER],
  ["an event of the organizer's", "/organizer/events/:event", ORGANIZER],
  ["an event to edit", "/organizer/events/:event/edit", ORGANIZER],
  ["the admins' queue", "/admin", ADMIN],
  ["an event to review", "/admin/events/:event", ADMIN],
  ["the door", "/door", STAFF],
  ["a scanner", "/door/:show", STAFF],
] as const) {
  test(`${what} in Hindi`, async ({ page }) => {
    const { eventId, showId } = await stageShow({ startsInMinutes: 90 });
    await signIn(page, email);
    await expectGoodInHindi(page, path.replace(":event", eventId).replace(":show", showId));
  });
}
