import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";
import { bookingQuery } from "@/api/bookings";
import { asProblem } from "@/lib/problem";
import { useSession } from "@/lib/session";
import { useStorageKept } from "@/lib/use-storage-kept";
import { ProblemNotice } from "@/parts/problem-notice";
import { ButtonLink } from "@/ui/button";
import { Empty } from "@/ui/empty";
import { Page } from "@/ui/page";
import { Skeleton } from "@/ui/skeleton";
import { freshTicketQuery, keptTicketQuery, keptTicketsQuery, PRINTING_MS } from "../api/tickets";
import { byShow } from "../model";
import type { KeptTicket } from "../store";
import { AsOf } from "./as-of";
import { TicketCard } from "./ticket-card";

/** Not printed yet: tickets follow the booking within moments. */
const PRINTING_RETRIES = 8;

/** One ticket, large enough to be scanned. */
export function TicketPage() {
  const { t } = useTranslation("tickets");
  const { ticketId = "" } = useParams();
  const { userId = "" } = useSession();
  const queries = useQueryClient();
  const navigate = useNavigate();
  useStorageKept();
  const kept = useQuery({ ...keptTicketQuery(userId, ticketId), enabled: userId !== "" });
  const fresh = useQuery({
    ...freshTicketQuery(userId, ticketId, queries),
    enabled: userId !== "",
    refetchOnMount: "always",
    retry: (failures, error) => asProblem(error).kind === "not-found" && failures < PRINTING_RETRIES,
    retryDelay: PRINTING_MS,
  });
  const all = useQuery({ ...keptTicketsQuery(userId), enabled: userId !== "" });

  const bookingId = fresh.data?.ticket.bookingId;
  const booking = useQuery({ ...bookingQuery(bookingId ?? ""), enabled: !!bookingId });

  // Here, so that full screen stays full screen from one ticket to the next.
  const [full, setFull] = useState(false);
  const missing = fresh.error && asProblem(fresh.error).kind === "not-found";
  const shown = missing ? undefined : (fresh.data ?? kept.data ?? all.data?.find((one) => one.ticketId === ticketId));
  if (missing) {
    return (
      <Page title={t("ticket.missing")} heading={null} narrow>
        <Empty
          title={t("ticket.missing")}
          heading="h1"
          action={<ButtonLink to="/tickets">{t("ticket.all")}</ButtonLink>}
        >
          {t("ticket.missingText")}
        </Empty>
      </Page>
    );
  }
  if (!shown) {
    return (
      <Page title={t("ticket.title")} heading={null} narrow>
        {fresh.error ? (
          <ProblemNotice error={fresh.error} onRetry={() => void fresh.refetch()} />
        ) : (
          <Skeleton className="h-[36rem] rounded-3xl" />
        )}
      </Page>
    );
  }
  const siblings = booking.data?.tickets ?? keptSiblings(all.data ?? [], shown);
  return (
    <Page title={shown.ticket.title} heading={null} narrow>
      <div className="flex flex-col gap-4">
        <TicketCard
          kept={shown}
          full={full}
          onFull={setFull}
          siblings={siblings.map((ticket) => ticket.ticketId)}
          onTurn={(to) => void navigate(`/tickets/${to}`, { replace: true, preventScrollReset: true })}
        />
        {fresh.error && <AsOf savedAt={shown.savedAt} onRetry={() => void fresh.refetch()} />}
      </div>
    </Page>
  );
}

/** The tickets of the same booking on this device, for when the server cannot be asked. */
function keptSiblings(all: readonly KeptTicket[], { ticket }: KeptTicket) {
  const same = all.filter((one) => one.ticket.bookingId === ticket.bookingId);
  return byShow(same.map((one) => one.ticket))[0] ?? [ticket];
}
