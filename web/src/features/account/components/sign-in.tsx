import { zodResolver } from "@hookform/resolvers/zod";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { Link, useLocation, useNavigate } from "react-router";
import { asProblem } from "@/lib/problem";
import { Button } from "@/ui/button";
import { Field } from "@/ui/field";
import { Notice } from "@/ui/notice";
import { type Challenge, signIn } from "../api/accounts";
import { signInForm, withNext } from "../model";
import { forget, recall, remember } from "../pending";
import { useFieldError } from "../use-field-error";
import { useSending } from "../use-sending";
import { ChallengeForm } from "./challenge-form";
import { Entrance, useNext } from "./entrance";
import { FormProblem, useWait } from "./form-problem";
import { PasswordField } from "./password-field";

/** How somebody came here from another step. */
export interface Arrival {
  email?: string;
  after?: "confirmed" | "changed";
}

/** Address and password, and then a code where the account asks for one. */
export function SignIn() {
  const { t } = useTranslation("account");
  const [challenged, setChallenged] = useState(() => {
    const { email, challenge } = recall() ?? {};
    return email && challenge ? { email, session: challenge } : undefined;
  });

  if (challenged)
    return (
      <Entrance title={t("challenge.title")} lead={t("challenge.lead")}>
        <ChallengeForm
          {...challenged}
          onStartAgain={() => {
            forget();
            setChallenged(undefined);
          }}
        />
      </Entrance>
    );
  return (
    <Entrance title={t("signIn.title")} lead={t("signIn.lead")}>
      <PasswordForm onChallenge={(email, { session }) => setChallenged({ email, session })} />
    </Entrance>
  );
}

function PasswordForm({ onChallenge }: { onChallenge: (email: string, challenge: Challenge) => void }) {
  const { t } = useTranslation("account");
  const next = useNext();
  const navigate = useNavigate();
  const arrival = (useLocation().state ?? {}) as Arrival;
  const form = useForm({
    resolver: zodResolver(signInForm),
    defaultValues: { email: arrival.email ?? "", password: "" },
  });
  const errorAt = useFieldError(form);

  const { submit, busy, problem } = useSending(form, async ({ email, password }) => {
    try {
      const challenge = await signIn(email, password);
      if (challenge) onChallenge(email, challenge);
    } catch (error) {
      if (asProblem(error).kind !== "not-confirmed") throw error;
      remember({ email, password });
      await navigate(withNext("/confirm", next), { state: { email } });
    }
  });
  const waiting = useWait(problem) > 0;

  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-5">
      {arrival.after && !problem && <Notice tone="good" title={t(`signIn.${arrival.after}`)} />}
      <FormProblem problem={problem} />
      <Field
        label={t("field.email")}
        type="email"
        inputMode="email"
        autoComplete="username"
        {...form.register("email")}
        error={errorAt("email")}
      />
      <PasswordField
        label={t("field.password")}
        autoComplete="current-password"
        {...form.register("password")}
        error={errorAt("password")}
      />
      <Button type="submit" size="large" wide busy={busy} disabled={waiting}>
        {t("signIn.submit")}
      </Button>
      <div className="flex flex-wrap justify-between gap-x-6 gap-y-2">
        <EntranceLink to={withNext("/forgot-password", next)} email={form.watch("email")}>
          {t("signIn.forgotten")}
        </EntranceLink>
        <span>
          {t("signIn.new")}{" "}
          <EntranceLink to={withNext("/sign-up", next)} email={form.watch("email")}>
            {t("signIn.signUp")}
          </EntranceLink>
        </span>
      </div>
    </form>
  );
}

/** A link from one entrance to another; the address that was typed comes along. */
export function EntranceLink({ to, email, children }: { to: string; email?: string; children: React.ReactNode }) {
  return (
    <Link
      to={to}
      state={email ? { email } : undefined}
      className="inline-flex min-h-6 items-center font-semibold text-velvet underline underline-offset-4"
    >
      {children}
    </Link>
  );
}
