import { zodResolver } from "@hookform/resolvers/zod";
import { useEffect, useState } from "react";
import { useForm } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { useLocation, useNavigate } from "react-router";
import { serverNow } from "@/lib/clock";
import { Button } from "@/ui/button";
import { Field } from "@/ui/field";
import { forgotPassword, resetPassword, signIn } from "../api/accounts";
import { forgotForm, resetForm, withNext } from "../model";
import { remember } from "../pending";
import { useFieldError } from "../use-field-error";
import { useSending } from "../use-sending";
import { CodeField } from "./code-field";
import { Entrance, useNext } from "./entrance";
import { FormProblem, useWait } from "./form-problem";
import { PasswordField, PasswordRules } from "./password-field";
import { ResendCode } from "./resend-code";
import { type Arrival, EntranceLink } from "./sign-in";

/** Ask for a code, then choose a new password with it. */
export function ForgotPassword() {
  const { t } = useTranslation("account");
  const [email, setEmail] = useState<string>();
  return email ? (
    <Entrance title={t("forgot.resetTitle")} lead={t("forgot.sent", { email })} forMembers>
      <ResetForm email={email} />
    </Entrance>
  ) : (
    <Entrance title={t("forgot.title")} lead={t("forgot.lead")} forMembers>
      <AskForm onMailed={setEmail} />
    </Entrance>
  );
}

function AskForm({ onMailed }: { onMailed: (email: string) => void }) {
  const { t } = useTranslation("account");
  const next = useNext();
  const arrival = (useLocation().state ?? {}) as Arrival;
  const form = useForm({ resolver: zodResolver(forgotForm), defaultValues: { email: arrival.email ?? "" } });
  const errorAt = useFieldError(form);
  const { submit, busy, problem } = useSending(form, async ({ email }) => {
    await forgotPassword(email);
    onMailed(email);
  });
  const waiting = useWait(problem) > 0;
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-5">
      <FormProblem problem={problem} />
      <Field
        label={t("field.email")}
        type="email"
        inputMode="email"
        autoComplete="username"
        {...form.register("email")}
        error={errorAt("email")}
      />
      <Button type="submit" size="large" wide busy={busy} disabled={waiting}>
        {t("forgot.submit")}
      </Button>
      <EntranceLink to={withNext("/sign-in", next)} email={form.watch("email")}>
        {t("forgot.back")}
      </EntranceLink>
    </form>
  );
}

function ResetForm({ email }: { email: string }) {
  const { t } = useTranslation("account");
  const next = useNext();
  const navigate = useNavigate();
  const [mailedAt] = useState(serverNow);
  const form = useForm({ resolver: zodResolver(resetForm), defaultValues: { code: "", newPassword: "" } });
  const errorAt = useFieldError(form);
  const { submit, busy, problem } = useSending(form, async ({ code, newPassword }) => {
    await resetPassword({ email, code, newPassword });
    await goOn(newPassword);
  });
  const waiting = useWait(problem) > 0;
  const { setFocus } = form;
  useEffect(() => setFocus("code"), [setFocus]);

  /** Signed in with the new password; the sign-in page asks for a second factor, or leads on. */
  async function goOn(password: string) {
    const challenge = await signIn(email, password).catch(() => undefined);
    if (challenge) remember({ email, challenge: challenge.session });
    await navigate(withNext("/sign-in", next), { replace: true, state: { email, after: "changed" } });
  }

  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-5">
      <FormProblem problem={problem} />
      {/* For password managers: whose password this will be. */}
      <input hidden readOnly name="username" autoComplete="username" value={email} />
      <CodeField {...form.register("code")} error={errorAt("code")} />
      <PasswordField
        label={t("field.newPassword")}
        autoComplete="new-password"
        aria-describedby="rules"
        {...form.register("newPassword")}
        error={errorAt("newPassword")}
      />
      <PasswordRules id="rules" text={form.watch("newPassword")} />
      <Button type="submit" size="large" wide busy={busy} disabled={waiting}>
        {t("forgot.reset")}
      </Button>
      <ResendCode send={() => forgotPassword(email)} mailedAt={mailedAt} />
    </form>
  );
}
