import { RotateCw } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/ui/button";

/** How often a page that stays open asks for a newer version. */
const ASK_EVERY_MS = 3_600_000;

/** Registers the service worker once the page has settled, and says quietly when there is a newer version. */
export function UpdateBar() {
  const { t } = useTranslation();
  const [reload, setReload] = useState<() => void>();

  useEffect(() => {
    let timer: ReturnType<typeof setInterval> | undefined;
    const begin = async () => {
      const { registerSW } = await import("virtual:pwa-register");
      const update = registerSW({
        immediate: true,
        onNeedRefresh: () => setReload(() => () => void update(true)),
        onRegisteredSW: (_, registration) => {
          timer = setInterval(() => void registration?.update().catch(() => {}), ASK_EVERY_MS);
        },
      });
    };
    // What the page itself needs comes first.
    // Whoever lost the network by then has the worker from before, or gets it with the next visit.
    const settled = setTimeout(() => void begin().catch(() => {}), 3_000);
    return () => {
      clearTimeout(settled);
      clearInterval(timer);
    };
  }, []);

  return (
    <div role="status">
      {reload && (
        <p className="flex items-center justify-center gap-3 bg-calm-soft px-4 py-1 text-sm font-semibold text-calm">
          {t("update.ready")}
          <Button kind="quiet" size="small" className="text-calm" onClick={reload}>
            <RotateCw aria-hidden />
            {t("update.reload")}
          </Button>
        </p>
      )}
    </div>
  );
}
