import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Problem } from "@/lib/problem";
import { ProblemNotice } from "@/parts/problem-notice";
import { Button, ButtonLink } from "@/ui/button";
import { Notice } from "@/ui/notice";
import { nearest } from "../model/choice";
import { leftOf, lostOf, useRoom, useSeats } from "../room";
import { usePlaceName } from "../use-place-name";

/** What went wrong with the places, and the shortest way on. */
export function Notices() {
  const { hold } = useRoom();
  return (
    <div className="flex flex-col gap-3 empty:hidden">
      <LostNotice />
      <ExpiredNotice />
      {hold.problem && <HoldProblem problem={hold.problem} />}
    </div>
  );
}

/** Names the places that went, and offers the nearest in their stead. */
function LostNotice() {
  const { t } = useTranslation(["seat-map", "common"]);
  const { seats, hold } = useRoom();
  const lost = useSeats(seats, lostOf);
  const left = useSeats(seats, leftOf);
  const name = usePlaceName(seats.plan);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is nearest changes with what is left
  const offer = useMemo(() => (lost ? nearest(seats, lost.places) : []), [seats, lost, left]);
  if (!lost) return null;

  function take() {
    const wanted = [...seats.chosen, ...offer];
    const again = lost?.whileHolding;
    seats.choose(wanted);
    seats.forgetLost();
    hold.dismiss();
    if (again) hold.place({ seats: wanted.map((place) => seats.plan.seat(place)) });
  }

  const section = offer[0] === undefined ? undefined : seats.plan.section(offer[0]);
  const moved = section && section.index !== seats.plan.section(lost.places[0] ?? 0).index;
  const named = name.shortList(offer);
  return (
    <Notice tone="warn" title={t("lost.title", { places: name.list(lost.places) })}>
      <p>{seats.chosen.length > 0 ? t("lost.others") : t("lost.none")}</p>
      <div className="mt-2 flex flex-wrap gap-2">
        {offer.length > 0 && (
          <Button size="small" busy={hold.placing} onClick={take}>
            {moved ? t("lost.takeIn", { places: named, section: section.name }) : t("lost.take", { places: named })}
          </Button>
        )}
        <Button kind="quiet" size="small" onClick={() => seats.forgetLost()}>
          {t("common:close")}
        </Button>
      </div>
    </Notice>
  );
}

/** The time ran out; the same places again are one tap away. */
function ExpiredNotice() {
  const { t } = useTranslation(["seat-map", "common"]);
  const { hold } = useRoom();
  const { expired } = hold;
  if (!expired) return null;
  const again = () => hold.place({ seats: expired.seats.map(({ seat }) => seat) });
  return (
    <Notice tone="warn" title={t("expired.title")}>
      <p>{t("expired.text")}</p>
      <div className="mt-2 flex flex-wrap gap-2">
        <Button size="small" busy={hold.placing} onClick={again}>
          {t("expired.again", { count: expired.seats.length })}
        </Button>
        <Button kind="quiet" size="small" onClick={hold.dismiss}>
          {t("common:close")}
        </Button>
      </div>
    </Notice>
  );
}

function HoldProblem({ problem }: { problem: Problem }) {
  const { t } = useTranslation("seat-map");
  const { hold, seats, show } = useRoom();
  const lost = useSeats(seats, lostOf);
  switch (problem.kind) {
    case "seats-taken":
      if (lost || problem.seats.length > 0) return null;
      return (
        <Notice tone="warn" title={t("nothing.title")}>
          {t("nothing.text")}
        </Notice>
      );
    case "hold-exists":
      return (
        <Notice
          tone="warn"
          title={t("exists.title")}
          action={
            <ButtonLink size="small" to={`/shows/${show.showId}/checkout`}>
              {t("held.continue")}
            </ButtonLink>
          }
        >
          {t("exists.text")}
        </Notice>
      );
    case "seat-limit": {
      const { limit, bought } = problem.members;
      const count = Number(limit) - Number(bought ?? 0);
      return (
        <Notice tone="warn" title={t("limit.title", { count: Number(limit) })}>
          {Number(bought) > 0 ? t("limit.bought", { bought: Number(bought), count }) : t("limit.fewer")}
        </Notice>
      );
    }
    case "unauthenticated":
      return null;
    default:
      return <ProblemNotice error={problem} onRetry={problem.passes ? hold.dismiss : undefined} />;
  }
}
