import { ListChecks, Send, Wifi, WifiOff } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { serverNow } from "@/lib/clock";
import { Badge } from "@/ui/badge";
import { ago } from "../ago";
import type { DoorState } from "../use-door";

/** The list is read every few seconds; older than this, something is in the way. */
const LIST_OLD_MS = 5 * 60_000;
const TICK_MS = 10_000;

/** With or without a network, what waits to be sent, and how old the door list is. */
export function StateBadges({ door }: { door: DoorState }) {
  const { t } = useTranslation("door");
  const now = useNow();
  const age = door.asOf === undefined ? undefined : Math.max(0, now - Date.parse(door.asOf));
  return (
    <ul aria-label={t("state.label")} className="flex flex-wrap gap-2">
      <li>
        <Badge tone={door.online ? "good" : "warn"}>
          {door.online ? <Wifi aria-hidden /> : <WifiOff aria-hidden />}
          {door.online ? t("state.online") : t("state.offline")}
        </Badge>
      </li>
      <li>
        <Badge tone={door.pending > 0 ? "warn" : "plain"}>
          <Send aria-hidden />
          {t("state.queue", { count: door.pending })}
        </Badge>
      </li>
      <li>
        <Badge tone={age === undefined || age > LIST_OLD_MS ? "warn" : "plain"}>
          <ListChecks aria-hidden />
          {age === undefined ? t("state.noList") : t("state.list", { ago: ago(age) })}
        </Badge>
      </li>
    </ul>
  );
}

function useNow(): number {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}
