import { zodResolver } from "@hookform/resolvers/zod";
import { useForm } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { useLocation, useNavigate } from "react-router";
import { serverNow } from "@/lib/clock";
import { Button, ButtonLink } from "@/ui/button";
import { Field } from "@/ui/field";
import { signUp } from "../api/accounts";
import { signUpForm, withNext } from "../model";
import { remember } from "../pending";
import { useFieldError } from "../use-field-error";
import { useSending } from "../use-sending";
import { Entrance, useNext } from "./entrance";
import { FormProblem, useWait } from "./form-problem";
import { PasswordField, PasswordRules } from "./password-field";
import { type Arrival, EntranceLink } from "./sign-in";

/** A new account. */
export function SignUp() {
  const { t } = useTranslation("account");
  const next = useNext();
  const navigate = useNavigate();
  const arrival = (useLocation().state ?? {}) as Arrival;
  const form = useForm({
    resolver: zodResolver(signUpForm),
    defaultValues: { name: "", email: arrival.email ?? "", newPassword: "" },
  });
  const errorAt = useFieldError(form);
  const { submit, busy, problem } = useSending(
    form,
    async ({ name, email, newPassword: password }) => {
      await signUp({ name, email, password });
      remember({ email, password });
      await navigate(withNext("/confirm", next), { state: { email, mailedAt: serverNow() } });
    },
    { password: "newPassword" },
  );
  const waiting = useWait(problem) > 0;
  const email = form.watch("email");
  const toSignIn = withNext("/sign-in", next);

  return (
    <Entrance title={t("signUp.title")} lead={t("signUp.lead")}>
      <form onSubmit={submit} noValidate className="flex flex-col gap-5">
        <FormProblem
          problem={problem}
          action={
            problem?.kind === "account-exists" && (
              <ButtonLink to={toSignIn} state={{ email }} kind="secondary" size="small">
                {t("signUp.signIn")}
              </ButtonLink>
            )
          }
        />
        <Field
          label={t("field.name")}
          hint={t("field.nameHint")}
          autoComplete="name"
          {...form.register("name")}
          error={errorAt("name")}
        />
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
          autoComplete="new-password"
          aria-describedby="rules"
          {...form.register("newPassword")}
          error={errorAt("newPassword")}
        />
        <PasswordRules id="rules" text={form.watch("newPassword")} />
        <Button type="submit" size="large" wide busy={busy} disabled={waiting}>
          {t("signUp.submit")}
        </Button>
        <p>
          {t("signUp.existing")}{" "}
          <EntranceLink to={toSignIn} email={email}>
            {t("signUp.signIn")}
          </EntranceLink>
        </p>
      </form>
    </Entrance>
  );
}
