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
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { classes } from "@/lib/classes";
import { clockTime } from "@/lib/time";
import type { Verdict as Judged, Outcome } from "../model";
import { type Signal, signalOf } from "../signals";
import type { Shown } from "../use-scanning";

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

/**
 * The whole screen says it: colour, icon and words, from two steps away. It has the focus, and nothing beneath can be pressed meanwhile. A
 * tap, Enter, Escape, or a moment, and the next one may come; a finger on it keeps it.
 */
export function VerdictScreen({
  verdict,
  timeZone,
  seatName,
  onNext,
  onHold,
  onLetGo,
}: {
  verdict: Shown | undefined;
  timeZone: string;
  seatName: (seat: string) => string;
  onNext: () => void;
  onHold: () => void;
  onLetGo: () => void;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const number = verdict?.number;

  // Opened anew for each verdict, so that whoever listens hears each of them. Closing gives the focus back.
  useEffect(() => {
    const element = dialog.current;
    if (number === undefined || !element) return;
    element.showModal();
    return () => element.close();
  }, [number]);

  return (
    <dialog
      ref={dialog}
      role="alertdialog"
      aria-labelledby="verdict"
      aria-describedby="verdict-help"
      // Escape. Of a verdict that is gone, or was replaced, nobody hears the end.
      onClose={() => verdict && !dialog.current?.open && onNext()}
      className="m-0 size-full max-h-none max-w-none bg-transparent p-0"
    >
      {verdict && (
        // biome-ignore lint/a11y/useKeyWithClickEvents: keys press the button within, whose click comes up to here
        // biome-ignore lint/a11y/noStaticElementInteractions: for fingers and mice the whole screen is that button
        <div
          data-testid="verdict"
          data-outcome={verdict.outcome}
          data-by={verdict.by}
          onPointerDown={onHold}
          onPointerUp={onLetGo}
          onPointerCancel={onLetGo}
          onClick={onNext}
          className="size-full"
        >
          <VerdictWords verdict={verdict} timeZone={timeZone} seatName={seatName} />
        </div>
      )}
    </dialog>
  );
}

function VerdictWords({
  verdict,
  timeZone,
  seatName,
}: {
  verdict: Judged;
  timeZone: string;
  seatName: (seat: string) => string;
}) {
  const { t } = useTranslation("door");
  const help = useVerdictHelp(timeZone);
  const { outcome, by, seat } = verdict;
  const isOfflineYes = outcome === "ADMITTED" && by === "device";
  return (
    <div
      className={classes(
        "flex min-h-full w-full touch-none select-none flex-col items-center justify-center gap-4 p-6 text-center",
        COLOURS[signalOf(outcome)],
        isOfflineYes && "border-[1.25rem] border-marigold",
      )}
    >
      <VerdictIcon outcome={outcome} className="size-32 stroke-[2.5] sm:size-44" />
      <p id="verdict" className="font-display text-5xl font-extrabold sm:text-7xl">
        {t(`verdict.${outcome}`)}
      </p>
      <div id="verdict-help" className="flex flex-col items-center gap-4">
        {seat && <p className="text-2xl font-bold sm:text-4xl">{seatName(seat)}</p>}
        <p className="max-w-prose text-lg font-medium sm:text-2xl">{help(verdict)}</p>
        {isOfflineYes && (
          <p className="flex items-center gap-2 rounded-full bg-marigold px-4 py-1 text-lg font-bold text-on-marigold">
            <WifiOff aria-hidden className="size-5" />
            {t("offlineMark")}
          </p>
        )}
      </div>
      <button type="button" className="mt-4 min-h-11 px-4 text-lg font-semibold underline underline-offset-4">
        {t("next")}
      </button>
    </div>
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
