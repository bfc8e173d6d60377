//! `GET /v1/bookings/{bookingId}`: one of the caller's bookings.

use api::{App, Problem, Reply, Request};
use domain::id::BookingId;
use wire::{BookingView, PaymentView, ProblemView};

/// Shows a booking to its owner; for everybody else there is none.
#[utoipa::path(
    get, path = "/v1/bookings/{bookingId}", operation_id = "bookings-get", tag = "bookings",
    summary = "One of your bookings",
    params(("bookingId" = BookingId, Path)),
    responses((status = 200, body = BookingView), (status = 401, body = ProblemView), (status = 404, body = ProblemView)),
    security(("cognito" = []))
)]
pub async fn handle(app: &App, request: Request) -> Result<Reply, Problem> {
    let caller = request.caller()?;
    let booking_id: BookingId = request.path("bookingId")?;

    let booking = app.store.booking_of(&caller.user, &booking_id).await?.ok_or_else(Problem::not_found)?;
    let payment = app.store.payment(&booking.payment).await?;
    let refunds = match &payment {
        Some(payment) if payment.refunded > 0 => app.store.refunds_of(&payment.id).await?,
        Some(_) | None => vec![],
    };

    Ok(Reply::ok(&BookingView::new(&booking, payment.as_ref().map(PaymentView::from)).with_refunds(&refunds)))
}
