import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { config } from "@/lib/config";
import { locale } from "@/lib/i18n";
import { money } from "@/lib/money";
import { isDark } from "@/lib/theme";
import { Button } from "@/ui/button";
import { Skeleton } from "@/ui/skeleton";
import type { PanelProps, PaymentProvider } from "./provider";
import { loadScript } from "./script";

/** Stripe asks that it is loaded from here and nowhere else. */
const SCRIPT = "https://js.stripe.com/v3/";

/** As much of Stripe.js as is used here (https://docs.stripe.com/js). */
interface StripeElement {
  mount(element: HTMLElement): void;
  destroy(): void;
  on(event: "ready" | "loaderror", handler: () => void): void;
}
interface StripeElements {
  create(type: "payment"): StripeElement;
}
interface StripeResult {
  error?: { type: string; message?: string };
  paymentIntent?: { id: string; status: string };
}
interface StripeClient {
  elements(options: { clientSecret: string; locale: string; appearance: object }): StripeElements;
  confirmPayment(options: {
    elements: StripeElements;
    redirect: "if_required";
    confirmParams: { return_url: string };
  }): Promise<StripeResult>;
}
declare global {
  interface Window {
    Stripe?: (publishableKey: string) => StripeClient;
  }
}

/** Stripe's Payment Element: the card's number never touches our page. */
function StripePanel({ booking, onPaid, onDeclined, onUnavailable, onBusy }: PanelProps) {
  const { t } = useTranslation("checkout");
  const place = useRef<HTMLDivElement>(null);
  const mounted = useRef<{ client: StripeClient; elements: StripeElements } | undefined>(undefined);
  const unavailable = useRef(onUnavailable);
  unavailable.current = onUnavailable;
  const [ready, setReady] = useState(false);
  const [paying, setPaying] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  const clientSecret = booking.payment.clientSecret;

  useEffect(() => {
    let gone = false;
    let element: StripeElement | undefined;
    const begin = async () => {
      const key = config().stripePublishableKey;
      if (!key || !clientSecret) throw new Error("Stripe is not set up");
      await loadScript(SCRIPT);
      if (gone || !place.current) return;
      const client = window.Stripe?.(key);
      if (!client) throw new Error("Stripe's script is not what it should be");
      const appearance = { theme: isDark() ? "night" : "stripe" };
      const elements = client.elements({ clientSecret, locale: locale(), appearance });
      element = elements.create("payment");
      element.on("ready", () => setReady(true));
      element.on("loaderror", () => unavailable.current());
      element.mount(place.current);
      mounted.current = { client, elements };
    };
    begin().catch(() => {
      if (!gone) unavailable.current();
    });
    return () => {
      gone = true;
      element?.destroy();
    };
  }, [clientSecret]);

  const pay = async () => {
    if (!mounted.current) return;
    const { client, elements } = mounted.current;
    setPaying(true);
    setRefusal(undefined);
    onBusy(true);
    // Banks that want to see the buyer on their own page send them back to the booking.
    const confirmParams = { return_url: `${location.origin}/bookings/${booking.bookingId}` };
    const result = await client
      .confirmPayment({ elements, redirect: "if_required", confirmParams })
      .catch((): StripeResult => ({}));
    setPaying(false);
    const outcome = outcomeOf(result);
    if (outcome.kind === "paid") return onPaid(outcome.intent ? { paymentIntentId: outcome.intent } : undefined);
    // Perhaps it was paid and the answer was lost: the server asks Stripe.
    if (outcome.kind === "unknown") return onPaid({ paymentIntentId: intentOf(clientSecret ?? "") });
    if (outcome.kind === "declined") onDeclined(outcome.reason);
    else setRefusal(outcome.reason);
    onBusy(false);
  };

  return (
    <div className="flex flex-col gap-4">
      <div className="relative min-h-40">
        {!ready && <Skeleton className="absolute inset-0" />}
        <div ref={place} data-testid="stripe-element" />
      </div>
      {refusal && (
        <p role="alert" className="font-medium text-bad">
          {refusal}
        </p>
      )}
      <Button size="large" wide busy={paying} disabled={!ready} onClick={() => void pay()}>
        {t("pay.now", { amount: money(booking.quote.total) })}
      </Button>
    </div>
  );
}

type Outcome =
  | { kind: "paid"; intent?: string }
  | { kind: "declined"; reason?: string }
  | { kind: "incomplete"; reason: string }
  | { kind: "unknown" };

/** The payment that a client secret, as `pi_1_secret_2`, is for. */
export function intentOf(clientSecret: string): string {
  return clientSecret.replace(/_secret_.*$/, "");
}

/** What Stripe's answer means. Whatever is not clearly a refusal may have been paid: then nobody is asked to pay again before it is known. */
export function outcomeOf({ error, paymentIntent }: StripeResult): Outcome {
  if (error?.type === "validation_error") return { kind: "incomplete", reason: error.message ?? "" };
  if (error?.type === "card_error") return { kind: "declined", ...(error.message && { reason: error.message }) };
  switch (paymentIntent?.status) {
    case "requires_capture":
    case "succeeded":
      return { kind: "paid", intent: paymentIntent.id };
    case "requires_payment_method":
    case "canceled":
      return { kind: "declined" };
    case "processing":
      return { kind: "paid" };
    default:
      return { kind: "unknown" };
  }
}

export const stripe: PaymentProvider = { id: "stripe", Panel: StripePanel };
