import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Schema } from "@/lib/api";
import { classes } from "@/lib/classes";
import { serverNow } from "@/lib/clock";
import { byDay, saleState } from "../model";
import { ShowRow } from "./show-row";

/** Days are offered as a strip when there are more than this. */
const PLAIN_DAYS_MAX = 4;

/** The dates of an event: days to choose from, and the shows of the chosen one. */
export function ShowPicker({ shows }: { shows: readonly Schema["ShowView"][] }) {
  const { t } = useTranslation("discover");
  const days = byDay(shows);
  const now = serverNow();
  const upcoming = days.find((one) =>
    one.shows.some((show) => ["on-sale", "opens"].includes(saleState(show, now).state)),
  );
  const [chosen, setChosen] = useState(upcoming?.day ?? days[0]?.day);
  if (days.length <= PLAIN_DAYS_MAX) return <Rows shows={days.flatMap((one) => one.shows)} />;
  return (
    <div>
      <fieldset className="min-w-0">
        <legend className="sr-only">{t("event.chooseDay")}</legend>
        <div className="-mx-1 flex gap-2 overflow-x-auto p-1 pb-3">
          {days.map(({ day, shows: [first] }) => (
            <label
              key={day}
              className={classes(
                "relative flex min-w-16 shrink-0 cursor-pointer flex-col items-center rounded-2xl border px-3 py-2 has-focus-visible:outline-3 has-focus-visible:outline-offset-2 has-focus-visible:outline-calm",
                day === chosen ? "border-velvet bg-velvet text-on-velvet" : "border-edge bg-surface hover:bg-raised",
              )}
            >
              <input
                type="radio"
                name="day"
                className="sr-only"
                checked={day === chosen}
                onChange={() => setChosen(day)}
              />
              {first && <DayFace at={first.startsAt} timeZone={first.timeZone} />}
            </label>
          ))}
        </div>
      </fieldset>
      <Rows shows={days.find(({ day }) => day === chosen)?.shows ?? []} />
    </div>
  );
}

function DayFace({ at, timeZone }: { at: string; timeZone: string }) {
  const { i18n } = useTranslation();
  const part = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(i18n.language, { ...options, timeZone }).format(new Date(at));
  return (
    <>
      <span className="text-sm">{part({ weekday: "short" })}</span>
      <span className="text-xl leading-tight font-bold">{part({ day: "numeric" })}</span>
      <span className="text-sm">{part({ month: "short" })}</span>
    </>
  );
}

function Rows({ shows }: { shows: readonly Schema["ShowView"][] }) {
  return (
    <ul className="flex flex-col gap-3">
      {shows.map((show) => (
        <li key={show.showId}>
          <ShowRow show={show} />
        </li>
      ))}
    </ul>
  );
}
