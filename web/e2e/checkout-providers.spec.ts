import type { Page } from "@playwright/test";
import { expect, expectAccessible, test } from "./journey";
import { type BookingFacts, holding, type Purchase } from "./purchase";
import { cloudUrl, ok } from "./stage";

/** What the fakes of the providers' scripts were called with. */
type Calls = [string, ...unknown[]][];
declare global {
  interface Window {
    providerCalls: Calls;
  }
}

const STRIPE = `
  window.providerCalls = [];
  window.Stripe = (key) => {
    window.providerCalls.push(["Stripe", key]);
    return {
      elements: ({ clientSecret }) => {
        window.providerCalls.push(["elements", clientSecret]);
        return { create: (kind) => ({
          mount: (element) => { element.textContent = "card fields: " + kind; },
          on: (event, handler) => { if (event === "ready") handler(); },
          destroy: () => {},
        }) };
      },
      confirmPayment: async ({ redirect, confirmParams }) => {
        window.providerCalls.push(["confirmPayment", redirect, confirmParams.return_url]);
        return window.providerCalls.filter(([call]) => call === "confirmPayment").length === 1
          ? { error: { type: "card_error", message: "Your card has insufficient funds." } }
          : { paymentIntent: { id: "pi_journey", status: "requires_capture" } };
      },
    };
  };`;

const RAZORPAY = `
  window.providerCalls = [];
  window.Razorpay = class {
    constructor(options) { this.options = options; window.providerCalls.push(["Razorpay", options.key, options.order_id, options.amount, options.currency]); }
    on() {}
    open() {
      window.providerCalls.push(["open"]);
      this.options.handler({ razorpay_order_id: this.options.order_id, razorpay_payment_id: "pay_journey", razorpay_signature: "f".repeat(64) });
    }
  };`;

/** A stage that takes this provider: what the server would say of it is made from what it says of the sandbox. */
async function accept(
  page: Page,
  { api, show }: Purchase,
  provider: "stripe" | "razorpay",
): Promise<{ proofs: unknown[] }> {
  const config = { providers: [provider, "sandbox"], stripePublishableKey: "pk_test_1", razorpayKeyId: "rzp_test_1" };
  await page.route("**/config.json", (route) => route.fulfill({ json: config }));
  const payment = { provider, clientSecret: "pi_journey_secret", orderId: "order_journey" };
  await page.route(/\/v1\/bookings(\/[^/]+\/payment-attempts)?$/, async (route) => {
    if (route.request().method() !== "POST") return route.continue();
    const wish = route.request().postDataJSON() as { provider: string };
    const response = await route.fetch({ postData: JSON.stringify({ ...wish, provider: "sandbox" }) });
    const booking = (await response.json()) as BookingFacts;
    if (wish.provider === "sandbox") return route.fulfill({ response });
    return route.fulfill({ response, json: { ...booking, payment: { ...booking.payment, ...payment } } });
  });
  const proofs: unknown[] = [];
  await page.route("**/v1/bookings/*/confirm", async (route) => {
    proofs.push(route.request().postDataJSON());
    const { items } = await ok<{ items: (BookingFacts & { showId: string })[] }>(api.get("/v1/bookings"));
    const found = items.find(({ showId }) => showId === show.showId);
    const booking = await ok<BookingFacts>(api.get(`/v1/bookings/${found?.bookingId}`));
    const path = `${cloudUrl()}/v1/sandbox/payments/${booking.payment?.paymentId}`;
    const { proof } = await ok<{ proof: unknown }>(api.post(path, { data: { action: "authorize", webhook: "never" } }));
    await route.fulfill({ response: await api.post(`/v1/bookings/${booking.bookingId}/confirm`, { data: proof }) });
  });
  return { proofs };
}

const calls = (page: Page): Promise<Calls> => page.evaluate(() => window.providerCalls);

test("Stripe's Payment Element gets the payment's secret; a refusal is told, the second try pays", async ({
  page,
  buyer,
}) => {
  const purchase = await holding(page, buyer, ["STALLS-D-1"]);
  const { proofs } = await accept(page, purchase, "stripe");
  await page.route("https://js.stripe.com/**", (route) =>
    route.fulfill({ contentType: "text/javascript", body: STRIPE }),
  );
  await page.goto(purchase.checkout);
  await page.getByRole("button", { name: /^Pay ₹/ }).click();
  await expect(page.getByTestId("stripe-element")).toContainText("card fields: payment");
  await page.getByRole("button", { name: /^Pay ₹.* now/ }).click();
  await expect(page.getByText("Your card has insufficient funds.")).toBeVisible();
  await page.getByRole("button", { name: /^Try again: pay ₹/ }).click();
  await page.getByRole("button", { name: /^Pay ₹.* now/ }).click();
  await expect(page.getByRole("heading", { name: "You are going!" })).toBeVisible();
  expect(proofs).toEqual([{ paymentIntentId: "pi_journey" }]);
  const made = await calls(page);
  expect(made).toContainEqual(["Stripe", "pk_test_1"]);
  expect(made).toContainEqual(["elements", "pi_journey_secret"]);
  const returnUrl = page.url();
  expect(made.filter(([call]) => call === "confirmPayment")).toEqual([
    ["confirmPayment", "if_required", returnUrl],
    ["confirmPayment", "if_required", returnUrl],
  ]);
});

test("Razorpay's window gets the order, and its three fields are the proof", async ({ page, buyer }) => {
  const purchase = await holding(page, buyer, ["STALLS-D-1"], { price: 100_000 });
  const { proofs } = await accept(page, purchase, "razorpay");
  await page.route("https://checkout.razorpay.com/**", (route) =>
    route.fulfill({ contentType: "text/javascript", body: RAZORPAY }),
  );
  await page.goto(purchase.checkout);
  await page.getByRole("button", { name: /^Pay ₹/ }).click();
  await expect(page.getByRole("heading", { name: "You are going!" })).toBeVisible();
  expect(await calls(page)).toEqual([["Razorpay", "rzp_test_1", "order_journey", 118_000, "INR"], ["open"]]);
  expect(proofs).toEqual([
    { razorpayOrderId: "order_journey", razorpayPaymentId: "pay_journey", razorpaySignature: "f".repeat(64) },
  ]);
});

test("a provider whose script is blocked is said so, and another one takes the payment", async ({
  page,
  buyer,
  expected,
}) => {
  expected.offline = true;
  const purchase = await holding(page, buyer, ["STALLS-D-1"]);
  await accept(page, purchase, "stripe");
  await page.unroute("**/v1/bookings/*/confirm");
  await page.route("https://js.stripe.com/**", (route) => route.abort());
  await page.goto(purchase.checkout);
  await page.getByRole("button", { name: /^Pay ₹/ }).click();
  await expect(page.getByText("Card cannot be reached")).toBeVisible();
  await expect(page.getByRole("radio", { name: /Test bank/ })).toBeChecked();
  await expectAccessible(page);
  await page.getByRole("button", { name: /^Pay ₹/ }).click();
  await page.getByRole("button", { name: /^Approve/ }).click();
  await expect(page.getByRole("heading", { name: "You are going!" })).toBeVisible();
});
