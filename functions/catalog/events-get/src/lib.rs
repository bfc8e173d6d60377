//! `GET /v1/events/{eventId}`: an event as everybody sees it.

use api::{App, Problem, Reply, Request};
use domain::event::{Event, EventStatus};
use domain::id::EventId;
use domain::listing::public_status;
use wire::{EventView, ProblemView};

/// An answer may be this old.
const CACHE: &str = "public, s-maxage=5, stale-while-revalidate=30";

/// Shows an event that was published. Once its last show is a day old it is COMPLETED.
#[utoipa::path(
    get, path = "/v1/events/{eventId}", operation_id = "events-get", tag = "catalog",
    summary = "An event with its shows",
    params(("eventId" = EventId, Path)),
    responses((status = 200, body = EventView), (status = 404, body = ProblemView))
)]
pub async fn handle(app: &App, request: Request) -> Result<Reply, Problem> {
    let event_id: EventId = request.path("eventId")?;

    let event = app.store.event(&event_id).await?.filter(Event::is_public).ok_or_else(Problem::not_found)?;
    let shows = app.store.shows_of(&event_id).await?;
    let last_show_at = shows.iter().map(|show| show.starts_at).max();
    let status = public_status(event.lifecycle.status == EventStatus::Cancelled, last_show_at, app.clock.now());

    Ok(Reply::ok(&EventView::new(&event, status, &shows)).cached(CACHE))
}
