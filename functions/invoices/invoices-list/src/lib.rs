//! `GET /v1/bookings/{bookingId}/invoices`: what was issued for one of the caller's bookings.

use api::{App, Problem, Reply, Request};
use domain::id::BookingId;
use wire::{DocumentList, ProblemView};

/// The invoice and the credit notes of a booking.
#[utoipa::path(
    get, path = "/v1/bookings/{bookingId}/invoices", operation_id = "invoices-list", tag = "invoices",
    summary = "A booking's invoice and credit notes",
    description = "They are written within seconds of what they document; until then the list is empty or shorter.",
    params(("bookingId" = BookingId, Path)),
    responses((status = 200, body = DocumentList), (status = 401, body = ProblemView), (status = 404, body = ProblemView)),
    security(("cognito" = []))
)]
pub async fn handle(app: &App, request: Request) -> Result<Reply, Problem> {
    let caller = request.caller()?;
    let booking_id: BookingId = request.path("bookingId")?;

    let booking = app.store.booking_of(&caller.user, &booking_id).await?.ok_or_else(Problem::not_found)?;
    let items = app.store.documents_of(&booking.payment).await?;

    Ok(Reply::ok(&DocumentList { items }))
}
