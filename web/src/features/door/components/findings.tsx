import { useTranslation } from "react-i18next";
import { clockTime, ownZone } from "@/lib/time";
import { Button } from "@/ui/button";
import { Notice } from "@/ui/notice";
import type { DoorShow } from "../api/door";
import type { Finding } from "../store";

/** Whom this device let in and should not have: stays until somebody has looked at it. */
export function Findings({
  findings,
  shows,
  here,
  seatName,
  onSeen,
}: {
  findings: Finding[];
  shows: DoorShow[];
  /** The show whose door is worked; of any other one the name is said. */
  here?: string;
  seatName: (seat: string) => string;
  onSeen: (nonce: string) => void;
}) {
  const { t } = useTranslation("door");
  const text = useFindingText();
  if (findings.length === 0) return null;
  return (
    <Notice tone="bad" title={t("findings.title", { count: findings.length })} className="mb-6">
      <p>{t("findings.text")}</p>
      <ul className="mt-3 flex flex-col gap-3">
        {findings.map((finding) => {
          const show = shows.find(({ showId }) => showId === finding.showId);
          return (
            <li key={finding.nonce} className="flex flex-wrap items-center gap-3 rounded-xl bg-surface p-3">
              <div className="min-w-0 flex-1 basis-56">
                <p className="text-lg font-bold">{seatName(finding.seat)}</p>
                {show && show.showId !== here && <p className="font-semibold">{show.title}</p>}
                <p>{text(finding, show?.timeZone ?? ownZone())}</p>
              </div>
              <Button kind="secondary" onClick={() => onSeen(finding.nonce)}>
                {t("findings.seen")}
              </Button>
            </li>
          );
        })}
      </ul>
    </Notice>
  );
}

function useFindingText(): (finding: Finding, timeZone: string) => string {
  const { t } = useTranslation("door");
  return ({ outcome, scannedAt, admittedAt, firstGate }, timeZone) => {
    const here = clockTime(scannedAt, timeZone);
    if (outcome !== "ALREADY_ADMITTED" || !admittedAt)
      return t("findings.other", { here, outcome: t(`verdict.${outcome}`) });
    const time = clockTime(admittedAt, timeZone);
    return firstGate
      ? t("findings.duplicateAtGate", { here, time, gate: firstGate })
      : t("findings.duplicate", { here, time });
  };
}
