import {
  Ban,
  CalendarX2,
  Check,
  CircleQuestionMark,
  type LucideIcon,
  Snowflake,
  UserRoundX,
  WifiOff,
} from "lucide-react";
import { useTranslation } from "react-i18next";
import { classes } from "@/lib/classes";
import { clockTime } from "@/lib/time";
import { useSeatName } from "@/parts/seat-name";
import type { Verdict as Judged, Outcome } from "../model";
import { type Signal, signalOf } from "../signals";

const ICONS: Record<Outcome, LucideIcon> = {
  ADMITTED: Check,
  ALREADY_ADMITTED: UserRoundX,
  WRONG_SHOW: CalendarX2,
  REVOKED: Ban,
  FROZEN: Snowflake,
  UNKNOWN: CircleQuestionMark,
  UNDECIDED: WifiOff,
};

const COLOURS: Record<Signal, string> = {
  yes: "bg-good text-paper",
  ask: "bg-marigold text-on-marigold",
  no: "bg-bad text-paper",
};

export function VerdictIcon({ outcome, className }: { outcome: Outcome; className?: string }) {
  const Icon = ICONS[outcome];
  return <Icon aria-hidden className={className} />;
}

/** The whole screen says it: colour, icon and words, from two steps away. A tap, or a moment, and the next one may come; a finger on it keeps it. */
export function VerdictScreen({
  verdict,
  timeZone,
  onNext,
  onHold,
}: {
  verdict: Judged;
  timeZone: string;
  onNext: () => void;
  onHold: () => void;
}) {
  const { t } = useTranslation("door");
  const seatName = useSeatName();
  const help = useVerdictHelp(timeZone);
  const { outcome, by, seat } = verdict;
  const isOfflineYes = outcome === "ADMITTED" && by === "device";
  return (
    <button
      type="button"
      data-testid="verdict"
      data-outcome={outcome}
      data-by={by}
      onPointerDown={onHold}
      onClick={onNext}
      className={classes(
        "fixed inset-0 z-50 flex w-full flex-col items-center justify-center gap-4 p-6 text-center",
        COLOURS[signalOf(outcome)],
        isOfflineYes && "border-[1.25rem] border-marigold",
      )}
    >
      <VerdictIcon outcome={outcome} className="size-32 stroke-[2.5] sm:size-44" />
      <span className="font-display text-5xl font-extrabold sm:text-7xl">{t(`verdict.${outcome}`)}</span>
      {seat && <span className="text-2xl font-bold sm:text-4xl">{seatName(seat)}</span>}
      <span className="max-w-prose text-lg font-medium sm:text-2xl">{help(verdict)}</span>
      {isOfflineYes && (
        <span className="flex items-center gap-2 rounded-full bg-marigold px-4 py-1 text-lg font-bold text-on-marigold">
          <WifiOff aria-hidden className="size-5" />
          {t("offlineMark")}
        </span>
      )}
      <span className="mt-4 text-lg font-semibold underline underline-offset-4">{t("next")}</span>
    </button>
  );
}

/** What a verdict means and what to do about it, in a sentence. */
export function useVerdictHelp(timeZone: string): (verdict: Judged) => string {
  const { t } = useTranslation("door");
  return ({ outcome, by, why, admittedAt, gate }) => {
    switch (outcome) {
      case "ADMITTED":
        return by === "device" ? t("help.ADMITTED_OFFLINE") : t("help.ADMITTED");
      case "ALREADY_ADMITTED": {
        if (!admittedAt) return t("help.ALREADY_ADMITTED");
        const time = clockTime(admittedAt, timeZone);
        return gate ? t("help.ALREADY_ADMITTED_AT_GATE", { time, gate }) : t("help.ALREADY_ADMITTED_AT", { time });
      }
      case "WRONG_SHOW":
        return why === "hours" ? t("help.WRONG_HOURS") : t("help.WRONG_SHOW");
      case "UNDECIDED":
        if (why === "no-list") return t("help.UNDECIDED_NO_LIST");
        return why === "no-verifier" ? t("help.UNDECIDED_NO_VERIFIER") : t("help.UNDECIDED_UNKNOWN_KEY");
      case "REVOKED":
      case "FROZEN":
      case "UNKNOWN":
        return t(`help.${outcome}`);
    }
  };
}

/** The same for those who hear it. Always there, so that a change is noticed. */
export function VerdictAnnouncement({ verdict, timeZone }: { verdict: Judged | undefined; timeZone: string }) {
  const { t } = useTranslation("door");
  const seatName = useSeatName();
  const help = useVerdictHelp(timeZone);
  return (
    <p aria-live="assertive" className="sr-only">
      {verdict &&
        t("announce", {
          verdict: t(`verdict.${verdict.outcome}`),
          seat: verdict.seat ? `${seatName(verdict.seat)}.` : "",
          help: help(verdict),
        })}
    </p>
  );
}
