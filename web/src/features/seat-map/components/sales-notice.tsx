import { CalendarX, Ticket } from "lucide-react";
import { useTranslation } from "react-i18next";
import { ButtonLink } from "@/ui/button";
import { Empty } from "@/ui/empty";
import { Notice } from "@/ui/notice";
import { HELD } from "../model/seats";
import { leftOf, useRoom, useSeats } from "../room";
import { Opening } from "./opening";

/** Why nothing can be bought, if so: not yet, no longer, never, or nothing left. */
export function SalesNotice({ known }: { known: boolean }) {
  const { t } = useTranslation("seat-map");
  const { sales, show, seats, hold } = useRoom();
  const soldOut = useSeats(seats, leftOf).every((left) => left === 0);
  const otherDates = (
    <ButtonLink to={`/events/${show.eventId}`} kind="secondary">
      {t("sales.otherDates")}
    </ButtonLink>
  );
  switch (sales.state) {
    case "upcoming":
      return <Opening at={sales.opensAt} />;
    case "closed":
      return (
        <Notice tone="warn" title={t("sales.closed")} action={otherDates}>
          {t("sales.closedText")}
        </Notice>
      );
    case "over":
    case "cancelled":
      return (
        <Empty icon={<CalendarX aria-hidden />} title={t(`sales.${sales.state}`)} action={otherDates}>
          {t(`sales.${sales.state}Text`)}
        </Empty>
      );
    case "open": {
      if (!known || !soldOut || hold.hold) return null;
      const heldByOthers = seats.states.includes(HELD);
      return (
        <Empty icon={<Ticket aria-hidden />} title={t("sales.soldOut")} action={otherDates}>
          {heldByOthers ? t("sales.soldOutHeld") : t("sales.soldOutText")}
        </Empty>
      );
    }
  }
}
