//! `POST /v1/bookings/{bookingId}/cancel`: the owner calls a booking off.

use api::{App, Problem, ProblemKind, Reply, Request};
use domain::booking::{Booking, BookingStatus, CancelReason};
use domain::id::BookingId;
use domain::show::ShowStatus;
use jiff::Timestamp;
use wire::{BookingView, ProblemView};

/// Gives the places back. What was paid is refunded in full until the show begins, unless somebody came in with a ticket.
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
pub async fn handle(app: &App, request: Request) -> Result<Reply, Problem> {
    let caller = request.caller()?;
    let booking_id: BookingId = request.path("bookingId")?;

    let now = app.clock.now();
    let booking = app.store.booking_of(&caller.user, &booking_id).await?.ok_or_else(Problem::not_found)?;
    let cancelled = match booking.status {
        BookingStatus::Pending => cancel_pending(app, &booking, now).await?,
        BookingStatus::Confirmed => cancel_confirmed(app, booking, now).await?,
        BookingStatus::Cancelled | BookingStatus::Refunded => booking,
        BookingStatus::Expired => return Err(Problem::new(ProblemKind::StateConflict).with("bookingStatus", booking.status)),
    };

    Ok(Reply::ok(&BookingView::new(&cancelled, None)))
}

/// Not paid: the places go back at once, and a payment that still arrives is given up.
async fn cancel_pending(app: &App, booking: &Booking, now: Timestamp) -> Result<Booking, Problem> {
    let cancelled = app.store.cancel_unconfirmed(booking, CancelReason::Owner, now).await?;
    app.store.free_places_of(&cancelled).await?;
    Ok(cancelled)
}

/// Paid: the workers free the places and send the money back.
async fn cancel_confirmed(app: &App, booking: Booking, now: Timestamp) -> Result<Booking, Problem> {
    let show = app.store.show(&booking.show, now).await?.ok_or_else(Problem::not_found)?;
    if show.starts_at <= now && show.status != ShowStatus::Cancelled {
        return Err(Problem::new(ProblemKind::StateConflict).detail("The show has begun.").with("bookingStatus", booking.status));
    }
    app.store.cancel_confirmed(&booking, CancelReason::Owner, now).await?;
    Ok(Booking { status: BookingStatus::Cancelled, cancel_reason: Some(CancelReason::Owner), cancelled_at: Some(now), ..booking })
}
