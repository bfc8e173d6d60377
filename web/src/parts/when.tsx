import { useTranslation } from "react-i18next";
import { clockTime, dayAndTime, longDay, ownZone, zoneName, zonesDiffer } from "@/lib/time";

/** When a show begins, on the venue's clocks; on the viewer's too where they differ. */
export function When({ at, timeZone, long = false }: { at: string; timeZone: string; long?: boolean }) {
  const { t } = useTranslation();
  const own = ownZone();
  const here = long ? `${longDay(at, timeZone)}, ${clockTime(at, timeZone)}` : dayAndTime(at, timeZone);
  if (!zonesDiffer(at, timeZone, own)) return <time dateTime={at}>{here}</time>;
  return (
    <time dateTime={at}>
      {here} {zoneName(at, timeZone)}{" "}
      <span className="text-muted">({t("yourTime", { time: dayAndTime(at, own) })})</span>
    </time>
  );
}
