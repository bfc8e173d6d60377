import { MapPin } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Schema } from "@/lib/api";
import { allIn, money } from "@/lib/money";
import { Badge } from "@/ui/badge";
import { EventImage } from "./event-image";
import { When } from "./when";

type Show = Schema["ShowView"];

/** An event as buyers will see it, for those who decide about it. */
export function EventPreview({
  event,
  level = 2,
}: {
  event: Schema["EventView"];
  /** Of its title among the page's headings. */
  level?: 2 | 3;
}) {
  const { t } = useTranslation();
  const Title = level === 2 ? "h2" : "h3";
  const Part = level === 2 ? "h3" : "h4";
  const [poster, ...others] = event.images;
  return (
    <article className="overflow-hidden rounded-3xl border border-line bg-surface shadow-soft">
      {poster ? (
        <EventImage image={poster} className="aspect-video w-full" />
      ) : (
        <p className="grid min-h-28 place-items-center bg-raised text-muted">{t("preview.noImage")}</p>
      )}
      <div className="flex flex-col gap-6 p-5 sm:p-8">
        <div>
          <div className="mb-2 flex flex-wrap gap-2">
            <Badge tone="stage">{t(`category.${event.category}`)}</Badge>
            {event.language && <Badge>{event.language}</Badge>}
            {event.tags.map((tag) => (
              <Badge key={tag}>{tag}</Badge>
            ))}
          </div>
          <Title className="font-display text-2xl font-extrabold sm:text-3xl">{event.title}</Title>
          <p className="mt-3 max-w-prose whitespace-pre-line">{event.description || t("preview.noText")}</p>
        </div>
        {others.length > 0 && (
          <ul className="grid grid-cols-2 gap-3 sm:grid-cols-4">
            {others.map((image) => (
              <li key={image.imageId}>
                <EventImage image={image} className="aspect-video w-full rounded-xl" />
              </li>
            ))}
          </ul>
        )}
        <section>
          <Part className="font-display text-lg font-bold">{t("preview.shows")}</Part>
          <ul className="mt-2 divide-y divide-line">
            {event.shows.map((show) => (
              <li key={show.showId} className="flex flex-wrap justify-between gap-x-6 gap-y-2 py-3">
                <PreviewPlace show={show} />
                <PreviewPrices show={show} />
              </li>
            ))}
          </ul>
        </section>
      </div>
    </article>
  );
}

function PreviewPlace({ show }: { show: Show }) {
  return (
    <div className="min-w-0">
      <p className="font-semibold">
        <When at={show.startsAt} timeZone={show.timeZone} long />
      </p>
      <p className="flex items-center gap-1.5 text-muted">
        <MapPin aria-hidden className="size-4 shrink-0" />
        {show.venueName}, {show.city}
      </p>
    </div>
  );
}

function PreviewPrices({ show }: { show: Show }) {
  const { t } = useTranslation();
  const levels = Object.entries(show.prices).sort(([, a], [, b]) => b.amount - a.amount);
  return (
    <dl className="grid grid-cols-[auto_auto] gap-x-4 text-sm">
      {levels.map(([level, price]) => (
        <div key={level} className="contents">
          <dt className="text-muted">{level}</dt>
          <dd className="text-right tabular-nums">
            {money(price)} · {t("preview.inAll", { amount: money(allIn(price, show)) })}
          </dd>
        </div>
      ))}
    </dl>
  );
}
