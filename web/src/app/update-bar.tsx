import { RotateCw } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "react-router";
import { Button } from "@/ui/button";

/** How often a page that stays open asks for a newer version. */
const ASK_EVERY_MS = 3_600_000;
/** What the page itself needs comes first. */
const SETTLED_MS = 3_000;
/** Where nobody who has just come can have begun anything: no payment, no form, no code that was sent by mail. */
const NOTHING_BEGUN = /^\/(events(\/[^/]+)?|bookings|tickets|organizer|admin|door)?$/;

/** Registers the service worker once the page has settled, and says quietly when there is a newer version. */
export function UpdateBar({ reload = () => location.reload() }: { reload?: () => void }) {
  const { t } = useTranslation();
  const [accept, setAccept] = useState<() => void>();
  const tookOver = useNewVersion((take) => setAccept(() => take), reload);

  return (
    <div role="status">
      {accept && (
        <p className="flex items-center justify-center gap-3 bg-calm-soft px-4 py-1 text-sm font-semibold text-calm">
          {t("update.ready")}
          <Button kind="quiet" size="small" className="text-calm" onClick={tookOver ? reload : accept}>
            <RotateCw aria-hidden />
            {t("update.reload")}
          </Button>
        </p>
      )}
    </div>
  );
}

/**
 * The tab in which somebody accepts the new version reloads. Every other one is served by it from then on and reloads when its visitor goes
 * somewhere where nothing has begun: they may be paying.
 *
 * @returns whether the new version was accepted in another tab
 */
function useNewVersion(offer: (accept: () => void) => void, reload: () => void): boolean {
  const [tookOver, setTookOver] = useState(false);
  const accepted = useRef(false);
  const { pathname } = useLocation();
  const seenAt = useRef(pathname);
  const latest = useRef({ offer, reload });
  latest.current = { offer, reload };

  useEffect(() => {
    let timer: ReturnType<typeof setInterval> | undefined;
    const begin = async () => {
      const { registerSW } = await import("virtual:pwa-register");
      const update = registerSW({
        immediate: true,
        onNeedRefresh: () =>
          latest.current.offer(() => {
            accepted.current = true;
            void update();
          }),
        onNeedReload: () => (accepted.current ? latest.current.reload() : setTookOver(true)),
        onRegisteredSW: (_, registration) => {
          timer = setInterval(() => void registration?.update().catch(() => {}), ASK_EVERY_MS);
        },
      });
    };
    // Whoever lost the network by then has the worker from before, or gets it with the next visit.
    const settled = setTimeout(() => void begin().catch(() => {}), SETTLED_MS);
    return () => {
      clearTimeout(settled);
      clearInterval(timer);
    };
  }, []);

  useEffect(() => {
    const moved = seenAt.current !== pathname;
    seenAt.current = pathname;
    if (moved && tookOver && NOTHING_BEGUN.test(pathname)) latest.current.reload();
  }, [pathname, tookOver]);

  return tookOver;
}
