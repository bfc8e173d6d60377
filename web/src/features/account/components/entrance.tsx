import { MapPinned, Smartphone, Timer } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Navigate, useSearchParams } from "react-router";
import { useSession } from "@/lib/session";
import { Page } from "@/ui/page";
import { Skeleton } from "@/ui/skeleton";
import { ownPath } from "../model";

/** Where people go on to. */
export function useNext(): string {
  return ownPath(useSearchParams()[0].get("next"));
}

/** What the pages before the door have in common. Whoever is signed in, by whatever way, goes on to where they were going. */
export function Entrance({
  title,
  lead,
  forMembers = false,
  children,
}: {
  title: string;
  lead?: ReactNode;
  /** Whether those who are signed in have something to do here too. */
  forMembers?: boolean;
  children: ReactNode;
}) {
  const { state } = useSession();
  const next = useNext();
  if (state === "signed-in" && !forMembers) return <Navigate to={next} replace />;
  return (
    <Page title={title} heading={null}>
      <div className="mx-auto grid max-w-4xl overflow-hidden rounded-3xl border border-line bg-surface shadow-high lg:grid-cols-[1fr_27rem]">
        <Welcome />
        <div className="flex flex-col gap-6 p-5 sm:p-8">
          {state === "unknown" ? (
            <Skeleton className="h-96" />
          ) : (
            <>
              <div>
                <h1 tabIndex={-1} className="text-3xl font-extrabold outline-none">
                  {title}
                </h1>
                {lead && <div className="mt-2 text-muted">{lead}</div>}
              </div>
              {children}
            </>
          )}
        </div>
      </div>
    </Page>
  );
}

/** Why one would want an account. The same in light and dark: it is the curtain. */
function Welcome() {
  const { t } = useTranslation("account");
  const reasons = [
    { Icon: MapPinned, text: t("welcome.seats") },
    { Icon: Timer, text: t("welcome.timer") },
    { Icon: Smartphone, text: t("welcome.phone") },
  ];
  return (
    <aside
      aria-label={t("welcome.title")}
      className="flex flex-col justify-between gap-10 bg-[#7d0b2e] p-5 text-white max-lg:hidden lg:p-9"
    >
      <div>
        <p className="font-display text-4xl leading-tight font-extrabold text-balance">{t("welcome.title")}</p>
        <p className="mt-3 text-lg text-white/90">{t("welcome.text")}</p>
      </div>
      <ul className="flex flex-col gap-4">
        {reasons.map(({ Icon, text }) => (
          <li key={text} className="flex items-center gap-3">
            <Icon aria-hidden className="size-6 shrink-0 text-marigold" />
            {text}
          </li>
        ))}
      </ul>
      <div aria-hidden className="footlights h-2" />
    </aside>
  );
}
