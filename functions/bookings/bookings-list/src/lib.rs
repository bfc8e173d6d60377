//! `GET /v1/bookings`: the caller's bookings, newest first.

use api::{App, Problem, Reply, Request};
use domain::id::BookingId;
use wire::{BookingPage, BookingView, ProblemView};

/// One page of the caller's bookings.
#[utoipa::path(
    get, path = "/v1/bookings", operation_id = "bookings-list", tag = "bookings",
    summary = "Your bookings, newest first",
    params(("limit" = Option<u16>, Query), ("cursor" = Option<String>, Query)),
    responses((status = 200, body = BookingPage), (status = 400, body = ProblemView), (status = 401, body = ProblemView)),
    security(("cognito" = []))
)]
pub async fn handle(app: &App, request: Request) -> Result<Reply, Problem> {
    let caller = request.caller()?;
    let page = request.page()?;
    let after: Option<BookingId> = request.query("cursor")?;

    let bookings = app.store.bookings_of(&caller.user, after.as_ref(), page.limit).await?;
    let full = bookings.len() == usize::from(page.limit);
    let next = bookings.last().filter(|_| full).map(|last| last.id.to_string());

    Ok(Reply::ok(&BookingPage { items: bookings.iter().map(|booking| BookingView::new(booking, None)).collect(), next }))
}
