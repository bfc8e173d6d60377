import { useQueries, useQuery, useQueryClient } from "@tanstack/react-query";
import { ScanLine } from "lucide-react";
import { useTranslation } from "react-i18next";
import { asProblem } from "@/lib/problem";
import { useSession } from "@/lib/session";
import { useStorageKept } from "@/lib/use-storage-kept";
import { ProblemNotice } from "@/parts/problem-notice";
import { useSeatName } from "@/parts/seat-name";
import { When } from "@/parts/when";
import { Badge } from "@/ui/badge";
import { ButtonLink } from "@/ui/button";
import { Card } from "@/ui/card";
import { Empty } from "@/ui/empty";
import { Notice } from "@/ui/notice";
import { Page } from "@/ui/page";
import { Skeleton } from "@/ui/skeleton";
import { type DoorShow, doorShowsQuery, rememberedShowsQuery } from "../api/door";
import { unsentQuery } from "../api/unsent";
import { acknowledge, doorList, pendingScans } from "../store";
import { Findings } from "./findings";

/** Which show's door is worked. */
export function Shows() {
  const { t } = useTranslation("door");
  const { userId: owner = "" } = useSession();
  const queries = useQueryClient();
  const seatName = useSeatName();
  useStorageKept();
  const shows = useQuery(doorShowsQuery(owner));
  const remembered = useQuery(rememberedShowsQuery(owner));
  const unsent = useQuery(unsentQuery(owner, queries));
  const isOffline = shows.isError && asProblem(shows.error).passes;
  const known = shows.data ?? (isOffline ? remembered.data : undefined);

  return (
    <Page title={t("title")} lead={t("lead")}>
      {shows.isError && !isOffline && <ProblemNotice error={shows.error} onRetry={() => void shows.refetch()} />}
      {isOffline && known && (
        <Notice tone="warn" title={known.length > 0 ? t("offlineShows") : t("noneStored")} className="mb-6" />
      )}
      <Findings
        findings={unsent.data ?? []}
        shows={[...(shows.data ?? []), ...(remembered.data ?? [])]}
        seatName={seatName}
        onSeen={(nonce) => void acknowledge(nonce).then(() => unsent.refetch())}
      />
      {shows.isPending && <ShowsSkeleton />}
      {shows.data?.length === 0 && (
        <Empty icon={<ScanLine aria-hidden />} title={t("noShows.title")}>
          {t("noShows.text")}
        </Empty>
      )}
      {known && known.length > 0 && <ShowList owner={owner} shows={known} />}
    </Page>
  );
}

function ShowList({ owner, shows }: { owner: string; shows: DoorShow[] }) {
  const { t } = useTranslation("door");
  const onDevice = useQueries({
    queries: shows.map(({ showId }) => ({
      queryKey: ["door", "on-device", owner, showId],
      queryFn: async () => ({
        isReady: (await doorList(owner, showId)) !== undefined,
        pending: await pendingScans(owner, showId),
      }),
      staleTime: 0,
    })),
  });
  return (
    <ul className="grid gap-4 md:grid-cols-2">
      {shows.map((show, index) => {
        const { isReady, pending } = onDevice[index]?.data ?? { isReady: false, pending: 0 };
        return (
          <li key={show.showId}>
            <Card className="flex h-full flex-col gap-3">
              <h2 className="text-xl font-bold">{show.title}</h2>
              <p className="text-muted">
                <When at={show.startsAt} timeZone={show.timeZone} />
                <br />
                {show.venueName}, {show.city}
              </p>
              <div className="flex flex-wrap gap-2">
                {show.status === "CANCELLED" && <Badge tone="bad">{t("calledOff")}</Badge>}
                {isReady && <Badge tone="good">{t("ready")}</Badge>}
                {pending > 0 && <Badge tone="warn">{t("waitingScans", { count: pending })}</Badge>}
              </div>
              <ButtonLink to={`/door/${show.showId}`} className="mt-auto self-start">
                <ScanLine aria-hidden />
                {t("scan")}
              </ButtonLink>
            </Card>
          </li>
        );
      })}
    </ul>
  );
}

function ShowsSkeleton() {
  return (
    <div className="grid gap-4 md:grid-cols-2">
      {["first", "second", "third", "fourth"].map((card) => (
        <Skeleton key={card} className="h-44 rounded-3xl" />
      ))}
    </div>
  );
}
