import { Lock } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Hold } from "@/api/holds";
import { type Money, money } from "@/lib/money";
import { asProblem } from "@/lib/problem";
import { ProblemNotice } from "@/parts/problem-notice";
import { Button } from "@/ui/button";
import { Card } from "@/ui/card";
import { Notice } from "@/ui/notice";
import { Spinner } from "@/ui/spinner";
import { remember, remembered, type Step } from "../model";
import type { ProviderId } from "../providers/provider";
import { offeredProviders, providerOf } from "../providers/registry";
import type { useCheckout } from "../use-checkout";
import { ProviderChoice } from "./provider-choice";

interface Props {
  checkout: ReturnType<typeof useCheckout>;
  total: Money;
  title: string;
  hold: Hold;
  couponCode: string;
  onCouponRefused: () => void;
  busy: boolean;
  onBusy: (busy: boolean) => void;
}

/** How to pay, and the provider's panel once that is decided. */
export function Payment(props: Props) {
  const { checkout, hold, title, onBusy } = props;
  const { step, happen, paid } = checkout;
  const { t } = useTranslation("checkout");
  const heading = useRef<HTMLHeadingElement>(null);
  const stepName = step.name;
  const offered = offeredProviders();
  const [missing, setMissing] = useState<ReadonlySet<ProviderId>>(new Set());
  const [provider, setProvider] = useState<ProviderId>(() => {
    const known = remembered(hold.showId).provider;
    return offered.find(({ id }) => id === known)?.id ?? offered[0]?.id ?? "sandbox";
  });
  const choose = (id: ProviderId) => {
    setProvider(id);
    remember(hold.showId, { provider: id });
  };
  const miss = (id: ProviderId) => {
    const gone = new Set([...missing, id]);
    setMissing(gone);
    const other = offered.find((one) => !gone.has(one.id));
    if (other) setProvider(other.id);
    happen({ type: "unavailable" });
  };

  // The panel takes the place of the button that had the focus.
  useEffect(() => {
    if (stepName !== "review") heading.current?.focus();
  }, [stepName]);

  if (step.name === "confirming") {
    return (
      <Card className="flex items-center gap-4">
        <Spinner className="size-8 text-velvet" />
        <div role="status">
          <h2 ref={heading} tabIndex={-1} className="text-xl font-bold outline-none">
            {t("confirming.title")}
          </h2>
          <p className="text-muted">{t("confirming.text")}</p>
        </div>
      </Card>
    );
  }
  if (step.name === "pay") {
    const { id, Panel } = providerOf(step.booking.payment.provider as ProviderId);
    return (
      <Card className="flex flex-col gap-4">
        <h2 ref={heading} tabIndex={-1} className="text-xl font-bold outline-none">
          {t("pay.title", { amount: money(step.booking.quote.total) })}
        </h2>
        <Panel
          key={step.booking.payment.paymentId}
          booking={step.booking}
          title={title}
          heldUntil={hold.expiresAt}
          onPaid={paid}
          onDeclined={(reason) => happen({ type: "declined", ...(reason && { reason }) })}
          onUnavailable={() => miss(id)}
          onBusy={onBusy}
        />
        {/* While a bank is at it nobody begins another payment. */}
        <Button kind="quiet" className="self-start" disabled={props.busy} onClick={() => happen({ type: "back" })}>
          {t("pay.otherWay")}
        </Button>
      </Card>
    );
  }
  return (
    <Card className="flex flex-col gap-4">
      <h2 ref={heading} tabIndex={-1} className="text-xl font-bold outline-none">
        {t("payment.title")}
      </h2>
      <WhatWentWrong step={step} />
      {props.total.amount > 0 && (
        <ProviderChoice offered={offered} chosen={provider} missing={missing} onChange={choose} />
      )}
      <PayButton {...props} provider={provider} />
      <p className="text-sm text-muted">{t("payment.promise")}</p>
    </Card>
  );
}

/** Why there is no panel any more. */
function WhatWentWrong({ step }: { step: Step }) {
  const { t } = useTranslation("checkout");
  if (step.name === "declined") {
    return (
      <Notice tone="bad" title={t("declined.title")}>
        {step.reason} {t("declined.text")}
      </Notice>
    );
  }
  if (step.name !== "unavailable") return null;
  return (
    <Notice tone="warn" title={t("unavailable.title", { name: t(`provider.${step.provider}.name`) })}>
      {t("unavailable.text")}
    </Notice>
  );
}

/** Begins the payment, once however often it is pressed. */
function PayButton({ checkout, total, couponCode, provider, onCouponRefused }: Props & { provider: ProviderId }) {
  const { t } = useTranslation("checkout");
  const { step, begin } = checkout;
  const underWay = useRef(false);

  const pay = () => {
    // A second tap may come before the first one is drawn.
    if (underWay.current) return;
    underWay.current = true;
    begin.mutate(
      { provider, couponCode },
      {
        onError: (error) => asProblem(error).kind === "coupon-refused" && onCouponRefused(),
        onSettled: () => {
          underWay.current = false;
        },
      },
    );
  };
  const problem = begin.isError ? asProblem(begin.error) : undefined;
  const words = step.name === "declined" ? "payment.again" : "payment.pay";
  return (
    <>
      {problem?.kind === "coupon-refused" && <Notice tone="warn" title={t("coupon.gone")} />}
      {problem && problem.kind !== "coupon-refused" && (
        <ProblemNotice error={problem} onRetry={problem.passes ? pay : undefined} />
      )}
      <Button size="large" wide busy={begin.isPending} onClick={pay}>
        <Lock aria-hidden />
        {total.amount === 0 ? t("payment.free") : t(words, { amount: money(total) })}
      </Button>
    </>
  );
}
