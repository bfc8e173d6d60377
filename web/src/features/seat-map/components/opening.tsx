import { useQueryClient } from "@tanstack/react-query";
import { Clock } from "lucide-react";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { showQuery } from "@/api/shows";
import { countdown, dayAndTime } from "@/lib/time";
import { useCountdown } from "@/parts/use-countdown";
import { useRoom } from "../room";

const DAY_MS = 24 * 60 * 60 * 1000;

/** Counts down to the opening of sales, by the server's clock, and opens the page by itself. */
export function Opening({ at, short = false }: { at: string; short?: boolean }) {
  const { t } = useTranslation("seat-map");
  const queries = useQueryClient();
  const { show } = useRoom();
  const left = useCountdown(at);
  const open = left === 0;
  useEffect(() => {
    if (open) void queries.invalidateQueries({ queryKey: showQuery(show.showId).queryKey });
  }, [open, queries, show.showId]);
  const moment = dayAndTime(at, show.timeZone);
  const soon = left <= DAY_MS;
  if (short)
    return (
      <p className="font-semibold tabular-nums">
        {soon ? t("sales.opensIn", { time: countdown(left) }) : t("sales.opensOn", { at: moment })}
      </p>
    );
  return (
    <div className="flex items-center gap-4 rounded-3xl bg-marigold p-5 text-on-marigold">
      <Clock aria-hidden className="size-8 shrink-0" />
      <div>
        <p className="text-lg font-bold">{t("sales.upcoming", { at: moment })}</p>
        {soon && (
          <p role="timer" className="font-display text-3xl font-extrabold tabular-nums">
            {countdown(left)}
          </p>
        )}
        <p>{t("sales.upcomingText")}</p>
      </div>
    </div>
  );
}
