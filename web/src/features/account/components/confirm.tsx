import { zodResolver } from "@hookform/resolvers/zod";
import { useForm } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { useLocation, useNavigate } from "react-router";
import { Button } from "@/ui/button";
import { Field } from "@/ui/field";
import { confirmAddress, resendCode, signIn } from "../api/accounts";
import { confirmForm, withNext } from "../model";
import { forget, recall } from "../pending";
import { useFieldError } from "../use-field-error";
import { useSending } from "../use-sending";
import { CodeField } from "./code-field";
import { Entrance, useNext } from "./entrance";
import { FormProblem, useWait } from "./form-problem";
import { ResendCode } from "./resend-code";

interface Arrival {
  email?: string;
  mailedAt?: number;
}

/** The code that proves an address. */
export function Confirm() {
  const { t } = useTranslation("account");
  const next = useNext();
  const navigate = useNavigate();
  const { email: known, mailedAt } = (useLocation().state ?? {}) as Arrival;
  const form = useForm({ resolver: zodResolver(confirmForm), defaultValues: { email: known ?? "", code: "" } });
  const errorAt = useFieldError(form);
  const { submit, busy, problem } = useSending(form, async ({ email, code }) => {
    await confirmAddress({ email, code });
    await goOn(email);
  });
  const waiting = useWait(problem) > 0;
  const typed = confirmForm.shape.email.safeParse(form.watch("email"));

  /** Whoever typed their password a moment ago does not type it again. */
  async function goOn(email: string) {
    const { email: pending, password } = recall() ?? {};
    forget();
    // A new account has no second factor; should anything else be in the way, the sign-in page says it better.
    if (password && pending === email) await signIn(email, password).catch(() => undefined);
    await navigate(withNext("/sign-in", next), { replace: true, state: { email, after: "confirmed" } });
  }

  const lead = !known
    ? t("confirm.unknown")
    : mailedAt
      ? t("confirm.mailed", { email: known })
      : t("confirm.ask", { email: known });
  return (
    <Entrance title={t("confirm.title")} lead={lead}>
      <form onSubmit={submit} noValidate className="flex flex-col gap-5">
        <FormProblem problem={problem} />
        {!known && (
          <Field
            label={t("field.email")}
            type="email"
            inputMode="email"
            autoComplete="username"
            {...form.register("email")}
            error={errorAt("email")}
          />
        )}
        <CodeField {...form.register("code")} error={errorAt("code")} />
        <Button type="submit" size="large" wide busy={busy} disabled={waiting}>
          {t("confirm.submit")}
        </Button>
        <ResendCode
          send={() => (typed.success ? resendCode(typed.data) : Promise.resolve())}
          mailedAt={mailedAt}
          disabled={!typed.success}
        />
        {known && (
          <Button kind="quiet" onClick={() => void navigate(withNext("/sign-up", next))}>
            {t("confirm.other")}
          </Button>
        )}
      </form>
    </Entrance>
  );
}
