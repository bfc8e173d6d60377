import { List, Map as MapIcon, Radio, RefreshCw } from "lucide-react";
import { useTranslation } from "react-i18next";
import { classes } from "@/lib/classes";
import { Badge } from "@/ui/badge";
import type { View } from "../model/remembered";
import { useRoom } from "../room";
import { PartySize } from "./party-size";

const VIEWS = [
  { view: "list", Icon: List },
  { view: "map", Icon: MapIcon },
] as const;

/** List or map, how many come, and whether changes are heard at once. The list comes first: it is for everybody. */
export function Toolbar({ view, onView, live }: { view: View; onView: (view: View) => void; live: boolean }) {
  const { t } = useTranslation("seat-map");
  const { party } = useRoom();
  return (
    <div className="flex flex-wrap items-center gap-2 sm:gap-3">
      <fieldset aria-label={t("view.label")} className="flex rounded-xl border border-edge bg-surface p-0.5">
        {VIEWS.map(({ view: one, Icon }) => (
          <button
            key={one}
            type="button"
            aria-pressed={view === one}
            onClick={() => onView(one)}
            className={classes(
              "flex min-h-10 items-center gap-2 rounded-lg px-3 font-semibold [&_svg]:size-5",
              view === one ? "bg-velvet text-on-velvet" : "hover:bg-raised",
            )}
          >
            <Icon aria-hidden />
            {t(`view.${one}`)}
          </button>
        ))}
      </fieldset>
      {party && <PartySize />}
      <Badge tone={live ? "good" : "plain"} className="ml-auto">
        {live ? <Radio aria-hidden /> : <RefreshCw aria-hidden />}
        <span className="max-sm:sr-only">{live ? t("live.on") : t("live.off")}</span>
      </Badge>
    </div>
  );
}
