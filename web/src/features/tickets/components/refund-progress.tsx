import { Check } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Schema } from "@/lib/api";
import { classes } from "@/lib/classes";
import { money } from "@/lib/money";
import { Notice } from "@/ui/notice";

const STEPS = ["REQUESTED", "PROCESSING", "DONE"] as const;

/** How far the money is on its way back. */
export function RefundProgress({ refund }: { refund: Schema["RefundView"] }) {
  const { t } = useTranslation("tickets");
  if (refund.status === "FAILED") {
    return (
      <Notice tone="bad" title={t("refund.failed", { amount: money(refund.amount) })}>
        {t("refund.failedText")}
      </Notice>
    );
  }
  const reached = STEPS.indexOf(refund.status);
  return (
    <section aria-label={t("refund.title")} className="rounded-2xl bg-calm-soft p-4">
      <p className="font-semibold text-calm" data-testid="refund">
        {t("refund.amount", { amount: money(refund.amount) })}
      </p>
      <ol className="mt-2 flex flex-col gap-1">
        {STEPS.map((step, index) => (
          <li
            key={step}
            aria-current={index === reached ? "step" : undefined}
            className={classes("flex items-center gap-2", index > reached && "text-muted")}
          >
            {index <= reached ? (
              <Check aria-hidden className="size-4 text-calm" />
            ) : (
              <span aria-hidden className="size-4 rounded-full border border-edge" />
            )}
            {t(`refund.${step}`)}
          </li>
        ))}
      </ol>
    </section>
  );
}
