//! Works through the tickets queue: issues a booking's tickets, or revokes them.

use api::{App, Error};
use domain::booking::BookingStatus;
use domain::ticket::Ticket;
use queues::TicketMessage;

/// One ticket per place, decided by the booking's state: a repeated message changes nothing.
pub async fn handle(app: &App, message: TicketMessage) -> Result<(), Error> {
    let TicketMessage::BookingMoved { user, booking } = message;
    let Some(booking) = app.store.booking_of(&user, &booking).await? else { return Ok(()) };
    for ticket in Ticket::of(&booking) {
        match booking.status {
            BookingStatus::Confirmed => app.store.issue_ticket(&ticket).await?,
            BookingStatus::Cancelled | BookingStatus::Refunded | BookingStatus::PartiallyRefunded if booking.confirmed_at.is_some() => {
                app.store.revoke_ticket(&ticket).await?;
            }
            BookingStatus::Pending
            | BookingStatus::Cancelled
            | BookingStatus::Expired
            | BookingStatus::Refunded
            | BookingStatus::PartiallyRefunded => {}
        }
    }
    Ok(())
}
