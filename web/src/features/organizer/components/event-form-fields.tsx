import { Plus } from "lucide-react";
import { useState } from "react";
import { useFieldArray, useFormContext } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { Button } from "@/ui/button";
import { type EventForm, emptyShow, LIMITS, type PickedVenue } from "../event-form";
import { useWrong } from "../use-wrong";
import { EventFields } from "./event-fields";
import { ShowFields } from "./show-fields";
import { VenueDialog } from "./venue-dialog";

/** All fields of an event. The dialog that picks a venue stands beside them: it has a form of its own. */
export function EventFormFields() {
  const { t } = useTranslation("organizer");
  const wrong = useWrong("form");
  const { control, setValue, getValues, formState } = useFormContext<EventForm>();
  const shows = useFieldArray({ control, name: "shows" });
  const [picking, setPicking] = useState<number>();
  const room = LIMITS.shows - shows.fields.length;
  const listError = wrong(formState.errors.shows?.message ?? formState.errors.shows?.root?.message);

  const pick = (venue: PickedVenue) => {
    if (picking === undefined) return;
    const shouldValidate = formState.isSubmitted;
    setValue(`shows.${picking}.venue`, venue, { shouldDirty: true, shouldValidate });
    // The first venue serves all shows that have none yet.
    for (const [index, show] of getValues("shows").entries())
      if (!show.venue) setValue(`shows.${index}.venue`, venue, { shouldDirty: true, shouldValidate });
    setPicking(undefined);
  };

  /** A new show is most often in the same house for the same prices. */
  const add = () => {
    const last = getValues("shows").at(-1);
    shows.append(last ? { ...last, prices: { ...last.prices }, startsAt: "", salesCloseAt: "" } : emptyShow());
  };

  return (
    <div className="flex flex-col gap-6">
      <EventFields />
      <section aria-labelledby="form-shows" className="flex flex-col gap-4">
        <h2 id="form-shows" className="text-xl font-bold">
          {t("form.shows")}
        </h2>
        {shows.fields.map((field, index) => (
          <ShowFields
            key={field.id}
            index={index}
            only={shows.fields.length === 1}
            onPickVenue={() => setPicking(index)}
            onRemove={() => shows.remove(index)}
            onRepeat={(more) => shows.insert(index + 1, more.slice(0, room), { shouldFocus: false })}
          />
        ))}
        {listError && (
          <p role="alert" className="font-medium text-bad">
            {listError}
          </p>
        )}
        <div>
          <Button kind="secondary" disabled={room <= 0} onClick={add}>
            <Plus aria-hidden />
            {t("form.addShow")}
          </Button>
        </div>
      </section>
      <VenueDialog open={picking !== undefined} onClose={() => setPicking(undefined)} onPick={pick} />
    </div>
  );
}
