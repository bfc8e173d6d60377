import { CalendarPlus, Maximize } from "lucide-react";
import { useTranslation } from "react-i18next";
import { download } from "@/lib/download";
import { QrCode } from "@/parts/qr-code";
import { useSeatName } from "@/parts/seat-name";
import { Badge } from "@/ui/badge";
import { Button, ButtonLink } from "@/ui/button";
import { Notice } from "@/ui/notice";
import { ticketPdf } from "../api/tickets";
import { calendarFile } from "../calendar";
import { TICKET_TONES } from "../model";
import { sectionsOf } from "../sections";
import type { KeptTicket } from "../store";
import { useSwipe } from "../use-swipe";
import { FullScreenCode } from "./full-screen-code";
import { SavePdf } from "./save-pdf";
import { ShowLine } from "./show-line";
import { Turner } from "./turner";

interface Props {
  kept: KeptTicket;
  /** All tickets of the booking, in order. */
  siblings: readonly string[];
  onTurn: (ticketId: string) => void;
  /** Whether the code fills the screen. */
  full: boolean;
  onFull: (full: boolean) => void;
}

/** The ticket itself, on paper. */
export function TicketCard({ kept, siblings, onTurn, full, onFull }: Props) {
  const { t } = useTranslation("tickets");
  const { ticket } = kept;
  const seatName = useSeatName(sectionsOf([kept]));
  const at = siblings.indexOf(ticket.ticketId);
  const turn = {
    at: Math.max(0, at),
    count: siblings.length,
    onTurn: (to: number) => onTurn(siblings[to] ?? ticket.ticketId),
  };
  const swipe = useSwipe(turn);
  const label = t("ticket.qr", { seat: seatName(ticket.seat) });

  return (
    <>
      <article className="rounded-3xl border border-line bg-surface shadow-high" {...swipe}>
        <div className="flex flex-col gap-3 p-5">
          <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
            <h1 tabIndex={-1} className="text-2xl font-extrabold outline-none">
              {ticket.title}
            </h1>
            <Badge tone={TICKET_TONES[ticket.status]}>{t(`ticketStatus.${ticket.status}`)}</Badge>
          </div>
          <ShowLine startsAt={ticket.startsAt} timeZone={ticket.timeZone} place={ticket.venueName} />
        </div>
        <div aria-hidden className="mx-5 border-t-2 border-dashed border-line" />
        <div className="flex flex-col items-center gap-4 p-4 sm:p-5">
          <p className="text-center font-display text-xl font-bold">{seatName(ticket.seat)}</p>
          {ticket.status !== "ISSUED" && (
            <Notice tone={ticket.status === "ADMITTED" ? "calm" : "warn"} title={t(`ticketHelp.${ticket.status}`)} />
          )}
          {ticket.code && (
            <QrCode text={ticket.code} label={label} className="-mx-4 w-[calc(100%+2rem)] max-w-80 sm:mx-0" />
          )}
          <Turner {...turn} />
          {ticket.code && (
            <Button wide size="large" onClick={() => onFull(true)}>
              <Maximize aria-hidden />
              {t("ticket.fullScreen")}
            </Button>
          )}
          <p className="text-center text-sm text-muted">{t("ticket.bright")}</p>
        </div>
      </article>
      <div className="flex flex-wrap gap-3">
        {ticket.status !== "REVOKED" && (
          <SavePdf name={`${ticket.title} ${ticket.seat}.pdf`} fetchPdf={() => ticketPdf(ticket.ticketId)}>
            {t("ticket.pdf")}
          </SavePdf>
        )}
        <Button kind="secondary" onClick={() => saveCalendar(kept, seatName(ticket.seat))}>
          <CalendarPlus aria-hidden />
          {t("calendar")}
        </Button>
        <ButtonLink kind="quiet" to={`/bookings/${ticket.bookingId}`}>
          {t("ticket.booking")}
        </ButtonLink>
      </div>
      {ticket.code && (
        <FullScreenCode
          open={full}
          onClose={() => onFull(false)}
          title={ticket.title}
          seat={seatName(ticket.seat)}
          turn={turn}
        >
          <QrCode text={ticket.code} label={label} className="w-[min(92vw,66dvh)]" />
        </FullScreenCode>
      )}
    </>
  );
}

function saveCalendar({ ticket }: KeptTicket, seat: string): void {
  const file = calendarFile(
    {
      uid: `${ticket.bookingId}@frontrow`,
      title: ticket.title,
      startsAt: ticket.startsAt,
      place: ticket.venueName,
      notes: seat,
      url: `${location.origin}/tickets/${ticket.ticketId}`,
    },
    new Date(),
  );
  download(`${ticket.title}.ics`, new Blob([file], { type: "text/calendar;charset=utf-8" }));
}
