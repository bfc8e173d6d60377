import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { venueQuery } from "@/api/venues";
import { ProblemNotice } from "@/parts/problem-notice";
import { Button } from "@/ui/button";
import { Field } from "@/ui/field";
import { Skeleton } from "@/ui/skeleton";
import { type Venue, type VenueCard, venuesQuery } from "../api/venues";
import { matchingVenues } from "../venue-search";

/** All venues by name or city; one that is opened shows its sections. */
export function VenueSearch({ onPick, onNew }: { onPick: (venue: Venue) => void; onNew: () => void }) {
  const { t } = useTranslation(["organizer", "common"]);
  const [text, setText] = useState("");
  const [opened, setOpened] = useState<string>();
  const all = useInfiniteQuery(venuesQuery(""));
  // The list is long: a city that is named in full is asked for by itself.
  const ofCity = useInfiniteQuery({ ...venuesQuery(text.trim()), enabled: text.trim().length > 2 });
  const known = [...(all.data?.pages ?? []), ...(ofCity.data?.pages ?? [])].flatMap((page) => page.items);
  const found = matchingVenues(known, text);

  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-end gap-3">
        <Field
          className="min-w-0 flex-1 basis-60"
          type="search"
          label={t("venue.search")}
          value={text}
          autoFocus
          onChange={(event) => setText(event.target.value)}
        />
        <Button kind="secondary" onClick={onNew}>
          <Plus aria-hidden />
          {t("venue.new")}
        </Button>
      </div>
      {all.isError && <ProblemNotice error={all.error} onRetry={() => void all.refetch()} />}
      {all.isPending && <Skeleton className="h-64" />}
      <p role="status" className="text-sm text-muted">
        {all.isSuccess && t("venue.found", { count: found.length })}
      </p>
      <ul className="flex max-h-[50dvh] flex-col gap-2 overflow-y-auto p-1">
        {found.map((card) => (
          <li key={card.venueId}>
            <VenueChoice
              card={card}
              open={opened === card.venueId}
              onToggle={() => setOpened(opened === card.venueId ? undefined : card.venueId)}
              onPick={onPick}
            />
          </li>
        ))}
      </ul>
      {all.hasNextPage && (
        <Button kind="secondary" busy={all.isFetchingNextPage} onClick={() => void all.fetchNextPage()}>
          {t("common:loadMore")}
        </Button>
      )}
    </div>
  );
}

function VenueChoice({
  card,
  open,
  onToggle,
  onPick,
}: {
  card: VenueCard;
  open: boolean;
  onToggle: () => void;
  onPick: (venue: Venue) => void;
}) {
  const { t } = useTranslation("organizer");
  return (
    <div className="rounded-2xl border border-line">
      <button
        type="button"
        aria-expanded={open}
        onClick={onToggle}
        className="flex min-h-11 w-full flex-wrap items-baseline justify-between gap-x-4 rounded-2xl px-4 py-2.5 text-left hover:bg-raised"
      >
        <span>
          <span className="font-semibold">{card.name}</span>
          <span className="block text-sm text-muted">
            {card.address}, {card.city}
          </span>
        </span>
        <span className="text-sm text-muted">
          {t("venue.places", { count: card.capacity })} · {card.timeZone}
        </span>
      </button>
      {open && <VenueDetail venueId={card.venueId} onPick={onPick} />}
    </div>
  );
}

function VenueDetail({ venueId, onPick }: { venueId: string; onPick: (venue: Venue) => void }) {
  const { t } = useTranslation("organizer");
  const { data: venue, error, isError, refetch } = useQuery(venueQuery(venueId));
  if (isError) return <ProblemNotice error={error} onRetry={() => void refetch()} className="m-3" />;
  if (!venue) return <Skeleton className="m-3 h-32" />;
  return (
    <div className="flex flex-col gap-3 px-4 pb-4">
      <div className="overflow-x-auto">
        <table className="w-full text-sm">
          <caption className="sr-only">{t("venue.sectionsOf", { name: venue.name })}</caption>
          <thead>
            <tr className="border-b border-line text-left text-muted">
              <th className="py-1.5 pr-3 font-semibold">{t("venue.section")}</th>
              <th className="py-1.5 pr-3 font-semibold">{t("venue.priceLevel")}</th>
              <th className="py-1.5 text-right font-semibold">{t("venue.capacity")}</th>
            </tr>
          </thead>
          <tbody>
            {venue.sections.map((section) => (
              <tr key={section.code} className="border-b border-line last:border-0">
                <td className="py-1.5 pr-3">{section.name}</td>
                <td className="py-1.5 pr-3">{section.priceLevel}</td>
                <td className="py-1.5 text-right tabular-nums">
                  {section.capacity ?? section.rows?.reduce((sum, row) => sum + row.seats, 0)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {venue.amenities.length > 0 && <p className="text-sm text-muted">{venue.amenities.join(" · ")}</p>}
      <Button onClick={() => onPick(venue)}>{t("venue.use", { name: venue.name })}</Button>
    </div>
  );
}
