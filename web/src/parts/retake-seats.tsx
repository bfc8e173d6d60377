import { useMutation, useQueryClient } from "@tanstack/react-query";
import { RotateCcw } from "lucide-react";
import { useTranslation } from "react-i18next";
import { type Hold, holdQuery, placeHold } from "@/api/holds";
import { serverNow } from "@/lib/clock";
import { asProblem } from "@/lib/problem";
import { Button, ButtonLink } from "@/ui/button";
import { Notice } from "@/ui/notice";
import { ProblemNotice } from "./problem-notice";

const LAST_SECOND_MS = 1_000;

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
    mutationFn: () => placeAgain(showId, seats),
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

/** A hold is live through its last second: who is quick still finds the old one, and waits for it to end. */
async function placeAgain(showId: string, seats: readonly string[]): Promise<Hold> {
  const hold = await placeHold(showId, { seats: [...seats] });
  const left = Date.parse(hold.expiresAt) - serverNow();
  if (left > LAST_SECOND_MS) return hold;
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, left) + LAST_SECOND_MS));
  return placeHold(showId, { seats: [...seats] });
}
