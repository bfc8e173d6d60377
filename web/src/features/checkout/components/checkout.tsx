import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { bookingQuery } from "@/api/bookings";
import { type Hold, holdQuery } from "@/api/holds";
import type { Schema } from "@/lib/api";
import { asProblem } from "@/lib/problem";
import { HoldTimer } from "@/parts/hold-timer";
import { RefundTerms } from "@/parts/refund-terms";
import { Card } from "@/ui/card";
import { quoteQuery } from "../api/quote";
import { bookingOf, remember, remembered } from "../model";
import { useCheckout } from "../use-checkout";
import { CouponField } from "./coupon-field";
import { GiveBack } from "./give-back";
import { Order } from "./order";
import { Payment } from "./payment";
import { ShowSummary } from "./show-summary";

/** The page while the places are held. */
export function Checkout({
  show,
  hold,
  seatName,
}: {
  show: Schema["ShowDetailView"];
  hold: Hold;
  seatName: (seat: string) => string;
}) {
  const { t } = useTranslation("checkout");
  const queries = useQueryClient();
  const checkout = useCheckout(hold);
  const [coupon, setCoupon] = useState(() => remembered(hold.showId).couponCode ?? "");
  // Money may be moving in the provider's panel: then an expiry waits for what comes of it.
  const [busy, setBusy] = useState(false);
  const [over, setOver] = useState(false);

  const booked = useQuery({ ...bookingQuery(hold.bookingId ?? ""), enabled: !!hold.bookingId });
  const preview = useQuery(quoteQuery(hold.showId, hold.bookingId ? "" : coupon));
  const booking = bookingOf(checkout.step) ?? booked.data;
  const quote = booking?.quote ?? (coupon ? preview.data : undefined) ?? hold.quote;

  const endHold = () => queries.setQueryData(holdQuery(hold.showId).queryKey, null);
  const choose = (code: string) => {
    setCoupon(code);
    remember(hold.showId, { couponCode: code });
  };
  const refusal = asProblem(checkout.begin.error).kind === "coupon-refused" ? checkout.begin.error : undefined;

  return (
    <div className="flex flex-col gap-6">
      <div className="sticky top-18 z-30 -mx-1 rounded-2xl bg-paper p-1 print:hidden">
        <HoldTimer
          hold={hold}
          onExpired={() => {
            if (busy || checkout.step.name === "confirming") setOver(true);
            else endHold();
          }}
        />
      </div>
      <div className="grid items-start gap-6 lg:grid-cols-[1.3fr_1fr]">
        <ShowSummary show={show} />
        <div className="flex flex-col gap-6 lg:col-start-2 lg:row-span-2 lg:row-start-1">
          <Order seats={booking?.seats ?? hold.seats} quote={quote} seatName={seatName}>
            {booking ? (
              booking.couponCode && (
                <p className="font-semibold text-good">{t("coupon.kept", { code: booking.couponCode })}</p>
              )
            ) : (
              <CouponField showId={hold.showId} code={coupon} refusal={refusal} onChange={choose} />
            )}
          </Order>
          <Card className="flex flex-col gap-2">
            <h2 className="text-xl font-bold">{t("terms.title")}</h2>
            <RefundTerms show={show} />
          </Card>
        </div>
        <div className="flex flex-col gap-4 lg:col-start-1">
          <Payment
            checkout={checkout}
            total={quote.total}
            title={show.title}
            hold={hold}
            couponCode={hold.bookingId ? "" : coupon}
            onCouponRefused={() => choose("")}
            busy={busy}
            onBusy={(now) => {
              setBusy(now);
              if (!now && over) endHold();
            }}
          />
          {!busy && checkout.step.name !== "confirming" && <GiveBack hold={hold} />}
        </div>
      </div>
    </div>
  );
}
