//! `POST /v1/organizer/shows/{showId}/bookings/{bookingId}/cancel`: the organizer calls somebody's booking off.

use api::{Problem, ProblemKind, Reply, Request, Till};
use domain::booking::BookingStatus;
use domain::id::{BookingId, ShowId};
use payments::CancelBy;
use wire::{BookingView, ProblemView};

/// All that is left of it goes back, whatever the terms say. Not once somebody came in with one of its tickets.
#[utoipa::path(
    post, path = "/v1/organizer/shows/{showId}/bookings/{bookingId}/cancel", operation_id = "show-bookings-cancel", tag = "refunds",
    summary = "Call a buyer's booking off and send all of their money back",
    params(("showId" = ShowId, Path), ("bookingId" = BookingId, Path)),
    responses(
        (status = 200, description = "Calling off again what is called off changes nothing", body = BookingView),
        (status = 401, body = ProblemView), (status = 403, body = ProblemView), (status = 404, body = ProblemView),
        (status = 409, description = "`state-conflict`", body = ProblemView),
    ),
    security(("cognito" = []))
)]
pub async fn handle(till: &Till, request: Request) -> Result<Reply, Problem> {
    let seller = till.app.seller(&request.caller()?).await?;
    let show = till.app.show_of(&seller, &request.path("showId")?).await?;
    let booking_id: BookingId = request.path("bookingId")?;

    let booking = till.app.store.booking_of_show(&show.id, &booking_id).await?.ok_or_else(Problem::not_found)?;
    let booking = match booking.status {
        BookingStatus::Confirmed => till.settler.cancel(&booking, &show, CancelBy::Organizer, till.app.clock.now()).await?,
        BookingStatus::Cancelled | BookingStatus::Refunded | BookingStatus::PartiallyRefunded => booking,
        BookingStatus::Pending | BookingStatus::Expired => {
            return Err(Problem::new(ProblemKind::StateConflict).with("bookingStatus", booking.status));
        }
    };

    Ok(Reply::ok(&BookingView::new(&booking, None)))
}
