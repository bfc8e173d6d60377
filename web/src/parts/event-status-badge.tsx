import { useTranslation } from "react-i18next";
import type { EventStatus } from "@/api/own-events";
import { Badge, type Tone } from "@/ui/badge";

const tones: Record<EventStatus, Tone> = {
  DRAFT: "plain",
  SUBMITTED: "warn",
  PUBLISHED: "good",
  COMPLETED: "calm",
  CANCELLED: "bad",
};

/** Where an event is in its life. */
export function EventStatusBadge({ status, approved = false }: { status: EventStatus; approved?: boolean }) {
  const { t } = useTranslation();
  if (status === "SUBMITTED" && approved) return <Badge tone="calm">{t("eventStatus.approved")}</Badge>;
  return <Badge tone={tones[status]}>{t(`eventStatus.${status}`)}</Badge>;
}
