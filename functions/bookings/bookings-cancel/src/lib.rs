//! `POST /v1/bookings/{bookingId}/cancel`: the owner calls a booking off.

use api::{Problem, ProblemKind, Reply, Request, Till};
use domain::booking::{Booking, BookingStatus, CancelReason};
use domain::id::BookingId;
use domain::show::ShowStatus;
use jiff::Timestamp;
use payments::CancelBy;
use wire::{BookingView, ProblemView};

/// Gives the places back. What was paid goes back by the show's terms, unless somebody came in with a ticket; all of it if the show
/// was called off.
#[utoipa::path(
    post, path = "/v1/bookings/{bookingId}/cancel", operation_id = "bookings-cancel", tag = "bookings",
    summary = "Call a booking off",
    params(("bookingId" = BookingId, Path)),
    responses(
        (status = 200, description = "With the refund that follows", body = BookingView), (status = 401, body = ProblemView),
        (status = 404, body = ProblemView), (status = 409, description = "`state-conflict`", body = ProblemView),
    ),
    security(("cognito" = []))
)]
pub async fn handle(till: &Till, request: Request) -> Result<Reply, Problem> {
    let caller = request.caller()?;
    let booking_id: BookingId = request.path("bookingId")?;

    let now = till.app.clock.now();
    let booking = till.app.store.booking_of(&caller.user, &booking_id).await?.ok_or_else(Problem::not_found)?;
    let cancelled = match booking.status {
        BookingStatus::Pending => cancel_pending(till, &booking, now).await?,
        BookingStatus::Confirmed => cancel_confirmed(till, &booking, now).await?,
        BookingStatus::Cancelled | BookingStatus::Refunded | BookingStatus::PartiallyRefunded => booking,
        BookingStatus::Expired => return Err(Problem::new(ProblemKind::StateConflict).with("bookingStatus", booking.status)),
    };

    Ok(Reply::ok(&BookingView::new(&cancelled, None)))
}

/// Not paid: the places go back at once, and a payment that still arrives is given up.
async fn cancel_pending(till: &Till, booking: &Booking, now: Timestamp) -> Result<Booking, Problem> {
    let cancelled = till.app.store.cancel_unconfirmed(booking, CancelReason::Owner, now).await?;
    till.app.store.free_places_of(&cancelled).await?;
    Ok(cancelled)
}

/// Paid: the workers free the places and send the money back.
async fn cancel_confirmed(till: &Till, booking: &Booking, now: Timestamp) -> Result<Booking, Problem> {
    let show = till.app.store.show(&booking.show, now).await?.ok_or_else(Problem::not_found)?;
    if show.starts_at <= now && show.status != ShowStatus::Cancelled {
        return Err(Problem::new(ProblemKind::StateConflict).detail("The show has begun.").with("bookingStatus", booking.status));
    }
    Ok(till.settler.cancel(booking, &show, CancelBy::Owner, now).await?)
}
