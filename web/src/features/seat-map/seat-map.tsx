import { useQuery } from "@tanstack/react-query";
import { SearchX } from "lucide-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { layoutQuery, showQuery } from "@/api/shows";
import type { Schema } from "@/lib/api";
import { asProblem } from "@/lib/problem";
import { ProblemNotice } from "@/parts/problem-notice";
import { When } from "@/parts/when";
import { ButtonLink } from "@/ui/button";
import { Empty } from "@/ui/empty";
import { Page } from "@/ui/page";
import { Skeleton } from "@/ui/skeleton";
import { Hall } from "./components/hall";
import { Plan } from "./model/plan";
import { Seats } from "./model/seats";

/** The page of a show: choose places, hold them, go on to pay. */
export function SeatMap({ showId }: { showId: string }) {
  const { t } = useTranslation("seat-map");
  const show = useQuery(showQuery(showId));
  const layout = useQuery(layoutQuery(showId));
  const seats = useMemo(() => layout.data && new Seats(new Plan(layout.data)), [layout.data]);
  const error = (!show.data && show.error) || (!layout.data && layout.error);

  if (error && asProblem(error).kind === "not-found") return <NoSuchShow />;
  if (error) {
    const retry = () => void Promise.all([show.refetch(), layout.refetch()]);
    return (
      <Page title={t("title")}>
        <ProblemNotice error={error} onRetry={retry} />
      </Page>
    );
  }
  if (!show.data || !seats) return <Loading />;
  return (
    <Page title={show.data.title} lead={<Lead show={show.data} />}>
      <Hall show={show.data} seats={seats} />
    </Page>
  );
}

function Lead({ show }: { show: Schema["ShowDetailView"] }) {
  return (
    <p>
      <When at={show.startsAt} timeZone={show.timeZone} long /> · {show.venueName}, {show.city}
    </p>
  );
}

function NoSuchShow() {
  const { t } = useTranslation("seat-map");
  return (
    <Page title={t("missing.title")} heading={null} narrow>
      <Empty
        icon={<SearchX aria-hidden />}
        heading="h1"
        title={t("missing.title")}
        action={<ButtonLink to="/events">{t("missing.action")}</ButtonLink>}
      >
        {t("missing.text")}
      </Empty>
    </Page>
  );
}

function Loading() {
  const { t } = useTranslation("seat-map");
  return (
    <Page
      title={t("title")}
      heading={<Skeleton className="h-10 w-72 max-w-full" />}
      lead={<Skeleton className="h-6 w-64" />}
    >
      <p role="status" className="sr-only">
        {t("loading")}
      </p>
      <HallSkeleton />
    </Page>
  );
}

function HallSkeleton() {
  return (
    <div className="flex flex-col gap-4">
      <Skeleton className="h-11 w-full max-w-md" />
      <div className="grid gap-6 lg:grid-cols-[1fr_20rem]">
        <Skeleton className="aspect-[1.3] max-h-[min(68svh,44rem)] min-h-72" />
        <Skeleton className="h-48" />
      </div>
    </div>
  );
}
