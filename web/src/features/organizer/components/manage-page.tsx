import { useQuery } from "@tanstack/react-query";
import { ExternalLink, Pencil, TicketPercent } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { type OwnEvent, ownEventQuery } from "@/api/own-events";
import { EventPreview } from "@/parts/event-preview";
import { EventStatusBadge } from "@/parts/event-status-badge";
import { ProblemNotice } from "@/parts/problem-notice";
import { Badge } from "@/ui/badge";
import { ButtonLink } from "@/ui/button";
import { Notice } from "@/ui/notice";
import { Page } from "@/ui/page";
import { Skeleton } from "@/ui/skeleton";
import { wasOnSale } from "../checklist";
import { CallOffProgress } from "./call-off-progress";
import { CancelEvent } from "./cancel-event";
import { ImageSection } from "./image-section";
import { Revenue } from "./revenue";
import { SetUp } from "./set-up";
import { SalesTotals, ShowList } from "./show-sales";

/** Everything about one event of the organization. */
export function ManagePage() {
  const { t } = useTranslation("organizer");
  const { eventId = "" } = useParams();
  const { data: event, error, isError, refetch } = useQuery(ownEventQuery(eventId));
  if (isError && !event) {
    return (
      <Page title={t("manage.title")}>
        <ProblemNotice error={error} onRetry={() => void refetch()} />
      </Page>
    );
  }
  if (!event) {
    return (
      <Page title={t("manage.title")}>
        <Skeleton className="h-44" />
        <Skeleton className="mt-6 h-72" />
        <Skeleton className="mt-6 h-60" />
      </Page>
    );
  }
  return <Manage event={event} />;
}

function Manage({ event }: { event: OwnEvent }) {
  const { t } = useTranslation(["organizer", "common"]);
  const { status, approved } = event;
  const sold = wasOnSale(event);
  return (
    <Page
      title={event.title}
      lead={
        <span className="flex flex-wrap gap-2">
          <EventStatusBadge status={status} approved={approved} />
          <Badge>{t(`common:category.${event.category}`)}</Badge>
        </span>
      }
      actions={
        <>
          {status === "DRAFT" && (
            <ButtonLink kind="secondary" to={`/organizer/events/${event.eventId}/edit`}>
              <Pencil aria-hidden />
              {t("manage.edit")}
            </ButtonLink>
          )}
          {status === "PUBLISHED" && (
            <ButtonLink kind="secondary" to={`/organizer?tab=coupons&event=${event.eventId}`}>
              <TicketPercent aria-hidden />
              {t("manage.coupon")}
            </ButtonLink>
          )}
          {status === "PUBLISHED" && (
            <ButtonLink kind="secondary" to={`/events/${event.eventId}`}>
              <ExternalLink aria-hidden />
              {t("manage.seePublic")}
            </ButtonLink>
          )}
        </>
      }
    >
      <div className="flex flex-col gap-6">
        {status === "DRAFT" && event.rejection && (
          <Notice tone="warn" title={t("manage.rejected")}>
            <p className="whitespace-pre-line">{event.rejection}</p>
          </Notice>
        )}
        {(status === "DRAFT" || status === "SUBMITTED") && <SetUp event={event} />}
        {status === "CANCELLED" &&
          (sold ? <CallOffProgress event={event} /> : <Notice title={t("manage.calledOffUnsold")} />)}
        {sold && (
          <>
            <SalesTotals event={event} />
            <Revenue event={event} />
            <ShowList event={event} />
          </>
        )}
        <ImageSection event={event} />
        {!sold && (
          <section aria-labelledby="preview">
            <h2 id="preview" className="mb-3 text-xl font-bold">
              {t("manage.preview")}
            </h2>
            <EventPreview event={event} level={3} />
          </section>
        )}
        {status !== "CANCELLED" && status !== "COMPLETED" && <CancelEvent event={event} />}
      </div>
    </Page>
  );
}
