import { CalendarDays, MapPin } from "lucide-react";
import { Link } from "react-router";
import type { Schema } from "@/lib/api";
import { When } from "@/parts/when";
import { Card } from "@/ui/card";

/** Which evening this is about. */
export function ShowSummary({ show }: { show: Schema["ShowDetailView"] }) {
  return (
    <Card className="flex flex-col gap-2">
      <h2 className="text-2xl font-bold">
        <Link to={`/events/${show.eventId}`} className="hover:underline">
          {show.title}
        </Link>
      </h2>
      <p className="flex items-start gap-2">
        <CalendarDays aria-hidden className="mt-0.5 size-5 shrink-0 text-velvet" />
        <When at={show.startsAt} timeZone={show.timeZone} long />
      </p>
      <p className="flex items-start gap-2">
        <MapPin aria-hidden className="mt-0.5 size-5 shrink-0 text-velvet" />
        {show.venueName}, {show.city}
      </p>
    </Card>
  );
}
