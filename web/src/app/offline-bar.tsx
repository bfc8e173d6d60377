import { WifiOff } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useOnline } from "@/lib/online";

/** Says that there is no network, as long as there is none. */
export function OfflineBar() {
  const { t } = useTranslation();
  const online = useOnline();
  return (
    <div role="status">
      {!online && (
        <p className="flex items-center justify-center gap-2 bg-warn-soft px-4 py-2 text-sm font-semibold text-warn">
          <WifiOff aria-hidden className="size-4" />
          {t("offline")}
        </p>
      )}
    </div>
  );
}
