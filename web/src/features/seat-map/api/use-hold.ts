import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { giveBack, type Hold, holdQuery, placeHold, watchHold } from "@/api/holds";
import { seatsQuery, showQuery } from "@/api/shows";
import type { Schema } from "@/lib/api";
import { serverNow } from "@/lib/clock";
import { asProblem, type Problem } from "@/lib/problem";
import { sessionKnown, useSession } from "@/lib/session";
import { ECHO_MS, type Seats } from "../model/seats";

export type Wanted = Schema["PlaceHold"];

/** A busy block is asked again by itself so often. */
const RETRIES_MAX = 3;
/** The server's seconds are whole: a hold lives through the one in which it ends. */
const LAST_SECOND_MS = 1_100;

export interface SeatHold {
  hold: Hold | undefined;
  /** What was held until a moment ago. */
  expired: Hold | undefined;
  /** Whether places are being held, or given back. */
  placing: boolean;
  releasing: boolean;
  /** Whether anything was held or given back here, and not only by another tab. */
  acted: boolean;
  /** The server is busy, and is asked again. */
  retrying: boolean;
  problem: Problem | undefined;
  place(wanted: Wanted): void;
  release(): void;
  onExpired(): void;
  dismiss(): void;
}

/** The caller's hold: how it is placed, given back, runs out, and is noticed when another tab does so. */
export function useHold(showId: string, seats: Seats | undefined, askToSignIn: (wanted: Wanted) => void): SeatHold {
  const queries = useQueryClient();
  const signedIn = useSession().state === "signed-in";
  const [expired, setExpired] = useState<Hold>();
  const [endsAt, setEndsAt] = useState(0);
  const busy = useRef(false);

  const { data, refetch } = useQuery({ ...holdQuery(showId), enabled: signedIn });
  const hold = (signedIn && data) || undefined;

  useEffect(() => {
    if (!seats?.known && !hold) return;
    seats?.setOwn(placesOf(seats, hold), serverNow());
  }, [seats, hold]);

  const refetchSeats = useCallback(
    () => void queries.invalidateQueries({ queryKey: seatsQuery(showId).queryKey }),
    [queries, showId],
  );

  useEffect(
    () =>
      watchHold(showId, () => {
        void refetch();
        refetchSeats();
      }),
    [showId, refetch, refetchSeats],
  );

  function failed(error: unknown, wanted: Wanted) {
    const problem = asProblem(error);
    if (problem.kind === "unauthenticated") askToSignIn(wanted);
    if (problem.kind === "seats-taken" && seats) {
      const gone = problem.seats.map((seat) => seats.plan.place(seat)).filter((place) => place !== undefined);
      seats.lose(gone, serverNow());
      refetchSeats();
    }
    if (problem.kind === "hold-exists") void refetch();
    if (problem.kind === "sales-closed") void queries.invalidateQueries({ queryKey: showQuery(showId).queryKey });
  }

  const placing = useMutation({
    mutationFn: async (wanted: Wanted) => {
      await serverPast(endsAt);
      return placeHold(showId, wanted);
    },
    retry: (failures, error) => asProblem(error).kind === "contended" && failures < RETRIES_MAX,
    retryDelay: (_, error) => (asProblem(error).retryAfterSeconds ?? 1) * 1000,
    onSuccess: (placed) => {
      setExpired(undefined);
      seats?.forgetLost();
      seats?.choose([]);
      queries.setQueryData(holdQuery(showId).queryKey, placed);
    },
    onError: failed,
    onSettled: () => {
      busy.current = false;
    },
  });

  const releasing = useMutation({
    mutationFn: (held: Hold) => giveBack(held),
    onSuccess: () => {
      seats?.giveBack(serverNow());
      setTimeout(refetchSeats, ECHO_MS);
      placing.reset();
      queries.setQueryData(holdQuery(showId).queryKey, null);
    },
  });

  const reset = placing.reset;
  return {
    hold,
    expired: hold ? undefined : expired,
    placing: placing.isPending,
    releasing: releasing.isPending,
    acted: !placing.isIdle || !releasing.isIdle,
    retrying: placing.isPending && placing.failureCount > 0,
    problem: firstProblem(placing.error, releasing.error),
    place(wanted) {
      if (busy.current) return;
      busy.current = true;
      void sessionKnown().then(({ state }) => {
        if (state === "signed-in") return placing.mutate(wanted);
        busy.current = false;
        askToSignIn(wanted);
      });
    },
    release: () => hold && releasing.mutate(hold),
    onExpired() {
      setExpired(hold);
      setEndsAt(Date.parse(hold?.expiresAt ?? "") + LAST_SECOND_MS);
      seats?.giveBack(serverNow() + LAST_SECOND_MS);
      setTimeout(refetchSeats, LAST_SECOND_MS);
      queries.setQueryData(holdQuery(showId).queryKey, null);
    },
    dismiss() {
      reset();
      releasing.reset();
      setExpired(undefined);
    },
  };
}

function placesOf(seats: Seats, hold: Hold | undefined): number[] {
  return (hold?.seats ?? []).map(({ seat }) => seats.plan.place(seat)).filter((place) => place !== undefined);
}

function firstProblem(...errors: unknown[]): Problem | undefined {
  const error = errors.find(Boolean);
  return error ? asProblem(error) : undefined;
}

/** Waits until a moment is over on the server's clock. */
function serverPast(moment: number): Promise<void> {
  const wait = moment - serverNow();
  return wait > 0 ? new Promise((resolve) => setTimeout(resolve, wait)) : Promise.resolve();
}
