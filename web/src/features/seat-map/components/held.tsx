import { ArrowRight, Ticket } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Hold } from "@/api/holds";
import { HoldTimer } from "@/parts/hold-timer";
import { PriceBreakdown } from "@/parts/price-breakdown";
import { Button, ButtonLink } from "@/ui/button";
import { useRoom } from "../room";
import { useArrival } from "../use-arrival";
import { usePlaceName } from "../use-place-name";

/** The places are the caller's for a while: on to paying, or back to choosing. */
export function Held({ hold }: { hold: Hold }) {
  const { t } = useTranslation("seat-map");
  const { show, seats, hold: state } = useRoom();
  const name = usePlaceName(seats.plan);
  const heading = useArrival(t("held.title", { count: hold.seats.length }));
  const places = hold.seats.map(({ seat }) => seats.plan.place(seat)).filter((place) => place !== undefined);
  return (
    <div className="flex flex-col gap-3" data-testid="held">
      <h2 ref={heading} tabIndex={-1} className="outline-none flex items-center gap-2 text-lg font-bold">
        <Ticket aria-hidden className="size-5 text-velvet" />
        {t("held.title", { count: hold.seats.length })}
      </h2>
      <p className="font-semibold">{name.list(places)}</p>
      <HoldTimer hold={hold} onExpired={state.onExpired} />
      <div className="max-lg:hidden">
        <PriceBreakdown quote={hold.quote} />
      </div>
      <div className="flex flex-wrap gap-3">
        <ButtonLink to={`/shows/${show.showId}/checkout`} className="grow">
          {t("held.continue")}
          <ArrowRight aria-hidden />
        </ButtonLink>
        <Button kind="secondary" busy={state.releasing} onClick={state.release}>
          {t("held.change")}
        </Button>
      </div>
    </div>
  );
}
