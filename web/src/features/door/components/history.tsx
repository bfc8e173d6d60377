import { useTranslation } from "react-i18next";
import { Card } from "@/ui/card";
import type { Shown } from "../use-scanning";
import { VerdictIcon } from "./verdict";

/** Counts of this session and the last few scans, for "what did it say just now?". */
export function History({
  history,
  admitted,
  refused,
  seatName,
}: {
  history: Shown[];
  admitted: number;
  refused: number;
  seatName: (seat: string) => string;
}) {
  const { t } = useTranslation("door");
  return (
    <Card>
      <h2 className="text-xl font-bold">{t("count.label")}</h2>
      <dl className="mt-3 grid grid-cols-2 gap-3 text-center">
        <div className="rounded-2xl bg-good-soft p-3 text-good">
          <dt className="text-sm font-semibold">{t("count.admitted")}</dt>
          <dd className="text-3xl font-extrabold tabular-nums" data-testid="admitted">
            {admitted}
          </dd>
        </div>
        <div className="rounded-2xl bg-bad-soft p-3 text-bad">
          <dt className="text-sm font-semibold">{t("count.refused")}</dt>
          <dd className="text-3xl font-extrabold tabular-nums" data-testid="refused">
            {refused}
          </dd>
        </div>
      </dl>
      <h3 className="mt-5 text-sm font-semibold">{t("history.title")}</h3>
      {history.length === 0 ? (
        <p className="text-muted">{t("history.empty")}</p>
      ) : (
        <ul className="mt-1.5 flex flex-col gap-2">
          {history.map(({ number, outcome, seat }) => (
            <li key={number} className="flex items-center gap-3">
              <VerdictIcon outcome={outcome} className="size-5 shrink-0" />
              <span className="font-semibold">{t(`verdict.${outcome}`)}</span>
              {seat && <span className="min-w-0 truncate text-muted">{seatName(seat)}</span>}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
