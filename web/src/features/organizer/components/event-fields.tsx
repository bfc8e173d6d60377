import { useFormContext, useWatch } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { Card } from "@/ui/card";
import { Field, SelectField, TextField } from "@/ui/field";
import { CATEGORIES, CURRENCIES, type EventForm, LIMITS } from "../event-form";
import { useWrong } from "../use-wrong";

/** What the poster says. */
export function EventFields() {
  const { t } = useTranslation(["organizer", "common"]);
  const wrong = useWrong("form");
  const { register, formState } = useFormContext<EventForm>();
  const { errors } = formState;
  const description = useWatch<EventForm, "description">({ name: "description" });
  return (
    <Card>
      <h2 className="mb-4 text-xl font-bold">{t("form.details")}</h2>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          className="sm:col-span-2"
          label={t("form.title")}
          maxLength={LIMITS.title}
          error={wrong(errors.title?.message)}
          {...register("title")}
        />
        <TextField
          className="sm:col-span-2"
          label={t("form.description")}
          rows={7}
          hint={t("form.descriptionHint", { count: LIMITS.description - [...description].length })}
          error={wrong(errors.description?.message)}
          {...register("description")}
        />
        <SelectField label={t("form.category")} error={wrong(errors.category?.message)} {...register("category")}>
          {CATEGORIES.map((category) => (
            <option key={category} value={category}>
              {t(`common:category.${category}`)}
            </option>
          ))}
        </SelectField>
        <Field
          label={t("form.language")}
          hint={t("form.languageHint")}
          maxLength={LIMITS.language}
          error={wrong(errors.language?.message)}
          {...register("language")}
        />
        <Field
          label={t("form.tags")}
          hint={t("form.tagsHint")}
          error={wrong(errors.tags?.message)}
          {...register("tags")}
        />
        <SelectField
          label={t("form.currency")}
          hint={t("form.currencyHint")}
          error={wrong(errors.currency?.message)}
          {...register("currency")}
        >
          {CURRENCIES.map((currency) => (
            <option key={currency}>{currency}</option>
          ))}
        </SelectField>
      </div>
    </Card>
  );
}
