import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Ticket } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useSession } from "@/lib/session";
import { useStorageKept } from "@/lib/use-storage-kept";
import { ProblemNotice } from "@/parts/problem-notice";
import { ButtonLink } from "@/ui/button";
import { Empty } from "@/ui/empty";
import { Page } from "@/ui/page";
import { Skeleton } from "@/ui/skeleton";
import { freshTicketsQuery, keptTicketsQuery } from "../api/tickets";
import { byShow } from "../model";
import { AsOf } from "./as-of";
import { ShowTickets } from "./show-tickets";

/** All tickets that are still of use: those kept on this device at once, and then as the server has them. */
export function TicketsPage() {
  const { t } = useTranslation("tickets");
  const { userId = "" } = useSession();
  const queries = useQueryClient();
  useStorageKept();
  const kept = useQuery({ ...keptTicketsQuery(userId), enabled: userId !== "" });
  const fresh = useQuery({ ...freshTicketsQuery(userId, queries), enabled: userId !== "", refetchOnMount: "always" });
  const tickets = kept.data ?? [];
  const groups = byShow(tickets.map((one) => ({ ...one.ticket, ...one })));
  const bookings = (
    <ButtonLink to="/bookings" kind="secondary">
      {t("list.toBookings")}
    </ButtonLink>
  );
  return (
    <Page title={t("list.title")} actions={bookings}>
      <div className="flex flex-col gap-6">
        {fresh.error && tickets.length === 0 && (
          <ProblemNotice error={fresh.error} onRetry={() => void fresh.refetch()} />
        )}
        {fresh.error && tickets.length > 0 && (
          <AsOf savedAt={Math.min(...tickets.map(({ savedAt }) => savedAt))} onRetry={() => void fresh.refetch()} />
        )}
        {tickets.length === 0 && !fresh.error && (fresh.isPending || kept.isPending) && (
          <Skeleton className="h-64 rounded-3xl" />
        )}
        {tickets.length === 0 && fresh.isSuccess && kept.isSuccess && !kept.isFetching && (
          <Empty
            icon={<Ticket aria-hidden />}
            title={t("list.empty")}
            action={<ButtonLink to="/events">{t("toEvents")}</ButtonLink>}
          >
            {t("list.emptyText")}
          </Empty>
        )}
        {groups.map((group) => (
          <ShowTickets key={group[0]?.showId} tickets={group} />
        ))}
      </div>
    </Page>
  );
}
