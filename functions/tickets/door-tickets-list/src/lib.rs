//! `GET /v1/door/shows/{showId}/tickets`: what a scanner must know before it goes offline.

use api::{App, Problem, Reply, Request, cursor};
use domain::id::ShowId;
use jiff::Timestamp;
use store::DoorPosition;
use wire::{DoorTicketPage, DoorTicketView, ProblemView};

/// A ticket is about 130 bytes of JSON, and a scanner wants them all.
const PAGE_TICKETS_MAX: u16 = 1_000;

/// The door list: tickets of which their codes do not tell everything.
#[utoipa::path(
    get, path = "/v1/door/shows/{showId}/tickets", operation_id = "door-tickets-list", tag = "tickets",
    summary = "The door list of a show",
    description = "Tickets that somebody came in with, that were revoked, or that are or were frozen. All others are as their codes say. With \
                   `since`, the `asOf` of the list before: what changed, and perhaps what changed shortly before that.",
    params(
        ("showId" = ShowId, Path), ("since" = Option<String>, Query, format = DateTime), ("limit" = Option<u16>, Query, minimum = 1, maximum = 1000),
        ("cursor" = Option<String>, Query),
    ),
    responses(
        (status = 200, body = DoorTicketPage), (status = 400, body = ProblemView), (status = 401, body = ProblemView),
        (status = 403, body = ProblemView), (status = 404, body = ProblemView),
    ),
    security(("cognito" = []))
)]
pub async fn handle(app: &App, request: Request) -> Result<Reply, Problem> {
    let keeper = app.doorkeeper(&request.caller()?).await?;
    let show = app.show_of(&keeper, &request.path("showId")?).await?;
    let since: Option<Timestamp> = request.query("since")?;
    let page = request.page_of(PAGE_TICKETS_MAX, PAGE_TICKETS_MAX)?;
    let from = page.position()?.unwrap_or_else(|| DoorPosition::first(since, app.clock.now()));

    let as_of = from.as_of;
    let (tickets, next) = app.store.door_list(&show.id, from, page.limit).await?;

    let items = tickets.into_iter().map(DoorTicketView::from).collect();
    Ok(Reply::ok(&DoorTicketPage { show_id: show.id.clone(), as_of, items, next: next.map(|next| cursor(&next.to_string())) }))
}
