import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation, useNavigate, useSearchParams } from "react-router";
import type { Schema } from "@/lib/api";
import { serverNow } from "@/lib/clock";
import { ProblemNotice } from "@/parts/problem-notice";
import { useCountdown } from "@/parts/use-countdown";
import { Dialog } from "@/ui/dialog";
import { Skeleton } from "@/ui/skeleton";
import { useHold, type Wanted } from "../api/use-hold";
import { useLiveSeats } from "../api/use-live-seats";
import type { PlanSection } from "../model/plan";
import { remember, rememberedView, rememberView, type View } from "../model/remembered";
import { salesOf } from "../model/sales";
import type { Seats } from "../model/seats";
import { knownOf, type Room, RoomContext, useRoom, useSeats } from "../room";
import { useRemembered } from "../use-remembered";
import { BestAvailable } from "./best-available";
import { Held } from "./held";
import { Legend } from "./legend";
import { ListView } from "./list-view";
import { MapView } from "./map-view";
import { Notices } from "./notices";
import { AskPartySize } from "./party-size";
import { SalesNotice } from "./sales-notice";
import { StandingPicker } from "./standing-picker";
import { Toolbar } from "./toolbar";
import { Tray } from "./tray";

/** A hall with its doors open. */
export function Hall({ show, seats }: { show: Schema["ShowDetailView"]; seats: Seats }) {
  const { t } = useTranslation("seat-map");
  const known = useSeats(seats, knownOf);
  const { live, error, refetch } = useLiveSeats(show.showId, seats);
  const askToSignIn = useAskToSignIn(show.showId, seats);
  const hold = useHold(show.showId, seats, askToSignIn);
  const [party, setParty] = useParty(show.seatLimit);
  const [said, say] = useState("");
  const [view, setView] = useState<View>(rememberedView);
  const sales = useSales(show);
  useRemembered(show.showId, seats, hold);

  const room: Room = {
    show,
    seats,
    sales,
    hold,
    say,
    party: party ?? hold.hold?.seats.length,
    setParty(next) {
      seats.choose(seats.chosen.slice(0, next));
      setParty(next);
    },
  };
  const changeView = (next: View) => {
    rememberView(next);
    setView(next);
  };
  const ended = sales.state === "cancelled" || sales.state === "over";

  return (
    <RoomContext value={room}>
      <div className="flex flex-col gap-4">
        {!ended && <Toolbar view={view} onView={changeView} live={live} />}
        <SalesNotice known={known} />
        {error && <ProblemNotice error={error} onRetry={refetch} />}
        {!ended && (room.party ? <Choosing view={view} known={known} /> : <AskPartySize />)}
        <p aria-live="polite" className="sr-only" data-testid="said">
          {said}
        </p>
        <p>
          <Link to={`/events/${show.eventId}`} className="font-semibold text-velvet underline underline-offset-4">
            {t("toEvent")}
          </Link>
        </p>
      </div>
    </RoomContext>
  );
}

/** The hall beside what is chosen; on phones what is chosen sticks to the bottom. */
function Choosing({ view, known }: { view: View; known: boolean }) {
  const { t } = useTranslation("seat-map");
  const { hold } = useRoom();
  const [area, setArea] = useState<PlanSection>();
  return (
    <div className="grid items-start gap-x-6 gap-y-4 lg:grid-cols-[minmax(0,1fr)_21rem]">
      <div className="flex min-w-0 flex-col gap-4">
        <Notices />
        {!known && <Skeleton className="aspect-[1.3] max-h-[min(68svh,44rem)] min-h-72" />}
        {known && (view === "list" ? <ListView /> : <MapView onArea={setArea} />)}
        {view === "map" && <Legend />}
      </div>
      <div className="contents lg:sticky lg:top-24 lg:flex lg:flex-col lg:gap-4">
        {!hold.hold && (
          <div className="lg:order-2">
            <BestAvailable />
          </div>
        )}
        <aside
          aria-label={t("tray.label")}
          className="sticky bottom-0 z-30 -mx-4 border-t border-line bg-surface p-4 shadow-high sm:mx-0 sm:rounded-t-3xl sm:border-x lg:static lg:rounded-3xl lg:border-b"
        >
          {hold.hold ? <Held key={hold.hold.holdId} hold={hold.hold} /> : <Tray />}
        </aside>
      </div>
      <Dialog open={area !== undefined} onClose={() => setArea(undefined)} title={area?.name}>
        {area && <StandingPicker area={area} />}
      </Dialog>
    </div>
  );
}

function useSales(show: Schema["ShowDetailView"]) {
  // Counts on, so that the page opens and closes by itself.
  const untilOpen = useCountdown(show.salesOpenAt ?? undefined);
  const untilClose = useCountdown(show.salesCloseAt ?? show.startsAt);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the moments pass by the server's clock
  return useMemo(() => salesOf(show, serverNow()), [show, untilOpen === 0, untilClose === 0]);
}

/** The answer lives in the URL: a reload, a way back and a shared link keep it. */
function useParty(limit: number): [number | undefined, (party: number) => void] {
  const [search, setSearch] = useSearchParams();
  const asked = Number(search.get("party"));
  const party = Number.isInteger(asked) && asked >= 1 && asked <= limit ? asked : undefined;
  return [
    party,
    (next) =>
      setSearch(
        (before) => {
          before.set("party", String(next));
          return before;
        },
        { replace: true, preventScrollReset: true },
      ),
  ];
}

/** Leaves for the sign-in page; the choice is here again afterwards, and is held at once. */
function useAskToSignIn(showId: string, seats: Seats): (wanted: Wanted) => void {
  const navigate = useNavigate();
  const { pathname, search } = useLocation();
  return (wanted) => {
    remember(showId, { seats: seats.chosen.map((place) => seats.plan.seat(place)), wanted });
    navigate(`/sign-in?next=${encodeURIComponent(pathname + search)}`);
  };
}
