// The providers' own libraries judge what they are handed on standard input, one JSON object, and answer with one.
import Razorpay from "razorpay";
import { validatePaymentVerification } from "razorpay/dist/utils/razorpay-utils.js";
import Stripe from "stripe";
import { readFileSync } from "node:fs";

const stripe = new Stripe("sk_test_never_sent");
const asked = JSON.parse(readFileSync(0, "utf8"));
// The body travels in base64: its bytes count.
const body = Buffer.from(asked.body ?? "", "base64");

const judges = {
  signStripe: () => stripe.webhooks.generateTestHeaderString({ payload: body.toString(), secret: asked.secret, timestamp: asked.at }),
  verifyStripe: () => stripe.webhooks.constructEvent(body, asked.header, asked.secret, undefined, undefined, asked.at).id,
  verifyRazorpay: () => Razorpay.validateWebhookSignature(body.toString(), asked.signature, asked.secret),
  verifyCheckout: () => validatePaymentVerification({ order_id: asked.order, payment_id: asked.payment }, asked.signature, asked.secret),
};

let answer;
try {
  answer = { answer: judges[asked.judge]() };
} catch (error) {
  answer = { refused: String(error.type ?? error.name ?? error) };
}
process.stdout.write(JSON.stringify(answer));
