import { Trash2 } from "lucide-react";
import { type UseFormReturn, useWatch } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { Button } from "@/ui/button";
import { Field, SelectField } from "@/ui/field";
import { useWrong } from "../use-wrong";
import { rowsOf, type VenueForm } from "../venue-form";

/** A part of a new venue: rows of seats by a short formula, or a number of people who stand. */
export function SectionFields({
  form: { register, control, formState },
  index,
  only,
  onRemove,
}: {
  form: UseFormReturn<VenueForm>;
  index: number;
  only: boolean;
  onRemove: () => void;
}) {
  const { t } = useTranslation("organizer");
  const wrong = useWrong("venue");
  const errors = formState.errors.sections?.[index];
  const [kind, rowsText] = useWatch({ control, name: [`sections.${index}.kind`, `sections.${index}.rows`] });
  const rows = rowsOf(rowsText);
  return (
    <fieldset className="grid gap-3 rounded-2xl border border-line p-4 sm:grid-cols-2">
      <legend className="px-1 font-semibold">{t("venue.sectionNumber", { number: index + 1 })}</legend>
      <Field
        label={t("venue.sectionName")}
        error={wrong(errors?.name?.message)}
        {...register(`sections.${index}.name`)}
      />
      <Field
        label={t("venue.priceLevel")}
        hint={t("venue.priceLevelHint")}
        error={wrong(errors?.priceLevel?.message)}
        {...register(`sections.${index}.priceLevel`)}
      />
      <SelectField label={t("venue.kind")} {...register(`sections.${index}.kind`)}>
        <option value="seated">{t("venue.seated")}</option>
        <option value="standing">{t("venue.standing")}</option>
      </SelectField>
      {kind === "seated" ? (
        <Field
          label={t("venue.rows")}
          hint={
            rows
              ? t("venue.rowsRead", { count: rows.length, seats: rows.reduce((sum, row) => sum + row.seats, 0) })
              : t("venue.rowsHint")
          }
          error={wrong(errors?.rows?.message)}
          {...register(`sections.${index}.rows`)}
        />
      ) : (
        <Field
          label={t("venue.capacity")}
          inputMode="numeric"
          error={wrong(errors?.capacity?.message)}
          {...register(`sections.${index}.capacity`)}
        />
      )}
      <div className="sm:col-span-2">
        <Button kind="quiet" size="small" disabled={only} onClick={onRemove}>
          <Trash2 aria-hidden />
          {t("venue.removeSection", { number: index + 1 })}
        </Button>
      </div>
    </fieldset>
  );
}
