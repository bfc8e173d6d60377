import { expect, expectAccessible, expectNoSidewaysScroll, signIn, test } from "./journey";
import { ORGANIZER, ownEvent, picture, stageDraft } from "./organizer-stage";
import { apiAs, ok, stageShow } from "./stage";

test("a coupon for one event is made and withdrawn; a code that exists is refused at its field", async ({
  page,
  expected,
}) => {
  expected.statuses.add(409);
  const { eventId, title } = await stageShow();
  const code = `TEST-${crypto.randomUUID().slice(0, 8).toUpperCase()}`;
  await signIn(page, ORGANIZER);
  await page.goto(`/organizer/events/${eventId}`);
  await page.getByRole("link", { name: "Coupon for it" }).click();
  const dialog = page.getByRole("dialog", { name: "New coupon" });
  await expect(dialog.getByText(`Only for “${title}”`)).toBeVisible();
  await dialog.getByLabel("Code").fill("no");
  await dialog.getByRole("button", { name: "Create coupon" }).click();
  await expect(dialog.getByLabel("Code")).toHaveAttribute("aria-invalid", "true");
  await dialog.getByLabel("Code").fill(code.toLowerCase());
  await dialog.getByLabel("Percent").fill("12.5");
  await dialog.getByLabel("Uses in all").fill("3");
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await dialog.getByRole("button", { name: "Create coupon" }).dblclick();
  await expect(dialog).toBeHidden();
  const line = page.getByRole("listitem").filter({ hasText: code });
  await expect(line.getByText("12.5 %")).toBeVisible();
  await expect(line.getByText("for one event · 0 of 3 used")).toBeVisible();

  await page.getByRole("button", { name: "New coupon" }).click();
  await dialog.getByLabel("Code").fill(code);
  await dialog.getByRole("button", { name: "Create coupon" }).click();
  await expect(dialog.getByText("There is a coupon with this code.")).toBeVisible();
  await page.keyboard.press("Escape");
  await line.getByRole("button", { name: `Withdraw ${code}` }).click();
  await expect(line.getByText("Withdrawn")).toBeVisible();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
});

test("settings are changed, wrong ones are marked, and leaving with changes asks", async ({ page }) => {
  await signIn(page, ORGANIZER);
  await page.goto("/organizer?tab=settings");
  const address = page.getByLabel("Registered address");
  const before = await address.inputValue();
  await page.getByLabel("Booking fee in percent").fill("99");
  await page.getByLabel("Registered address").focus();
  await expect(page.getByText("From 0 to 50, as 12.5.")).toBeVisible();
  await page.getByLabel("Booking fee in percent").fill("0");
  await address.fill("4 Test Lane");
  await page.getByRole("link", { name: "Events" }).last().click();
  await page.getByRole("dialog").getByRole("button", { name: "Stay" }).click();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Settings saved")).toBeVisible();
  await page.reload();
  await expect(address).toHaveValue("4 Test Lane");
  const api = await apiAs(ORGANIZER);
  await ok(api.patch("/v1/organizer/organization", { data: { address: before } }));
  await api.dispose();
});

test("a refund that failed is tried again", async ({ page }) => {
  const refund = {
    refundId: "ref_0123456789abcdef",
    paymentId: "pay_0123456789abcdef",
    bookingId: "bkg_0123456789abcdef",
    bookingNumber: "FR-TEST-0001",
    amount: { amount: 12_345, currency: "INR" },
    reason: "GOODWILL",
    status: "FAILED",
    attempt: 1,
    failure: "account-closed",
    requestedAt: "2026-11-20T10:00:00Z",
  };
  let retried = 0;
  // No sandbox lets a refund fail: the answers are the server's, word for word.
  await page.route("**/v1/organizer/refunds?*", (route) =>
    route.fulfill({ json: { items: retried === 0 ? [refund] : [] } }),
  );
  await page.route("**/v1/organizer/payments/*/refunds/*/retry", (route) => {
    retried += 1;
    expect(route.request().url()).toContain(`/${refund.paymentId}/refunds/${refund.refundId}/retry`);
    return route.fulfill({ json: { ...refund, status: "REQUESTED", attempt: 2 } });
  });
  await signIn(page, ORGANIZER);
  await page.goto("/organizer?tab=refunds");
  await expect(page.getByText("The provider says: account-closed")).toBeVisible();
  await expect(page.getByText("₹123.45")).toBeVisible();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await page.getByRole("button", { name: "Try the refund of FR-TEST-0001 again" }).dblclick();
  await expect(page.getByText("No refund has failed")).toBeVisible();
  expect(retried).toBe(1);
});

test("a picture that did not arrive is sent again, announced once; wrong files are refused", async ({
  page,
  expected,
}) => {
  expected.offline = true;
  const { eventId } = await stageDraft();
  await signIn(page, ORGANIZER);
  await page.goto(`/organizer/events/${eventId}`);
  await expect(page.getByRole("heading", { name: "As buyers will see it" })).toBeVisible();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  const file = page.getByTestId("image-file");
  await file.setInputFiles({ name: "a.svg", mimeType: "image/svg+xml", buffer: Buffer.from("<svg/>") });
  await expect(page.getByText("Only JPEG, PNG and WebP.")).toBeVisible();
  await file.setInputFiles({ name: "a.png", mimeType: "image/png", buffer: Buffer.from("not a picture") });
  await expect(page.getByText("This file is no picture that can be read.")).toBeVisible();
  await file.setInputFiles({ name: "a.png", mimeType: "image/png", buffer: await picture(page, 320, 180) });
  await expect(page.getByText("It should be at least 640 pixels wide.")).toBeVisible();

  let announced = 0;
  page.on("request", (request) => {
    if (request.url().endsWith(`/events/${eventId}/images`)) announced += 1;
  });
  const toBucket = (url: URL) => url.pathname.includes("media");
  await page.route(toBucket, (route) => (route.request().method() === "POST" ? route.abort() : route.fallback()));
  const jpeg = await picture(page, 900, 1600, "image/jpeg");
  await file.setInputFiles({ name: "tall.jpg", mimeType: "image/jpeg", buffer: jpeg });
  const dialog = page.getByRole("dialog", { name: "Choose what is shown" });
  await dialog.getByLabel("What the picture shows").fill("A tall curtain");
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await dialog.getByRole("button", { name: "Upload" }).click();
  await expect(dialog.getByText("No connection")).toBeVisible();
  await page.unroute(toBucket);
  await dialog.getByRole("button", { name: "Try again" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.locator("#images").getByRole("img", { name: "A tall curtain", exact: true })).toBeVisible();
  expect(announced).toBe(1);
  expect((await ownEvent(eventId)).images).toHaveLength(1);
});

test("a publication that takes several calls goes on by itself and shows how far it is", async ({ page }) => {
  const { eventId } = await stageDraft({ submit: true });
  const admin = await apiAs("admin@demo.frontrow.test");
  await ok(admin.post(`/v1/events/${eventId}/approve`));
  await admin.dispose();
  await signIn(page, ORGANIZER);
  await page.goto(`/organizer/events/${eventId}`);
  let calls = 0;
  let goOn = () => {};
  const seen = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  await page.route("**/publish", async (route) => {
    calls += 1;
    if (calls === 1)
      return route.fulfill({ status: 202, json: { eventId, status: "SUBMITTED", showsPublished: 3, shows: 7 } });
    await seen;
    return route.fallback();
  });
  await page.getByRole("button", { name: "Put on sale" }).click();
  await expect(page.getByText("3 of 7 shows")).toBeVisible();
  goOn();
  await expect(page.getByRole("heading", { name: "Sales at a glance" })).toBeVisible();
  expect(calls).toBe(2);
  expect((await ownEvent(eventId)).status).toBe("PUBLISHED");
});
