//! Reads the main table's stream: turns what happened to bookings and events into work on queues.

use api::{Error, Outbox};
use domain::booking::{Booking, BookingStatus};
use queues::{EventMessage, InvoiceMessage, PaymentMessage};
use store::{Change, StoredChange};

/// Only routes: a replayed record sends messages whose workers find their work done.
pub async fn handle(outbox: &Outbox, change: Change) -> Result<(), Error> {
    match change.meaning()? {
        StoredChange::Booking(booking) => booking_moved(outbox, *booking).await,
        StoredChange::BookingReturned(booking) => {
            paid(outbox, &booking).await?;
            documented(outbox, *booking).await
        }
        StoredChange::EventCancelled(event) => Ok(outbox.queues.send_event(&EventMessage::Cancelled { event }, 0).await?),
        StoredChange::Block { .. } | StoredChange::HoldLapsed(_) | StoredChange::Other => Ok(()),
    }
}

async fn booking_moved(outbox: &Outbox, booking: Booking) -> Result<(), Error> {
    let (money, documents) = match booking.status {
        BookingStatus::Pending => (false, false),
        BookingStatus::Confirmed | BookingStatus::Cancelled => (true, true),
        BookingStatus::Expired => (true, false),
        BookingStatus::Refunded | BookingStatus::PartiallyRefunded => (false, true),
    };
    if money {
        paid(outbox, &booking).await?;
    }
    if documents { documented(outbox, booking).await } else { Ok(()) }
}

/// Money is to be taken, or to go back.
async fn paid(outbox: &Outbox, booking: &Booking) -> Result<(), Error> {
    let message = PaymentMessage::BookingMoved { user: booking.user.clone(), booking: booking.id.clone() };
    Ok(outbox.queues.send_payment(&message, 0).await?)
}

/// What was sold has an invoice, what was taken back a credit note.
async fn documented(outbox: &Outbox, booking: Booking) -> Result<(), Error> {
    Ok(outbox.queues.send_invoice(&InvoiceMessage::BookingMoved { user: booking.user, booking: booking.id }).await?)
}
