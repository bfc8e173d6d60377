import { zodResolver } from "@hookform/resolvers/zod";
import { useQueryClient } from "@tanstack/react-query";
import { useForm } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { meQuery } from "@/api/me";
import type { Schema } from "@/lib/api";
import { Button } from "@/ui/button";
import { Card } from "@/ui/card";
import { Field } from "@/ui/field";
import { toast } from "@/ui/toast";
import { updateProfile } from "../api/accounts";
import { profileForm } from "../model";
import { useFieldError } from "../use-field-error";
import { useSending } from "../use-sending";
import { FormProblem } from "./form-problem";

/** Name and telephone number. */
export function ProfileForm({ me }: { me: Schema["ProfileView"] }) {
  const { t } = useTranslation(["account", "common"]);
  const queries = useQueryClient();
  const form = useForm({
    resolver: zodResolver(profileForm),
    defaultValues: { name: me.name, phone: me.phone ?? "" },
  });
  const errorAt = useFieldError(form);
  const { submit, busy, problem } = useSending(form, async ({ name, phone }) => {
    const saved = await updateProfile({ name, phone: phone || null });
    queries.setQueryData(meQuery().queryKey, saved);
    form.reset({ name: saved.name, phone: saved.phone ?? "" });
    toast(t("profile.saved"));
  });
  return (
    <Card>
      <h2 className="text-xl font-bold">{t("profile.details")}</h2>
      <form onSubmit={submit} noValidate className="mt-3 flex flex-col gap-5">
        <FormProblem problem={problem} />
        <Field
          label={t("field.name")}
          hint={t("field.nameHint")}
          autoComplete="name"
          {...form.register("name")}
          error={errorAt("name")}
        />
        <Field
          label={t("field.phone")}
          hint={t("field.phoneHint")}
          type="tel"
          autoComplete="tel"
          {...form.register("phone")}
          error={errorAt("phone")}
        />
        <Button type="submit" busy={busy} className="self-start">
          {t("common:save")}
        </Button>
      </form>
    </Card>
  );
}
