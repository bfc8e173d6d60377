//! Reads the main table's stream: turns what happened to bookings into work on queues.

use api::{Error, Outbox};
use domain::booking::BookingStatus;
use queues::{PaymentMessage, TicketMessage};
use store::{Change, StoredChange};

/// Only routes: a replayed record sends messages whose workers find their work done.
pub async fn handle(outbox: &Outbox, change: Change) -> Result<(), Error> {
    let StoredChange::Booking(booking) = change.meaning()? else { return Ok(()) };
    let (money, tickets) = match booking.status {
        BookingStatus::Pending | BookingStatus::Refunded => (false, false),
        BookingStatus::Confirmed | BookingStatus::Cancelled => (true, true),
        BookingStatus::Expired => (true, false),
    };
    if money {
        let message = PaymentMessage::BookingMoved { user: booking.user.clone(), booking: booking.id.clone() };
        outbox.queues.send_payment(&message, 0).await?;
    }
    if tickets {
        outbox.queues.send_ticket(&TicketMessage::BookingMoved { user: booking.user, booking: booking.id }).await?;
    }
    Ok(())
}
