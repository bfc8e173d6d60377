import { CalendarDays, MapPin } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Schema } from "@/lib/api";
import { classes } from "@/lib/classes";
import { money } from "@/lib/money";
import { dayAndTime } from "@/lib/time";
import { Poster } from "@/parts/poster";
import { Badge } from "@/ui/badge";
import { Skeleton } from "@/ui/skeleton";

/** An event in a list: a ticket whose stub is the price, with everything that must be paid in it. */
export function EventCard({
  event,
  heading: Heading,
  first = false,
}: {
  event: Schema["ListedEventView"];
  heading: "h2" | "h3";
  first?: boolean;
}) {
  const { t } = useTranslation(["discover", "common"]);
  const cancelled = event.status === "CANCELLED";
  const more = event.shows > 1 ? t("discover:card.more", { count: event.shows - 1 }) : "";
  return (
    <article className="group relative flex h-full flex-col overflow-hidden rounded-3xl border border-line bg-surface shadow-soft transition-shadow hover:shadow-high">
      <Poster
        image={event.image}
        first={first}
        className={classes("transition-transform duration-500 group-hover:scale-[1.03]", cancelled && "grayscale")}
      />
      <div className="relative flex flex-1 flex-col gap-2 bg-surface p-5">
        <div className="flex flex-wrap items-center gap-2">
          <Badge tone="plain">{t(`common:category.${event.category}`)}</Badge>
          {event.language && <span className="text-sm text-muted">{event.language}</span>}
          {cancelled && <Badge tone="bad">{t("discover:cancelled")}</Badge>}
        </div>
        <Heading className="text-xl font-bold">
          <Link to={`/events/${event.eventId}`} className="outline-none after:absolute after:inset-0">
            {event.title}
          </Link>
        </Heading>
        <p className="flex items-start gap-2 text-muted">
          <CalendarDays aria-hidden className="mt-0.5 size-5 shrink-0" />
          <span>
            <time dateTime={event.nextShowAt}>{dayAndTime(event.nextShowAt, event.timeZone)}</time> {more}
          </span>
        </p>
        <p className="flex items-start gap-2 text-muted">
          <MapPin aria-hidden className="mt-0.5 size-5 shrink-0" />
          <span>{event.venues.length > 1 ? event.cities.join(", ") : `${event.venues[0]}, ${event.cities[0]}`}</span>
        </p>
        <p className="mt-auto border-t-2 border-dashed border-line pt-3">
          {t("discover:card.from")} <strong className="text-lg">{money(event.minTotal)}</strong>{" "}
          <span className="text-sm text-muted">{t("discover:card.allIn")}</span>
        </p>
      </div>
      <span className="pointer-events-none absolute inset-0 rounded-3xl group-focus-within:outline-3 group-focus-within:-outline-offset-3 group-focus-within:outline-calm" />
    </article>
  );
}

/** The card's place while it loads. */
export function EventCardSkeleton() {
  return (
    <div className="overflow-hidden rounded-3xl border border-line bg-surface">
      <Skeleton className="aspect-video rounded-none" />
      <div className="flex flex-col gap-3 p-5">
        <Skeleton className="h-6 w-24" />
        <Skeleton className="h-7 w-4/5" />
        <Skeleton className="h-5 w-3/5" />
        <Skeleton className="h-5 w-2/3" />
        <Skeleton className="mt-2 h-8 w-1/2" />
      </div>
    </div>
  );
}

/** Cards beside and below each other. */
export function EventGrid({
  events,
  heading,
  loading = 0,
}: {
  events: readonly Schema["ListedEventView"][];
  heading: "h2" | "h3";
  loading?: number;
}) {
  return (
    <ul className="grid gap-5 sm:grid-cols-2 lg:grid-cols-3">
      {events.map((event, index) => (
        <li key={event.eventId}>
          <EventCard event={event} heading={heading} first={index === 0} />
        </li>
      ))}
      {Array.from({ length: loading }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: places that are all alike
        <li key={index}>
          <EventCardSkeleton />
        </li>
      ))}
    </ul>
  );
}
