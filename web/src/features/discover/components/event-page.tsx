import { useQuery } from "@tanstack/react-query";
import { Share2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { eventQuery } from "@/api/events";
import type { Schema } from "@/lib/api";
import { serverNow } from "@/lib/clock";
import { dayAndTime } from "@/lib/time";
import { Poster } from "@/parts/poster";
import { ProblemNotice } from "@/parts/problem-notice";

import { Badge } from "@/ui/badge";
import { Button, ButtonLink } from "@/ui/button";
import { Notice } from "@/ui/notice";
import { Page, useTitle } from "@/ui/page";
import { Skeleton } from "@/ui/skeleton";
import { toast } from "@/ui/toast";
import { saleState } from "../model";
import { BuyBar } from "./buy-bar";
import { RefundRules } from "./refund-rules";
import { ShowPicker } from "./show-picker";
import { VenueCard } from "./venue-card";

/** One event: what it is, when and where, and the way to its seats. */
export function EventPage() {
  const { t } = useTranslation("discover");
  const { eventId = "" } = useParams();
  const event = useQuery(eventQuery(eventId));
  if (event.isPending) return <Loading />;
  if (event.isError) {
    return (
      <Page title={t("event.missing")} narrow>
        <ProblemNotice error={event.error} onRetry={() => void event.refetch()} />
        <ButtonLink to="/events" kind="secondary" className="mt-6">
          {t("home.all")}
        </ButtonLink>
      </Page>
    );
  }
  return <Loaded event={event.data} />;
}

function Loaded({ event }: { event: Schema["EventView"] }) {
  const { t } = useTranslation(["discover", "common"]);
  useTitle(event.title);
  const now = serverNow();
  const shows = [...event.shows].sort((a, b) => Date.parse(a.startsAt) - Date.parse(b.startsAt));
  const sellable = shows.filter((show) => ["on-sale", "opens"].includes(saleState(show, now).state));
  const venues = [...new Map(shows.map((show) => [show.venueId, show])).values()];
  const terms = (sellable[0] ?? shows[0])?.refundTerms;

  return (
    <div className="mx-auto max-w-6xl px-4 py-6 pb-28 sm:px-6 sm:py-8 md:pb-8">
      <div className="grid gap-8 lg:grid-cols-[1.25fr_1fr]">
        <div className="min-w-0">
          <Poster image={event.images[0]} first className="rounded-3xl shadow-high" />
        </div>
        <header className="flex min-w-0 flex-col gap-3">
          <div className="flex flex-wrap items-center gap-2">
            <Badge>{t(`common:category.${event.category}`)}</Badge>
            {event.language && <Badge>{event.language}</Badge>}
            {event.tags.map((tag) => (
              <span key={tag} className="text-sm text-muted">
                #{tag}
              </span>
            ))}
          </div>
          <h1 tabIndex={-1} className="text-3xl font-extrabold outline-none sm:text-5xl">
            {event.title}
          </h1>
          <p className="text-lg text-muted">
            {shows[0] && dayAndTime(shows[0].startsAt, shows[0].timeZone)}
            {shows.length > 1 && ` ${t("discover:card.more", { count: shows.length - 1 })}`}
            {venues[0] && ` · ${venues[0].venueName}, ${venues[0].city}`}
          </p>
          <p className="max-w-prose whitespace-pre-line">{event.description}</p>
          <ShareButton title={event.title} />
        </header>
      </div>

      {event.status === "CANCELLED" && (
        <Notice tone="bad" title={t("discover:event.cancelled")} className="mt-6">
          {t("discover:event.cancelledHelp")}
        </Notice>
      )}
      {event.status !== "CANCELLED" && sellable.length === 0 && (
        <Notice title={t("discover:event.over")} className="mt-6">
          {t("discover:event.overHelp")}
        </Notice>
      )}

      <div className="mt-8 grid items-start gap-8 lg:grid-cols-[1.25fr_1fr]">
        <section aria-labelledby="dates" className="min-w-0">
          <h2 id="dates" className="mb-4 text-2xl font-bold">
            {t("discover:event.dates")}
          </h2>
          <ShowPicker shows={shows} />
        </section>
        <aside className="flex min-w-0 flex-col gap-4">
          {venues.map((show) => (
            <VenueCard key={show.venueId} show={show} />
          ))}
          {terms && (
            <section className="rounded-3xl border border-line bg-surface p-5">
              <h2 className="mb-2 text-xl font-bold">{t("discover:event.refunds")}</h2>
              <RefundRules terms={terms} />
            </section>
          )}
        </aside>
      </div>
      {sellable[0] && <BuyBar show={sellable[0]} />}
    </div>
  );
}

function ShareButton({ title }: { title: string }) {
  const { t } = useTranslation("discover");
  async function share() {
    try {
      if (navigator.share) await navigator.share({ title, url: location.href });
      else {
        await navigator.clipboard.writeText(location.href);
        toast(t("event.linkCopied"));
      }
    } catch {
      // Whoever closes the sheet did not want to.
    }
  }
  return (
    <Button kind="secondary" className="self-start" onClick={() => void share()}>
      <Share2 aria-hidden />
      {t("event.share")}
    </Button>
  );
}

function Loading() {
  return (
    <div className="mx-auto grid max-w-6xl gap-8 px-4 py-6 sm:px-6 sm:py-8 lg:grid-cols-[1.25fr_1fr]">
      <Skeleton className="aspect-video rounded-3xl" />
      <div className="flex flex-col gap-4">
        <Skeleton className="h-6 w-32" />
        <Skeleton className="h-12 w-full" />
        <Skeleton className="h-6 w-3/4" />
        <Skeleton className="h-32 w-full" />
      </div>
      <Skeleton className="h-80 rounded-3xl" />
    </div>
  );
}
