import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { giveBack, type Hold, holdQuery } from "@/api/holds";
import { ProblemNotice } from "@/parts/problem-notice";
import { Button } from "@/ui/button";
import { forget } from "../model";

/** Gives the places back, so that others may have them. */
export function GiveBack({ hold }: { hold: Hold }) {
  const { t } = useTranslation("checkout");
  const queries = useQueryClient();
  const navigate = useNavigate();
  const giving = useMutation({
    mutationFn: giveBack,
    onSuccess: async () => {
      forget(hold.showId);
      await navigate(`/shows/${hold.showId}`, { replace: true });
      queries.setQueryData(holdQuery(hold.showId).queryKey, null);
    },
  });
  return (
    <div className="flex flex-col items-start gap-3">
      {giving.isError && <ProblemNotice error={giving.error} />}
      <Button kind="quiet" busy={giving.isPending} onClick={() => giving.mutate(hold)}>
        {t("giveBack", { count: hold.seats.length })}
      </Button>
    </div>
  );
}
