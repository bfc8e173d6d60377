import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { ArrowRight, Search } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { eventsQuery, FIRST_EVENTS } from "@/api/events";
import type { Schema } from "@/lib/api";
import { money } from "@/lib/money";
import { dayAndTime } from "@/lib/time";
import { Poster } from "@/parts/poster";
import { ProblemNotice } from "@/parts/problem-notice";
import { Button } from "@/ui/button";
import { SelectField } from "@/ui/field";
import { useTitle } from "@/ui/page";
import { Skeleton } from "@/ui/skeleton";
import { citiesQuery } from "../api/cities";
import { CATEGORIES, type Filters, namedDates, variety, writeFilters } from "../model";
import { EventGrid } from "./event-card";

const FEATURED = 7;

/** The first page: what is on, and the shortest way to it. */
export function HomePage() {
  const { t } = useTranslation(["discover", "common"]);
  useTitle("Frontrow");
  const events = useInfiniteQuery(eventsQuery(FIRST_EVENTS));
  const [featured, ...others] = variety(events.data?.pages.flatMap(({ items }) => items) ?? [], FEATURED);

  return (
    <div className="mx-auto max-w-6xl px-4 py-6 sm:px-6 sm:py-10">
      <section className="grid items-center gap-8 lg:grid-cols-[1fr_1.1fr]">
        <div>
          <h1 tabIndex={-1} className="text-4xl font-extrabold outline-none sm:text-5xl lg:text-6xl">
            {t("discover:home.title")}
          </h1>
          <p className="mt-4 max-w-prose text-lg text-muted">{t("discover:home.lead")}</p>
          <Finder />
        </div>
        {featured ? (
          <Featured event={featured} />
        ) : (
          events.isPending && <Skeleton className="aspect-video rounded-3xl" />
        )}
      </section>

      <nav aria-label={t("discover:home.categories")} className="mt-8">
        <ul className="flex flex-wrap gap-2">
          {CATEGORIES.map((category) => (
            <li key={category}>
              <Link
                to={`/events?${writeFilters({ category })}`}
                className="flex min-h-11 items-center rounded-full border border-edge bg-surface px-4 font-semibold hover:bg-raised"
              >
                {t(`common:category.${category}`)}
              </Link>
            </li>
          ))}
        </ul>
      </nav>

      <section className="mt-10" aria-labelledby="soon">
        <div className="mb-4 flex flex-wrap items-baseline justify-between gap-3">
          <h2 id="soon" className="text-2xl font-bold">
            {t("discover:home.soon")}
          </h2>
          <Link
            to="/events"
            className="flex min-h-11 items-center gap-2 font-semibold text-velvet underline-offset-4 hover:underline"
          >
            {t("discover:home.all")}
            <ArrowRight aria-hidden className="size-5" />
          </Link>
        </div>
        {events.isError && <ProblemNotice error={events.error} onRetry={() => void events.refetch()} />}
        {events.isSuccess && !featured && <p className="text-muted">{t("discover:home.nothing")}</p>}
        <EventGrid events={others} heading="h3" loading={events.isPending ? FEATURED - 1 : 0} />
      </section>
    </div>
  );
}

/** The one on the poster wall. */
function Featured({ event }: { event: Schema["ListedEventView"] }) {
  const { t } = useTranslation("discover");
  return (
    <Link to={`/events/${event.eventId}`} className="group relative block overflow-hidden rounded-3xl shadow-high">
      <Poster image={event.image} first className="transition-transform duration-700 group-hover:scale-[1.02]" />
      <div className="flex flex-wrap items-center justify-between gap-3 bg-velvet p-5 text-on-velvet">
        <span className="min-w-0">
          <span className="block font-display text-2xl font-extrabold">{event.title}</span>
          <span className="block">
            {dayAndTime(event.nextShowAt, event.timeZone)} · {event.venues[0]}, {event.cities[0]}
          </span>
        </span>
        <span className="rounded-full bg-marigold px-4 py-2 font-bold text-on-marigold">
          {t("card.from")} {money(event.minTotal)}
        </span>
      </div>
    </Link>
  );
}

/** Where and when: the two questions that find most evenings. */
function Finder() {
  const { t } = useTranslation("discover");
  const navigate = useNavigate();
  const cities = useQuery(citiesQuery());
  const [city, setCity] = useState("");
  const [when, setWhen] = useState("");

  function search(event: FormEvent) {
    event.preventDefault();
    const dates = namedDates().find(({ name }) => name === when);
    const filters: Filters = { ...(city && { city }), ...(dates && { from: dates.from, to: dates.to }) };
    void navigate(`/events?${writeFilters(filters)}`);
  }

  return (
    <form
      onSubmit={search}
      className="mt-6 grid gap-3 rounded-3xl border border-line bg-surface p-4 shadow-soft sm:grid-cols-[1fr_1fr_auto] sm:items-end"
    >
      <SelectField label={t("filter.city")} value={city} onChange={(event) => setCity(event.target.value)}>
        <option value="">{t("filter.anyCity")}</option>
        {cities.data?.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </SelectField>
      <SelectField label={t("filter.dates")} value={when} onChange={(event) => setWhen(event.target.value)}>
        <option value="">{t("filter.anyDate")}</option>
        {namedDates().map(({ name }) => (
          <option key={name} value={name}>
            {t(`dates.${name}`)}
          </option>
        ))}
      </SelectField>
      <Button type="submit" kind="primary">
        <Search aria-hidden />
        {t("home.search")}
      </Button>
    </form>
  );
}
