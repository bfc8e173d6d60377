import { Minus, Plus } from "lucide-react";
import { useTranslation } from "react-i18next";
import { money } from "@/lib/money";
import { Button } from "@/ui/button";
import { standing } from "../model/choice";
import type { PlanSection } from "../model/plan";
import { chosenOf, leftOf, sectionPrice, useRoom, useSeats } from "../room";

/** How many stand here: nobody cares which of the places they have. */
export function StandingPicker({ area }: { area: PlanSection }) {
  const { t } = useTranslation("seat-map");
  const room = useRoom();
  const { seats, party = 1, say, hold } = room;
  const chosen = useSeats(seats, chosenOf);
  const left = useSeats(seats, leftOf)[area.index] ?? 0;
  const here = chosen.filter((place) => place >= area.first && place < area.first + area.places).length;
  const open = party - (chosen.length - here);
  const max = Math.min(open, left);

  function change(count: number) {
    seats.choose(standing(seats, area, count));
    say(t("said.standing", { section: area.name, count }));
  }

  return (
    <div className="flex flex-wrap items-center gap-x-6 gap-y-3">
      <p className="mr-auto">
        {t("standing.text", { price: money(sectionPrice(room, area)) })}{" "}
        <span className="text-muted">{t("map.left", { count: left })}</span>
      </p>
      <fieldset aria-label={t("standing.label", { section: area.name })} className="flex items-center gap-3">
        <Button
          kind="secondary"
          size="icon"
          aria-label={t("standing.fewer")}
          disabled={here === 0 || hold.hold !== undefined}
          onClick={() => change(here - 1)}
        >
          <Minus aria-hidden />
        </Button>
        <output className="w-8 text-center text-xl font-bold tabular-nums">{here}</output>
        <Button
          kind="secondary"
          size="icon"
          aria-label={t("standing.more")}
          disabled={here >= max || hold.hold !== undefined}
          onClick={() => change(here + 1)}
        >
          <Plus aria-hidden />
        </Button>
        {here === 0 && max > 1 && !hold.hold && (
          <Button kind="secondary" onClick={() => change(max)}>
            {t("standing.all", { count: max })}
          </Button>
        )}
      </fieldset>
    </div>
  );
}
