//! `POST /v1/bookings/{bookingId}/payment-attempts`: another try to pay, with the same or another provider.

use api::{Problem, ProblemKind, Reply, Request, Till, payment_view};
use domain::id::{BookingId, UserId};
use domain::payment::Provider;
use payments::PaymentProvider;
use wire::{BookingView, CreatePaymentAttempt, IdempotencyHeader, ProblemView};

/// Begins another payment while the places are held. The one before is given up: only the new one can pay for the booking.
#[utoipa::path(
    post, path = "/v1/bookings/{bookingId}/payment-attempts", operation_id = "payment-attempts-create", tag = "bookings",
    summary = "Try again to pay",
    description = "After a declined or abandoned payment, while the hold lives. Money that still arrives for the earlier attempt goes back.",
    params(("bookingId" = BookingId, Path), IdempotencyHeader), request_body = CreatePaymentAttempt,
    responses(
        (status = 201, body = BookingView), (status = 400, body = ProblemView), (status = 401, body = ProblemView),
        (status = 404, body = ProblemView),
        (status = 409, description = "`state-conflict`: paid, called off, or tried too often; or `idempotency-in-flight`", body = ProblemView),
        (status = 410, description = "`hold-expired` or `booking-expired`", body = ProblemView),
        (status = 422, description = "`idempotency-mismatch`", body = ProblemView), (status = 503, body = ProblemView),
    ),
    security(("cognito" = []))
)]
pub async fn handle(till: &Till, request: Request) -> Result<Reply, Problem> {
    let caller = request.caller()?;
    let booking_id: BookingId = request.path("bookingId")?;
    let body: CreatePaymentAttempt = request.json()?;
    till.accept(body.provider)?;
    let provider = till.provider(body.provider)?;

    request.once(&till.app, |_| create(till, &caller.user, &booking_id, body.provider, provider)).await
}

async fn create(
    till: &Till,
    user: &UserId,
    booking_id: &BookingId,
    with: Provider,
    provider: &dyn PaymentProvider,
) -> Result<Reply, Problem> {
    let now = till.app.clock.now();
    let booking = till.app.store.booking_of(user, booking_id).await?.ok_or_else(Problem::not_found)?;
    if booking.is_pending() && till.app.store.hold_of(&booking.show, user, now).await?.is_none_or(|hold| hold.id != booking.hold()) {
        return Err(Problem::new(ProblemKind::HoldExpired));
    }
    if booking.is_pending() && booking.provider(with) == Provider::Free {
        return Err(Problem::new(ProblemKind::StateConflict).detail("There is nothing to pay. Book again: it will be confirmed."));
    }
    let (booking, payment, started) = till.settler.retry(&booking, with, provider, now).await?;

    Ok(Reply::created(&BookingView::new(&booking, Some(payment_view(&payment, started)))))
}
