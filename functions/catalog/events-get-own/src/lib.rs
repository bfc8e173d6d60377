//! `GET /v1/organizer/events/{eventId}`: an event as who works on it sees it.

use api::{App, Problem, Reply, Request};
use domain::id::EventId;
use wire::{OwnEventView, ProblemView};

/// Shows an event in whatever state. Other organizations' events do not exist for an organizer.
#[utoipa::path(
    get, path = "/v1/organizer/events/{eventId}", operation_id = "events-get-own", tag = "catalog",
    summary = "Your event, in whatever state",
    params(("eventId" = EventId, Path)),
    responses(
        (status = 200, body = OwnEventView), (status = 401, body = ProblemView), (status = 403, body = ProblemView),
        (status = 404, body = ProblemView),
    ),
    security(("cognito" = []))
)]
pub async fn handle(app: &App, request: Request) -> Result<Reply, Problem> {
    let seller = app.seller(&request.caller()?).await?;
    let event_id: EventId = request.path("eventId")?;

    let event = app.store.event_of(&seller, &event_id).await?.ok_or_else(Problem::not_found)?;
    let shows = app.store.shows_by_id(&event.shows).await?;

    Ok(Reply::ok(&OwnEventView::new(&event, &shows)))
}
