//! `GET /v1/organizer/shows/{showId}/bookings`: what was sold of a show.

use api::{App, Problem, Reply, Request, cursor};
use domain::booking::Booking;
use domain::id::{BookingId, ShowId};
use wire::{BookingView, ProblemView, ShowBookingPage, ShowBookingView};

/// Every booking that was ever confirmed, oldest first: to those who sell the show, and to admins.
#[utoipa::path(
    get, path = "/v1/organizer/shows/{showId}/bookings", operation_id = "show-bookings-list", tag = "refunds",
    summary = "A show's bookings, oldest first",
    description = "A booking appears here a moment after it is confirmed, and stays when it is called off.",
    params(("showId" = ShowId, Path), ("limit" = Option<u16>, Query), ("cursor" = Option<String>, Query)),
    responses(
        (status = 200, body = ShowBookingPage), (status = 400, body = ProblemView), (status = 401, body = ProblemView),
        (status = 403, body = ProblemView), (status = 404, body = ProblemView),
    ),
    security(("cognito" = []))
)]
pub async fn handle(app: &App, request: Request) -> Result<Reply, Problem> {
    let seller = app.seller(&request.caller()?).await?;
    let show = app.show_of(&seller, &request.path("showId")?).await?;
    let page = request.page()?;
    let after: Option<BookingId> = page.position()?;

    let bookings = app.store.sales_of_show(&show.id, after.as_ref(), page.limit).await?;

    let is_full = bookings.len() == usize::from(page.limit);
    let next = bookings.last().filter(|_| is_full).map(|last| cursor(last.id.as_str()));
    Ok(Reply::ok(&ShowBookingPage { items: bookings.iter().map(view).collect(), next }))
}

fn view(booking: &Booking) -> ShowBookingView {
    ShowBookingView { user_id: booking.user.clone(), booking: BookingView::new(booking, None) }
}
