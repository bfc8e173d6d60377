import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Timer } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { extendHold, type Hold, holdQuery } from "@/api/holds";
import { classes } from "@/lib/classes";
import { countdown } from "@/lib/time";
import { Button } from "@/ui/button";
import { useProblemText } from "./problem-notice";
import { useCountdown } from "./use-countdown";

/** When screen readers are told how much is left, in seconds. */
const ANNOUNCED_SECONDS = [300, 60, 30];
/** From here on it is urgent. */
const URGENT_MS = 60_000;

/** How long the places are still held, by the server's clock, and more time at one tap. `onExpired` is called once, when it is over. */
export function HoldTimer({ hold, onExpired }: { hold: Hold; onExpired: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const problemText = useProblemText();
  const left = useCountdown(hold.expiresAt);
  const announcement = useAnnouncement(left);
  const expired = useRef(onExpired);
  expired.current = onExpired;

  const extend = useMutation({
    mutationFn: () => extendHold(hold.showId),
    onSuccess: (extended) => queries.setQueryData(holdQuery(hold.showId).queryKey, extended),
  });

  const over = left === 0;
  useEffect(() => {
    if (over) expired.current();
  }, [over]);

  return (
    <div
      className={classes(
        "flex flex-wrap items-center gap-x-3 gap-y-2 rounded-2xl px-4 py-2 font-semibold",
        left <= URGENT_MS ? "bg-bad-soft text-bad" : "bg-raised",
      )}
    >
      <Timer aria-hidden className="size-5" />
      <span role="timer" className="mr-auto">
        {t("hold.left")} <span className="tabular-nums">{countdown(left)}</span>
      </span>
      <Button kind="secondary" size="small" busy={extend.isPending} disabled={over} onClick={() => extend.mutate()}>
        {t("hold.extend")}
      </Button>
      <span aria-live="assertive" className="sr-only">
        {announcement}
      </span>
      {extend.isError && (
        <p role="alert" className="basis-full text-sm text-bad">
          {problemText(extend.error)}
        </p>
      )}
    </div>
  );
}

/** The sentence for the newest of the announced moments that has passed while this was watched. */
function useAnnouncement(left: number): string {
  const { t } = useTranslation();
  const before = useRef(left);
  const [text, setText] = useState("");
  useEffect(() => {
    const passed = ANNOUNCED_SECONDS.find((seconds) => before.current > seconds * 1000 && left <= seconds * 1000);
    before.current = left;
    if (passed !== undefined && left > 0) setText(t("hold.announce", { left: countdown(passed * 1000) }));
  }, [left, t]);
  return text;
}
