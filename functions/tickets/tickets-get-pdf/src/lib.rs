//! `GET /v1/tickets/{ticketId}/pdf`: the ticket as a page to print.

use api::{Door, FoundTicket, Problem, Reply, Request};
use domain::id::TicketId;
use domain::layout::Section;
use domain::venue::Venue;
use paper::{Place, TicketSheet};
use qrcode::QrCode;
use wire::{ProblemView, TicketPdf};

/// Prints a ticket for its owner.
#[utoipa::path(
    get, path = "/v1/tickets/{ticketId}/pdf", operation_id = "tickets-get-pdf", tag = "tickets",
    summary = "A page to print, with the code that the door scans",
    params(("ticketId" = TicketId, Path)),
    responses(
        (status = 200, content_type = "application/pdf", body = TicketPdf), (status = 401, body = ProblemView),
        (status = 404, body = ProblemView), (status = 409, description = "Revoked: `state-conflict`", body = ProblemView),
    ),
    security(("cognito" = []))
)]
pub async fn handle(door: &Door, request: Request) -> Result<Reply, Problem> {
    let caller = request.caller()?;
    let ticket_id: TicketId = request.path("ticketId")?;

    let ticket = door.ticket_of(&caller.user, &ticket_id).await?;
    let code = tickets::qr(ticket.code()?);
    let venue = door.app.store.venue(&ticket.show.venue).await?.ok_or_else(Problem::not_found)?;
    let number = ticket.view.booking_id.number();
    let file = format!("inline; filename=\"ticket-{number}-{}.pdf\"", ticket.view.seat);
    let pdf = sheet(&ticket, &venue, &number, &code).to_pdf();

    Ok(Reply::bytes("application/pdf", pdf).header("content-disposition", file).cached("private, no-store"))
}

fn sheet<'a>(ticket: &'a FoundTicket, venue: &'a Venue, booking_number: &'a str, qr: &'a QrCode) -> TicketSheet<'a> {
    let seat = &ticket.place.seat;
    let section = venue.layout.section(&seat.section);
    let is_standing = section.is_some_and(Section::is_standing);
    TicketSheet {
        title: ticket.show.title.as_str(),
        starts_at: ticket.show.starts_at,
        zone: &ticket.show.zone,
        venue_name: venue.name.as_str(),
        address: venue.address.as_str(),
        city: venue.city.as_str(),
        section: section.map_or(seat.section.as_str(), |section| section.name.as_str()),
        place: if is_standing { Place::Standing } else { Place::Seat { row: &seat.row, number: seat.number } },
        level: &ticket.place.level,
        booking_number,
        ticket: &ticket.view.ticket_id,
        qr,
    }
}
