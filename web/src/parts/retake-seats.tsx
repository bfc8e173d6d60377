import { useMutation, useQueryClient } from "@tanstack/react-query";
import { RotateCcw } from "lucide-react";
import { useTranslation } from "react-i18next";
import { type Hold, holdQuery, placeHold } from "@/api/holds";
import { asProblem } from "@/lib/problem";
import { Button, ButtonLink } from "@/ui/button";
import { Notice } from "@/ui/notice";
import { ProblemNotice } from "./problem-notice";

/** Holds the same places again at one tap, or says which of them went. Needs the namespace `checkout`. */
export function RetakeSeats({
  showId,
  seats,
  seatName,
  onHeld,
}: {
  showId: string;
  seats: readonly string[];
  seatName: (seat: string) => string;
  onHeld?: (hold: Hold) => void;
}) {
  const { t } = useTranslation("checkout");
  const queries = useQueryClient();
  const retake = useMutation({
    mutationFn: () => placeHold(showId, { seats: [...seats] }),
    onSuccess: (hold) => {
      queries.setQueryData(holdQuery(showId).queryKey, hold);
      onHeld?.(hold);
    },
  });
  const problem = retake.isError ? asProblem(retake.error) : undefined;
  return (
    <div className="flex flex-col gap-4">
      {problem?.kind === "seats-taken" && (
        <Notice tone="warn" title={t("over.taken", { count: problem.seats.length || seats.length })}>
          {problem.seats.map(seatName).join(", ")}
        </Notice>
      )}
      {problem && problem.kind !== "seats-taken" && <ProblemNotice error={problem} />}
      <div className="flex flex-wrap gap-3">
        {seats.length > 0 && problem?.kind !== "seats-taken" && (
          <Button busy={retake.isPending} onClick={() => retake.mutate()}>
            <RotateCcw aria-hidden />
            {t("over.retake", { count: seats.length })}
          </Button>
        )}
        <ButtonLink to={`/shows/${showId}`} kind="secondary">
          {t("over.others")}
        </ButtonLink>
      </div>
    </div>
  );
}
