import { zodResolver } from "@hookform/resolvers/zod";
import { useQueryClient } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useRef } from "react";
import { type FieldPath, useFieldArray, useForm, useWatch } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { useAction } from "@/api/use-action";
import { venueQuery } from "@/api/venues";
import { idempotencyKey } from "@/lib/api";
import { asProblem } from "@/lib/problem";
import { ownZone } from "@/lib/time";
import { ProblemNotice } from "@/parts/problem-notice";
import { Button } from "@/ui/button";
import { Field } from "@/ui/field";
import { createVenue, type Venue } from "../api/venues";
import { useWrong } from "../use-wrong";
import {
  emptySection,
  placesOf,
  VENUE_LIMITS,
  type VenueForm,
  venueBody,
  venueFieldOf,
  venueSchema,
} from "../venue-form";
import { SectionFields } from "./section-fields";

/** Describes a venue: where it is, its clocks, its sections. */
export function NewVenue({ onCreated, onBack }: { onCreated: (venue: Venue) => void; onBack: () => void }) {
  const { t } = useTranslation(["organizer", "common"]);
  const wrong = useWrong("venue");
  const queries = useQueryClient();
  const key = useRef({ body: "", header: idempotencyKey() });
  const form = useForm<VenueForm>({
    resolver: zodResolver(venueSchema),
    defaultValues: {
      name: "",
      address: "",
      city: "",
      region: "",
      timeZone: ownZone(),
      amenities: "",
      sections: [emptySection()],
    },
  });
  const { register, control, formState, handleSubmit, setError } = form;
  const { errors } = formState;
  const sections = useFieldArray({ control, name: "sections" });
  const places = placesOf({ sections: useWatch({ control, name: "sections" }) });

  const create = useAction({
    mutationFn: (values: VenueForm) => {
      const body = venueBody(values);
      const text = JSON.stringify(body);
      // The same description sent twice is one intention, another one is another.
      if (key.current.body !== text) key.current = { body: text, header: idempotencyKey() };
      return createVenue(body, key.current.header);
    },
    onSuccess: (venue) => {
      queries.setQueryData(venueQuery(venue.venueId).queryKey, venue);
      void queries.invalidateQueries({ queryKey: ["venues"] });
      onCreated(venue);
    },
    onError: (error) => {
      for (const { pointer, detail } of asProblem(error).errors) {
        const field = venueFieldOf(pointer);
        if (field) setError(field as FieldPath<VenueForm>, { type: "server", message: detail });
      }
    },
  });

  return (
    <form noValidate className="flex flex-col gap-4" onSubmit={handleSubmit((values) => create.run(values))}>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t("venue.name")} error={wrong(errors.name?.message)} {...register("name")} />
        <Field label={t("venue.city")} error={wrong(errors.city?.message)} {...register("city")} />
        <Field
          className="sm:col-span-2"
          label={t("venue.address")}
          error={wrong(errors.address?.message)}
          {...register("address")}
        />
        <Field
          label={t("venue.timeZone")}
          hint={t("venue.timeZoneHint")}
          list="time-zones"
          autoComplete="off"
          error={wrong(errors.timeZone?.message)}
          {...register("timeZone")}
        />
        <Field
          label={t("venue.region")}
          hint={t("venue.regionHint")}
          autoComplete="off"
          error={wrong(errors.region?.message)}
          {...register("region")}
        />
        <Field
          className="sm:col-span-2"
          label={t("venue.amenities")}
          hint={t("venue.amenitiesHint")}
          error={wrong(errors.amenities?.message)}
          {...register("amenities")}
        />
      </div>
      <datalist id="time-zones">
        {Intl.supportedValuesOf("timeZone").map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
      <h3 className="text-lg font-bold">{t("venue.sections")}</h3>
      <p className="text-sm text-muted">{t("venue.sectionsHint")}</p>
      {sections.fields.map((field, index) => (
        <SectionFields
          key={field.id}
          form={form}
          index={index}
          only={sections.fields.length === 1}
          onRemove={() => sections.remove(index)}
        />
      ))}
      {errors.sections?.message && (
        <p role="alert" className="font-medium text-bad">
          {wrong(errors.sections.message)}
        </p>
      )}
      <div className="flex flex-wrap items-center justify-between gap-3">
        <Button
          kind="secondary"
          size="small"
          disabled={sections.fields.length >= VENUE_LIMITS.sections}
          onClick={() => sections.append({ ...emptySection(), priceLevel: "" })}
        >
          <Plus aria-hidden />
          {t("venue.addSection")}
        </Button>
        <p role="status" className="font-semibold tabular-nums">
          {t("venue.places", { count: places })}
        </p>
      </div>
      {create.isError && <ProblemNotice error={create.error} />}
      <div className="flex flex-wrap justify-end gap-3">
        <Button kind="secondary" onClick={onBack}>
          {t("common:back")}
        </Button>
        <Button type="submit" busy={create.isPending}>
          {t("venue.create")}
        </Button>
      </div>
    </form>
  );
}
