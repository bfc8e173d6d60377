import { zodResolver } from "@hookform/resolvers/zod";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Plus, Trash2 } from "lucide-react";
import { type FieldPath, FormProvider, useFieldArray, useForm, useFormContext, useWatch } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { useAction } from "@/api/use-action";
import type { Schema } from "@/lib/api";
import { asProblem } from "@/lib/problem";
import { ProblemNotice } from "@/parts/problem-notice";
import { Button } from "@/ui/button";
import { Card } from "@/ui/card";
import { CheckField, Field, SelectField } from "@/ui/field";
import { Skeleton } from "@/ui/skeleton";
import { toast } from "@/ui/toast";
import { organizationQuery, updateOrganization } from "../api/events";
import {
  type SettingsForm,
  STEPS_MAX,
  settingsBody,
  settingsFieldOf,
  settingsOf,
  settingsSchema,
} from "../settings-form";
import { useLeaveGuard } from "../use-leave-guard";
import { useWrong } from "../use-wrong";
import { LeaveDialog } from "./leave-dialog";
import { OrganizationProblem } from "./organization-problem";

/** What the organization has set: who it is, what it collects, what goes back. */
export function OrganizationSettings() {
  const { data, error, isError, refetch } = useQuery(organizationQuery());
  if (isError && !data) return <OrganizationProblem error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton className="h-[40rem] rounded-3xl" />;
  return <Settings organization={data} />;
}

function Settings({ organization }: { organization: Schema["OrganizationView"] }) {
  const { t } = useTranslation(["organizer", "common"]);
  const queries = useQueryClient();
  const form = useForm<SettingsForm>({
    resolver: zodResolver(settingsSchema),
    defaultValues: settingsOf(organization),
    mode: "onTouched",
  });
  const { formState, handleSubmit, setError, reset } = form;
  const save = useAction({
    mutationFn: (values: SettingsForm) => updateOrganization(settingsBody(values)),
    onSuccess: (updated) => {
      queries.setQueryData(organizationQuery().queryKey, updated);
      reset(settingsOf(updated));
      toast(t("settings.saved"));
    },
    onError: (error) => {
      for (const { pointer, detail } of asProblem(error).errors) {
        const field = settingsFieldOf(pointer);
        if (field) setError(field as FieldPath<SettingsForm>, { type: "server", message: detail });
      }
    },
  });
  const blocker = useLeaveGuard(() => formState.isDirty, formState.isDirty);
  return (
    <FormProvider {...form}>
      <form noValidate className="flex flex-col gap-6" onSubmit={handleSubmit((values) => save.run(values))}>
        <Identity />
        <Collects />
        <RefundTerms />
        {save.isError && <ProblemNotice error={save.error} />}
        <div>
          <Button type="submit" busy={save.isPending} disabled={!formState.isDirty}>
            {t("common:save")}
          </Button>
        </div>
      </form>
      <LeaveDialog blocker={blocker} text={t("settings.leave")} />
    </FormProvider>
  );
}

function Identity() {
  const { t } = useTranslation("organizer");
  const wrong = useWrong("settings");
  const { register, formState } = useFormContext<SettingsForm>();
  const { errors } = formState;
  return (
    <Card>
      <h2 className="mb-4 text-xl font-bold">{t("settings.identity")}</h2>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t("settings.name")} error={wrong(errors.name?.message)} {...register("name")} />
        <Field
          label={t("settings.legalName")}
          hint={t("settings.legalNameHint")}
          error={wrong(errors.legalName?.message)}
          {...register("legalName")}
        />
        <Field
          className="sm:col-span-2"
          label={t("settings.address")}
          error={wrong(errors.address?.message)}
          {...register("address")}
        />
        <Field
          label={t("venue.region")}
          hint={t("venue.regionHint")}
          error={wrong(errors.region?.message)}
          {...register("region")}
        />
        <Field
          label={t("settings.invoicePrefix")}
          hint={t("settings.invoicePrefixHint")}
          error={wrong(errors.invoicePrefix?.message)}
          {...register("invoicePrefix")}
        />
      </div>
    </Card>
  );
}

function Collects() {
  const { t } = useTranslation("organizer");
  const wrong = useWrong("settings");
  const { register, formState, control } = useFormContext<SettingsForm>();
  const { errors } = formState;
  const scheme = useWatch({ control, name: "scheme" });
  return (
    <Card>
      <h2 className="text-xl font-bold">{t("settings.collects")}</h2>
      <p className="mb-4 text-sm text-muted">{t("settings.collectsHint")}</p>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          label={t("settings.feeRate")}
          inputMode="decimal"
          error={wrong(errors.feeRate?.message)}
          {...register("feeRate")}
        />
        <SelectField label={t("settings.scheme")} error={wrong(errors.scheme?.message)} {...register("scheme")}>
          <option value="GST_INDIA">{t("settings.gstIndia")}</option>
          <option value="OTHER">{t("settings.otherTax")}</option>
          <option value="NONE">{t("settings.noTax")}</option>
        </SelectField>
        {scheme === "OTHER" && (
          <Field label={t("settings.taxLabel")} error={wrong(errors.taxLabel?.message)} {...register("taxLabel")} />
        )}
        {scheme !== "NONE" && (
          <>
            <Field
              label={t("settings.taxRate")}
              inputMode="decimal"
              error={wrong(errors.taxRate?.message)}
              {...register("taxRate")}
            />
            <Field
              label={scheme === "GST_INDIA" ? t("settings.gstin") : t("settings.registration")}
              error={wrong(errors.registration?.message)}
              {...register("registration")}
            />
          </>
        )}
      </div>
    </Card>
  );
}

function RefundTerms() {
  const { t } = useTranslation("organizer");
  const wrong = useWrong("settings");
  const { register, formState, control } = useFormContext<SettingsForm>();
  const { errors } = formState;
  const steps = useFieldArray({ control, name: "steps" });
  const listError = wrong(errors.steps?.message ?? errors.steps?.root?.message);
  return (
    <Card>
      <h2 className="text-xl font-bold">{t("settings.refundTerms")}</h2>
      <p className="mb-4 max-w-prose text-sm text-muted">{t("settings.refundTermsHint")}</p>
      <ul className="flex flex-col gap-3">
        {steps.fields.map((field, index) => (
          <li key={field.id} className="flex flex-wrap items-start gap-3">
            <Field
              className="max-w-44"
              label={t("settings.untilHours", { number: index + 1 })}
              inputMode="numeric"
              error={wrong(errors.steps?.[index]?.untilHours?.message)}
              {...register(`steps.${index}.untilHours`)}
            />
            <Field
              className="max-w-44"
              label={t("settings.share", { number: index + 1 })}
              inputMode="decimal"
              error={wrong(errors.steps?.[index]?.rate?.message)}
              {...register(`steps.${index}.rate`)}
            />
            <Button
              kind="quiet"
              size="icon"
              className="mt-6"
              aria-label={t("settings.removeStep", { number: index + 1 })}
              onClick={() => steps.remove(index)}
            >
              <Trash2 aria-hidden />
            </Button>
          </li>
        ))}
      </ul>
      {steps.fields.length === 0 && <p className="text-muted">{t("settings.noSteps")}</p>}
      {listError && (
        <p role="alert" className="mt-2 font-medium text-bad">
          {listError}
        </p>
      )}
      <div className="mt-3 flex flex-wrap items-center gap-x-6 gap-y-2">
        <Button
          kind="secondary"
          size="small"
          disabled={steps.fields.length >= STEPS_MAX}
          onClick={() => steps.append({ untilHours: "0", rate: "50" })}
        >
          <Plus aria-hidden />
          {t("settings.addStep")}
        </Button>
        <CheckField label={t("settings.feeBack")} {...register("feeBack")} />
      </div>
    </Card>
  );
}
