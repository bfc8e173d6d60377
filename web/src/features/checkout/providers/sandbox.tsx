import { useMutation } from "@tanstack/react-query";
import { FlaskConical } from "lucide-react";
import { type MouseEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, ask, type Schema } from "@/lib/api";
import { money } from "@/lib/money";
import { ProblemNotice } from "@/parts/problem-notice";
import { Button } from "@/ui/button";
import { CheckField, SelectField } from "@/ui/field";
import type { PanelProps, PaymentProvider } from "./provider";

type Action = Schema["SandboxAction"];
type Timing = NonNullable<Action["webhook"]>;

const TIMINGS: Timing[] = ["now", "twice", "late", "never"];

/** Stands in for a bank's page. What the real ones cannot be asked for is under "for testing". */
function SandboxPanel({ booking, onPaid, onDeclined, onBusy }: PanelProps) {
  const { t } = useTranslation("checkout");
  const [webhook, setWebhook] = useState<Timing>("now");
  const [silent, setSilent] = useState(false);
  const { paymentId } = booking.payment;
  const act = useMutation({
    mutationFn: (action: "authorize" | "decline") =>
      ask(api.POST("/v1/sandbox/payments/{paymentId}", { params: { path: { paymentId } }, body: { action, webhook } })),
    onMutate: () => onBusy(true),
    onSuccess: ({ proof }, action) => {
      if (action === "authorize") return onPaid(silent ? undefined : proof);
      onDeclined();
      onBusy(false);
    },
    onError: () => onBusy(false),
  });

  /** The panel comes up where "Pay" was: the second half of a double tap on that is no answer to the bank. */
  const press = (action: "authorize" | "decline") => (event: MouseEvent) => {
    if (event.detail <= 1) act.mutate(action);
  };

  return (
    <div className="flex flex-col gap-4 rounded-2xl border-2 border-dashed border-edge bg-paper p-4">
      <p className="flex items-center gap-2 font-semibold">
        <FlaskConical aria-hidden className="size-5 text-velvet" />
        {t("sandbox.bank")}
      </p>
      <p className="text-muted">{t("sandbox.explain")}</p>
      {act.isError && <ProblemNotice error={act.error} />}
      <div className="flex flex-wrap gap-3">
        <Button size="large" busy={act.isPending} onClick={press("authorize")}>
          {t("sandbox.pay", { amount: money(booking.quote.total) })}
        </Button>
        <Button size="large" kind="secondary" disabled={act.isPending} onClick={press("decline")}>
          {t("sandbox.decline")}
        </Button>
      </div>
      <details>
        <summary className="min-h-11 py-2 font-semibold">{t("sandbox.testing")}</summary>
        <div className="flex flex-col gap-3 pt-2">
          <SelectField
            label={t("sandbox.webhook.label")}
            value={webhook}
            onChange={(event) => setWebhook(event.target.value as Timing)}
          >
            {TIMINGS.map((timing) => (
              <option key={timing} value={timing}>
                {t(`sandbox.webhook.${timing}`)}
              </option>
            ))}
          </SelectField>
          <CheckField
            label={t("sandbox.silent")}
            checked={silent}
            onChange={(event) => setSilent(event.target.checked)}
          />
        </div>
      </details>
    </div>
  );
}

export const sandbox: PaymentProvider = { id: "sandbox", Panel: SandboxPanel };
