import { Copy, MapPin, Trash2 } from "lucide-react";
import { useState } from "react";
import { useFormContext, useWatch } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { dayAndTime, fromWallClock, ownZone, zoneName, zonesDiffer } from "@/lib/time";
import { Button } from "@/ui/button";
import { Card } from "@/ui/card";
import { Field, SelectField } from "@/ui/field";
import { type EventForm, repeated, type ShowForm } from "../event-form";
import { useWrong } from "../use-wrong";
import { PriceFields } from "./price-fields";

/** One date: where, when, for how much. */
export function ShowFields({
  index,
  only,
  onPickVenue,
  onRemove,
  onRepeat,
}: {
  index: number;
  /** Whether the event has no other show. */
  only: boolean;
  onPickVenue: () => void;
  onRemove: () => void;
  onRepeat: (shows: ShowForm[]) => void;
}) {
  const { t } = useTranslation("organizer");
  const wrong = useWrong("form");
  const { formState, register, getValues } = useFormContext<EventForm>();
  const errors = formState.errors.shows?.[index];
  const venue = useWatch<EventForm, `shows.${number}.venue`>({ name: `shows.${index}.venue` });
  const venueError = wrong(errors?.venue?.message);
  return (
    <Card role="group" aria-labelledby={`show-${index}`} className="relative">
      <div className="mb-4 flex items-start justify-between gap-3">
        <h3 id={`show-${index}`} className="text-lg font-bold">
          {t("form.show", { number: index + 1 })}
        </h3>
        <Button
          kind="quiet"
          size="small"
          disabled={only}
          aria-label={t("form.removeShow", { number: index + 1 })}
          onClick={onRemove}
        >
          <Trash2 aria-hidden />
        </Button>
      </div>
      <div className="grid gap-4 sm:grid-cols-2">
        <div className="flex flex-col gap-1.5">
          <span className="text-sm font-semibold">{t("form.venue")}</span>
          <button
            type="button"
            data-field={`shows.${index}.venue`}
            aria-describedby={venueError ? `venue-error-${index}` : undefined}
            onClick={onPickVenue}
            className="flex min-h-11 items-center gap-2 rounded-xl border border-edge bg-surface px-3 py-2 text-left hover:bg-raised"
          >
            <MapPin aria-hidden className="size-5 shrink-0 text-velvet" />
            <span className="min-w-0 flex-1">
              {venue ? `${venue.name}, ${venue.city}` : t("form.chooseVenue")}
              {venue && <span className="block text-sm text-muted">{venue.timeZone}</span>}
            </span>
          </button>
          {venueError && (
            <p id={`venue-error-${index}`} role="alert" className="text-sm font-medium text-bad">
              {venueError}
            </p>
          )}
        </div>
        <TimeField index={index} name="startsAt" label={t("form.startsAt")} />
      </div>
      {venue && <PriceFields index={index} levels={venue.priceLevels} />}
      <details
        className="mt-4 rounded-xl border border-line px-4 py-1"
        open={
          Boolean(errors?.salesOpenAt || errors?.salesCloseAt || errors?.seatLimit || errors?.holdMinutes) || undefined
        }
      >
        <summary className="min-h-11 py-2.5 font-semibold">{t("form.more")}</summary>
        <div className="grid gap-4 pb-4 sm:grid-cols-2">
          <TimeField index={index} name="salesOpenAt" label={t("form.salesOpenAt")} hint={t("form.salesOpenHint")} />
          <TimeField index={index} name="salesCloseAt" label={t("form.salesCloseAt")} hint={t("form.salesCloseHint")} />
          <Field
            label={t("form.seatLimit")}
            inputMode="numeric"
            hint={t("form.seatLimitHint")}
            error={wrong(errors?.seatLimit?.message)}
            {...register(`shows.${index}.seatLimit`)}
          />
          <Field
            label={t("form.holdMinutes")}
            inputMode="decimal"
            hint={t("form.holdMinutesHint")}
            error={wrong(errors?.holdMinutes?.message)}
            {...register(`shows.${index}.holdMinutes`)}
          />
        </div>
      </details>
      <Repeat onRepeat={(every, times) => onRepeat(repeated(getValues(`shows.${index}`), every, times))} />
    </Card>
  );
}

type TimeName = "startsAt" | "salesOpenAt" | "salesCloseAt";

/** A time on the venue's clocks; says which those are, and what one's own show then. */
function TimeField({ index, name, label, hint }: { index: number; name: TimeName; label: string; hint?: string }) {
  const { t } = useTranslation(["organizer", "common"]);
  const wrong = useWrong("form");
  const { register, formState } = useFormContext<EventForm>();
  const venue = useWatch<EventForm, `shows.${number}.venue`>({ name: `shows.${index}.venue` });
  const wall = useWatch<EventForm, `shows.${number}.${TimeName}`>({ name: `shows.${index}.${name}` });
  const at = venue && wall && !Number.isNaN(Date.parse(`${wall}Z`)) ? fromWallClock(wall, venue.timeZone) : undefined;
  const own = ownZone();
  const zone = venue && t("organizer:form.onClocksOf", { place: venue.city });
  const differs = at && venue && zonesDiffer(at, venue.timeZone, own);
  const lines = [
    hint,
    at && venue ? `${zone} (${zoneName(at, venue.timeZone)})` : zone,
    differs && t("common:yourTime", { time: dayAndTime(at, own) }),
  ];
  return (
    <Field
      type="datetime-local"
      label={label}
      hint={lines.filter(Boolean).join(" · ") || undefined}
      error={wrong(formState.errors.shows?.[index]?.[name]?.message)}
      {...register(`shows.${index}.${name}`)}
    />
  );
}

/** The same show again, at the same time on further days. */
function Repeat({ onRepeat }: { onRepeat: (everyDays: number, times: number) => void }) {
  const { t } = useTranslation("organizer");
  const [every, setEvery] = useState("1");
  const [times, setTimes] = useState("1");
  return (
    <details className="mt-3 rounded-xl border border-line px-4 py-1">
      <summary className="min-h-11 py-2.5 font-semibold">{t("form.repeat")}</summary>
      <div className="flex flex-wrap items-end gap-3 pb-4">
        <SelectField label={t("form.repeatEvery")} value={every} onChange={(event) => setEvery(event.target.value)}>
          <option value="1">{t("form.everyDay")}</option>
          <option value="7">{t("form.everyWeek")}</option>
          <option value="14">{t("form.everyOtherWeek")}</option>
        </SelectField>
        <SelectField label={t("form.repeatTimes")} value={times} onChange={(event) => setTimes(event.target.value)}>
          {Array.from({ length: 20 }, (_, count) => count + 1).map((count) => (
            <option key={count}>{count}</option>
          ))}
        </SelectField>
        <Button kind="secondary" onClick={() => onRepeat(Number(every), Number(times))}>
          <Copy aria-hidden />
          {t("form.repeatDo")}
        </Button>
      </div>
    </details>
  );
}
