//! `POST /v1/organizer/shows/{showId}/bookings/{bookingId}/refunds`: the organizer gives a part back.

use api::{First, Problem, Reply, Request, Till};
use domain::id::{BookingId, RefundId, ShowId};
use wire::{CreateRefund, IdempotencyHeader, ProblemView, RefundItemView};

/// Sends so much of a booking's money back; the booking and its tickets stay as they are.
#[utoipa::path(
    post, path = "/v1/organizer/shows/{showId}/bookings/{bookingId}/refunds", operation_id = "refunds-create", tag = "refunds",
    summary = "Give a part of a booking's money back",
    params(("showId" = ShowId, Path), ("bookingId" = BookingId, Path), IdempotencyHeader), request_body = CreateRefund,
    responses(
        (status = 201, body = RefundItemView),
        (status = 400, description = "More than is left, nothing, or other money: `left` says how much there is", body = ProblemView),
        (status = 401, body = ProblemView), (status = 403, body = ProblemView), (status = 404, body = ProblemView),
        (status = 409, description = "`state-conflict` or `idempotency-in-flight`", body = ProblemView),
        (status = 422, description = "`idempotency-mismatch`", body = ProblemView),
    ),
    security(("cognito" = []))
)]
pub async fn handle(till: &Till, request: Request) -> Result<Reply, Problem> {
    let seller = till.app.seller(&request.caller()?).await?;
    let show = till.app.show_of(&seller, &request.path("showId")?).await?;
    let booking_id: BookingId = request.path("bookingId")?;
    let body: CreateRefund = request.json()?;

    request.once(&till.app, |first| create(till, first, &show.id, &booking_id, &body)).await
}

async fn create(till: &Till, first: First, show: &ShowId, booking: &BookingId, body: &CreateRefund) -> Result<Reply, Problem> {
    let booking = till.app.store.booking_of_show(show, booking).await?.ok_or_else(Problem::not_found)?;
    let id = RefundId::from_entropy(first.ids.entropy());
    let refund = till.settler.give_back(&booking, &body.amount, id, first.at).await?;

    Ok(Reply::created(&RefundItemView::from(&refund)))
}
