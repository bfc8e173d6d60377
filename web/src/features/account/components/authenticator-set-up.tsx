import { zodResolver } from "@hookform/resolvers/zod";
import { Copy } from "lucide-react";
import { useForm } from "react-hook-form";
import { useTranslation } from "react-i18next";
import type { Schema } from "@/lib/api";
import { QrCode } from "@/parts/qr-code";
import { Button } from "@/ui/button";
import { toast } from "@/ui/toast";
import { enableAuthenticator } from "../api/accounts";
import { authenticatorForm, inGroups } from "../model";
import { useFieldError } from "../use-field-error";
import { useSending } from "../use-sending";
import { CodeField } from "./code-field";
import { FormProblem, useWait } from "./form-problem";

/** The secret as a picture and as text, and the code that proves that it arrived. */
export function AuthenticatorSetUp({
  made,
  onEnabled,
  onCancel,
}: {
  made: Schema["MfaSecretView"];
  onEnabled: () => void;
  onCancel: () => void;
}) {
  const { t } = useTranslation(["account", "common"]);
  const form = useForm({ resolver: zodResolver(authenticatorForm), defaultValues: { code: "" } });
  const errorAt = useFieldError(form);
  const { submit, busy, problem } = useSending(form, async ({ code }) => {
    await enableAuthenticator(code);
    onEnabled();
  });
  const waiting = useWait(problem) > 0;

  async function copy() {
    try {
      await navigator.clipboard.writeText(made.secret);
      toast(t("authenticator.copied"));
    } catch {
      toast(t("authenticator.notCopied"));
    }
  }

  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-5">
      <p>{t("authenticator.scan")}</p>
      <QrCode text={made.otpauthUri} label={t("authenticator.picture")} className="size-60 self-center" />
      <p>{t("authenticator.type")}</p>
      <div className="flex flex-wrap items-center gap-3">
        <code data-testid="secret" className="min-w-0 rounded-xl bg-raised px-3 py-2 font-semibold break-words">
          {inGroups(made.secret)}
        </code>
        <Button kind="secondary" size="small" onClick={() => void copy()}>
          <Copy aria-hidden />
          {t("authenticator.copy")}
        </Button>
      </div>
      <FormProblem problem={problem} />
      <CodeField {...form.register("code")} error={errorAt("code")} />
      <div className="flex flex-wrap gap-3">
        <Button type="submit" busy={busy} disabled={waiting}>
          {t("authenticator.verify")}
        </Button>
        <Button kind="quiet" onClick={onCancel}>
          {t("common:cancel")}
        </Button>
      </div>
    </form>
  );
}
