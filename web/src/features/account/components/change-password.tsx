import { zodResolver } from "@hookform/resolvers/zod";
import { useForm } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { asProblem } from "@/lib/problem";
import { Button } from "@/ui/button";
import { Card } from "@/ui/card";
import { toast } from "@/ui/toast";
import { changePassword } from "../api/accounts";
import { changePasswordForm } from "../model";
import { useFieldError } from "../use-field-error";
import { useSending } from "../use-sending";
import { FormProblem, useWait } from "./form-problem";
import { PasswordField, PasswordRules } from "./password-field";
import { EntranceLink } from "./sign-in";

/** A new password in place of the present one. */
export function ChangePassword({ email }: { email: string }) {
  const { t } = useTranslation("account");
  const form = useForm({
    resolver: zodResolver(changePasswordForm),
    defaultValues: { currentPassword: "", newPassword: "" },
  });
  const errorAt = useFieldError(form);
  const { submit, busy, problem } = useSending(form, async (passwords) => {
    try {
      await changePassword(passwords);
    } catch (error) {
      if (asProblem(error).kind !== "sign-in-refused") throw error;
      form.setError("currentPassword", { type: "server" }, { shouldFocus: true });
      return;
    }
    form.reset();
    toast(t("changePassword.changed"));
  });
  const waiting = useWait(problem) > 0;
  return (
    <Card>
      <h2 className="text-xl font-bold">{t("changePassword.title")}</h2>
      <form onSubmit={submit} noValidate className="mt-3 flex flex-col gap-5">
        <FormProblem problem={problem} />
        <input hidden readOnly name="username" autoComplete="username" value={email} />
        <PasswordField
          label={t("field.currentPassword")}
          autoComplete="current-password"
          {...form.register("currentPassword")}
          error={errorAt("currentPassword")}
        />
        <PasswordField
          label={t("field.newPassword")}
          autoComplete="new-password"
          aria-describedby="rules"
          {...form.register("newPassword")}
          error={errorAt("newPassword")}
        />
        <PasswordRules id="rules" text={form.watch("newPassword")} />
        <div className="flex flex-wrap items-center gap-x-6 gap-y-3">
          <Button type="submit" busy={busy} disabled={waiting}>
            {t("changePassword.submit")}
          </Button>
          <EntranceLink to="/forgot-password?next=/profile" email={email}>
            {t("changePassword.forgotten")}
          </EntranceLink>
        </div>
      </form>
    </Card>
  );
}
