import { Armchair, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { classes } from "@/lib/classes";
import { money } from "@/lib/money";
import { Button } from "@/ui/button";
import { chosenOf, estimate, useRoom, useSeats } from "../room";
import { useArrival } from "../use-arrival";
import { usePlaceName } from "../use-place-name";
import { Opening } from "./opening";

/** What is chosen and what it will cost; holding it is the next step. */
export function Tray() {
  const { t } = useTranslation("seat-map");
  const room = useRoom();
  const { seats, party = 1, hold, sales, say } = room;
  const chosen = useSeats(seats, chosenOf);
  const heading = useArrival("");
  const name = usePlaceName(seats.plan);

  function leave(place: number) {
    seats.toggle(place);
    say(
      t("said.left", {
        place: name.full(place),
        count: seats.chosen.length,
        party,
        sum: money(estimate(room, seats.chosen)),
      }),
    );
  }

  return (
    <div className="flex flex-col gap-3 max-lg:gap-2">
      <h2
        ref={heading}
        tabIndex={-1}
        className="outline-none flex items-center gap-2 text-lg font-bold max-lg:text-base"
      >
        <Armchair aria-hidden className="size-5 text-velvet" />
        {t("tray.title", { chosen: chosen.length, party })}
      </h2>
      {chosen.length === 0 && <p className="text-muted max-sm:text-sm">{t("tray.empty", { count: party })}</p>}
      {chosen.length > 0 && (
        <ul className="flex gap-2 overflow-x-auto p-0.5 lg:max-h-72 lg:flex-wrap lg:overflow-y-auto">
          {chosen.map((place) => (
            <li key={place} className="flex shrink-0 items-center rounded-xl bg-raised pl-3 text-sm font-semibold">
              <span className="lg:hidden">{name.short(place)}</span>
              <span className="max-lg:hidden">{name.full(place)}</span>
              <Button
                kind="quiet"
                size="icon"
                aria-label={t("tray.remove", { place: name.full(place) })}
                onClick={() => leave(place)}
              >
                <X aria-hidden />
              </Button>
            </li>
          ))}
        </ul>
      )}
      <div
        className={classes(
          "flex items-center justify-between gap-3 lg:flex-wrap",
          chosen.length === 0 && "max-lg:hidden",
        )}
      >
        {chosen.length > 0 && (
          <p>
            <span className="block text-xl font-bold tabular-nums" data-testid="estimate">
              {money(estimate(room, chosen))}
            </span>
            <span className="block text-sm text-muted max-sm:text-xs">{t("tray.estimate")}</span>
          </p>
        )}
        {sales.state === "upcoming" ? (
          <Opening at={sales.opensAt} short />
        ) : (
          <Button
            className="grow"
            busy={hold.placing}
            disabled={chosen.length === 0 || sales.state !== "open"}
            onClick={() => hold.place({ seats: chosen.map((place) => seats.plan.seat(place)) })}
          >
            {t("tray.hold", { count: Math.max(1, chosen.length) })}
          </Button>
        )}
      </div>
      <p role="status" className="text-sm text-muted empty:hidden">
        {hold.retrying ? t("tray.busy") : ""}
      </p>
    </div>
  );
}
