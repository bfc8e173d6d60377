import { useCallback, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { serverNow } from "@/lib/clock";
import { config } from "@/lib/config";
import { currentSession } from "@/lib/session";
import { Button } from "@/ui/button";
import type { PanelProps, PaymentProvider } from "./provider";
import { loadScript } from "./script";

const SCRIPT = "https://checkout.razorpay.com/v1/checkout.js";
/** The window's buttons have the colour of ours. */
const VELVET = "#a8123e";

/** As much of Checkout as is used here (https://razorpay.com/docs/payments/payment-gateway/web-integration/standard/). */
interface RazorpayAnswer {
  razorpay_order_id: string;
  razorpay_payment_id: string;
  razorpay_signature: string;
}
interface RazorpayOptions {
  key: string;
  order_id: string;
  amount: number;
  currency: string;
  name: string;
  description: string;
  prefill: { name?: string; email?: string };
  theme: { color: string };
  timeout: number;
  handler: (answer: RazorpayAnswer) => void;
  modal: { ondismiss: () => void; confirm_close: boolean };
}
interface RazorpayCheckout {
  open(): void;
  on(event: "payment.failed", handler: (failure: { error: { description?: string } }) => void): void;
}
declare global {
  interface Window {
    Razorpay?: new (options: RazorpayOptions) => RazorpayCheckout;
  }
}

/** Razorpay's own window over the page. It closes when the hold ends, so that nobody pays for what is gone. */
function RazorpayPanel({ booking, title, heldUntil, onPaid, onDeclined, onUnavailable, onBusy }: PanelProps) {
  const { t } = useTranslation("checkout");
  const [open, setOpen] = useState(false);
  const begun = useRef(false);

  const show = useCallback(async () => {
    const { razorpayKeyId } = config();
    const { orderId } = booking.payment;
    setOpen(true);
    try {
      if (!razorpayKeyId || !orderId) throw new Error("Razorpay is not set up");
      await loadScript(SCRIPT);
      if (!window.Razorpay) throw new Error("Razorpay's script is not what it should be");
      let failure: string | undefined;
      let failed = false;
      const { name, email } = currentSession();
      const checkout = new window.Razorpay({
        key: razorpayKeyId,
        order_id: orderId,
        amount: booking.quote.total.amount,
        currency: booking.quote.total.currency,
        name: "Frontrow",
        description: title,
        prefill: { ...(name && { name }), ...(email && { email }) },
        theme: { color: VELVET },
        timeout: Math.max(1, Math.floor((Date.parse(heldUntil) - serverNow()) / 1000)),
        handler: (answer) =>
          onPaid({
            razorpayOrderId: answer.razorpay_order_id,
            razorpayPaymentId: answer.razorpay_payment_id,
            razorpaySignature: answer.razorpay_signature,
          }),
        modal: {
          confirm_close: true,
          ondismiss: () => {
            setOpen(false);
            if (failed) onDeclined(failure);
            onBusy(false);
          },
        },
      });
      // The window itself offers another try; only who closes it after a failure has given up.
      checkout.on("payment.failed", ({ error }) => {
        failed = true;
        failure = error.description;
      });
      onBusy(true);
      checkout.open();
    } catch {
      setOpen(false);
      onUnavailable();
    }
  }, [booking, title, heldUntil, onPaid, onDeclined, onUnavailable, onBusy]);

  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    void show();
  }, [show]);

  return (
    <div className="flex flex-col items-start gap-3">
      <p className="text-muted">{t("razorpay.explain")}</p>
      <Button size="large" busy={open} onClick={() => void show()}>
        {t("razorpay.open")}
      </Button>
    </div>
  );
}

export const razorpay: PaymentProvider = { id: "razorpay", Panel: RazorpayPanel };
