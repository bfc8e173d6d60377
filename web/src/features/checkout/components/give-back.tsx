import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { type Hold, holdQuery, releaseHold } from "@/api/holds";
import { api, ask } from "@/lib/api";
import { ProblemNotice } from "@/parts/problem-notice";
import { Button } from "@/ui/button";
import { forget } from "../model";

/** Gives the places back, so that others may have them. */
export function GiveBack({ hold }: { hold: Hold }) {
  const { t } = useTranslation("checkout");
  const queries = useQueryClient();
  const navigate = useNavigate();
  const giveBack = useMutation({
    // A booking that is begun is called off, and its places with it: then even a payment that still arrives goes back.
    mutationFn: ({ showId, bookingId }: Hold): Promise<unknown> =>
      bookingId
        ? ask(api.POST("/v1/bookings/{bookingId}/cancel", { params: { path: { bookingId } } }))
        : releaseHold(showId),
    onSuccess: async () => {
      forget(hold.showId);
      await navigate(`/shows/${hold.showId}`, { replace: true });
      queries.setQueryData(holdQuery(hold.showId).queryKey, null);
    },
  });
  return (
    <div className="flex flex-col items-start gap-3">
      {giveBack.isError && <ProblemNotice error={giveBack.error} />}
      <Button kind="quiet" busy={giveBack.isPending} onClick={() => giveBack.mutate(hold)}>
        {t("giveBack", { count: hold.seats.length })}
      </Button>
    </div>
  );
}
