import { useQuery } from "@tanstack/react-query";
import { MapPin } from "lucide-react";
import { useTranslation } from "react-i18next";
import { venueQuery } from "@/api/venues";
import type { Schema } from "@/lib/api";

/** Where it is and what it offers. The name and the city are known before the rest is. */
export function VenueCard({ show }: { show: Schema["ShowView"] }) {
  const { t } = useTranslation("discover");
  const venue = useQuery(venueQuery(show.venueId));
  return (
    <section className="rounded-3xl border border-line bg-surface p-5">
      <h2 className="flex items-center gap-2 text-xl font-bold">
        <MapPin aria-hidden className="size-5 shrink-0 text-velvet" />
        {show.venueName}
      </h2>
      <p className="mt-1 min-h-6 text-muted">{venue.data ? `${venue.data.address}, ${venue.data.city}` : show.city}</p>
      <a
        href={`https://www.openstreetmap.org/search?query=${encodeURIComponent(`${show.venueName}, ${venue.data?.address ?? ""}, ${show.city}`)}`}
        target="_blank"
        rel="noreferrer"
        className="inline-flex min-h-11 items-center font-semibold text-velvet underline underline-offset-4"
      >
        {t("event.map")}
      </a>
      {venue.data && venue.data.amenities.length > 0 && (
        <p className="text-sm text-muted">{venue.data.amenities.join(" · ")}</p>
      )}
    </section>
  );
}
