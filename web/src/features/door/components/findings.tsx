import { useTranslation } from "react-i18next";
import { clockTime } from "@/lib/time";
import { useSeatName } from "@/parts/seat-name";
import { Button } from "@/ui/button";
import { Notice } from "@/ui/notice";
import type { Finding } from "../store";

/** Whom this device let in and should not have: stays until somebody has looked at it. */
export function Findings({
  findings,
  timeZone,
  onSeen,
}: {
  findings: Finding[];
  timeZone: string;
  onSeen: (nonce: string) => void;
}) {
  const { t } = useTranslation("door");
  const seatName = useSeatName();
  const text = useFindingText(timeZone);
  if (findings.length === 0) return null;
  return (
    <Notice tone="bad" title={t("findings.title", { count: findings.length })} className="mb-6">
      <p>{t("findings.text")}</p>
      <ul className="mt-3 flex flex-col gap-3">
        {findings.map((finding) => (
          <li key={finding.nonce} className="flex flex-wrap items-center gap-3 rounded-xl bg-surface p-3">
            <div className="min-w-0 flex-1 basis-56">
              <p className="text-lg font-bold">{seatName(finding.seat)}</p>
              <p>{text(finding)}</p>
            </div>
            <Button kind="secondary" onClick={() => onSeen(finding.nonce)}>
              {t("findings.seen")}
            </Button>
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function useFindingText(timeZone: string): (finding: Finding) => string {
  const { t } = useTranslation("door");
  return ({ outcome, scannedAt, admittedAt, firstGate }) => {
    const here = clockTime(scannedAt, timeZone);
    if (outcome !== "ALREADY_ADMITTED" || !admittedAt)
      return t("findings.other", { here, outcome: t(`verdict.${outcome}`) });
    const time = clockTime(admittedAt, timeZone);
    return firstGate
      ? t("findings.duplicateAtGate", { here, time, gate: firstGate })
      : t("findings.duplicate", { here, time });
  };
}
