import { CalendarDays, MapPin } from "lucide-react";
import { When } from "@/parts/when";

/** When and where, in two lines. */
export function ShowLine({ startsAt, timeZone, place }: { startsAt: string; timeZone: string; place: string }) {
  return (
    <div className="flex flex-col gap-1">
      <p className="flex items-start gap-2">
        <CalendarDays aria-hidden className="mt-0.5 size-5 shrink-0 text-velvet" />
        <When at={startsAt} timeZone={timeZone} long />
      </p>
      <p className="flex items-start gap-2">
        <MapPin aria-hidden className="mt-0.5 size-5 shrink-0 text-velvet" />
        {place}
      </p>
    </div>
  );
}
