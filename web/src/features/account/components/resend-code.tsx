import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { serverNow } from "@/lib/clock";
import { asProblem } from "@/lib/problem";
import { countdown } from "@/lib/time";
import { useCountdown } from "@/parts/use-countdown";
import { Button } from "@/ui/button";
import { FormProblem } from "./form-problem";

/** Mail takes a moment: whoever asks again at once only makes the first code worthless. */
const PAUSE_MS = 30_000;

/** Another code, after a pause that is counted down. */
export function ResendCode({
  send,
  mailedAt,
  disabled = false,
}: {
  send: () => Promise<void>;
  /** When the last one was sent, in milliseconds on the server's clock. */
  mailedAt?: number | undefined;
  disabled?: boolean;
}) {
  const { t } = useTranslation("account");
  const [sentAt, setSentAt] = useState(mailedAt);
  const left = useCountdown(sentAt === undefined ? undefined : new Date(sentAt + PAUSE_MS).toISOString());
  const resend = useMutation({ mutationFn: send, onSuccess: () => setSentAt(serverNow()) });
  return (
    <div className="flex flex-col gap-3">
      <Button
        kind="secondary"
        busy={resend.isPending}
        disabled={disabled || left > 0}
        onClick={() => !resend.isPending && resend.mutate()}
      >
        <span className="tabular-nums">
          {left > 0 ? t("resend.wait", { left: countdown(left) }) : t("resend.action")}
        </span>
      </Button>
      <p role="status" className="text-sm text-muted empty:hidden">
        {resend.isSuccess && t("resend.sent")}
      </p>
      <FormProblem problem={resend.error ? asProblem(resend.error) : undefined} />
    </div>
  );
}
