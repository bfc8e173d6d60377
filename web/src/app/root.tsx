import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { Outlet, ScrollRestoration, useNavigation } from "react-router";
import { Toasts } from "@/ui/toast";
import { Footer } from "./footer";
import { Header } from "./header";
import { OfflineBar } from "./offline-bar";
import { useLeaveWhenSignedOut } from "./use-leave-when-signed-out";
import { useRouteFocus } from "./use-route-focus";

const UpdateBar = lazy(() => import("./update-bar").then(({ UpdateBar: Component }) => ({ default: Component })));

/** What is around every page. */
export function Root() {
  const { t } = useTranslation();
  const navigating = useNavigation().state !== "idle";
  useRouteFocus();
  useLeaveWhenSignedOut();
  return (
    <div className="flex min-h-dvh flex-col">
      <a
        href="#content"
        className="sr-only z-50 rounded-xl bg-velvet px-4 py-3 font-semibold text-on-velvet focus:not-sr-only focus:absolute focus:top-2 focus:left-2"
      >
        {t("skipToContent")}
      </a>
      <Header />
      <OfflineBar />
      <Suspense fallback={null}>
        <UpdateBar />
      </Suspense>
      {navigating && <div aria-hidden className="fixed inset-x-0 top-0 z-50 h-1 animate-pulse bg-marigold" />}
      {/* As high as the screen, so that the footer does not jump when a page comes. */}
      <main id="content" tabIndex={-1} className="min-h-dvh flex-1 outline-none">
        <Suspense fallback={null}>
          <Outlet />
        </Suspense>
      </main>
      <Footer />
      <Toasts />
      <ScrollRestoration />
    </div>
  );
}
