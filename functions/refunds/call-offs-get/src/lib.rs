//! `GET /v1/organizer/events/{eventId}/call-off`: how far a call-off is.

use api::{App, Problem, ProblemKind, Reply, Request};
use domain::event::EventStatus;
use domain::id::{EventId, ShowId};
use store::{BOOKING_SHARDS, CALL_OFF_ROUNDS};
use wire::{CallOffView, ProblemView, ShowCallOffView};

/// Counts what the worker noted: bookings that were called off, and those whose money could not be sent back.
#[utoipa::path(
    get, path = "/v1/organizer/events/{eventId}/call-off", operation_id = "call-offs-get", tag = "refunds",
    summary = "How far a call-off is",
    params(("eventId" = EventId, Path)),
    responses(
        (status = 200, body = CallOffView), (status = 401, body = ProblemView), (status = 403, body = ProblemView),
        (status = 404, body = ProblemView), (status = 409, description = "`state-conflict`: it was not called off", body = ProblemView),
    ),
    security(("cognito" = []))
)]
pub async fn handle(app: &App, request: Request) -> Result<Reply, Problem> {
    let seller = app.seller(&request.caller()?).await?;
    let event_id: EventId = request.path("eventId")?;

    let event = app.store.event_of(&seller, &event_id).await?.ok_or_else(Problem::not_found)?;
    if event.lifecycle.status != EventStatus::Cancelled {
        return Err(Problem::new(ProblemKind::StateConflict).with("eventStatus", event.lifecycle.status));
    }
    let mut shows = Vec::with_capacity(event.shows.len());
    for show in event.shows {
        shows.push(how_far(app, show).await?);
    }

    Ok(Reply::ok(&CallOffView { event_id, complete: shows.iter().all(|show| show.complete), shows }))
}

/// Two rounds look at every booking; the second finds again what the first called off.
async fn how_far(app: &App, show_id: ShowId) -> Result<ShowCallOffView, Problem> {
    let parts = app.store.call_off_of(&show_id).await?;
    let shards = usize::from(BOOKING_SHARDS);
    let is_over = parts.len() == shards * usize::from(CALL_OFF_ROUNDS) && parts.iter().all(|part| part.complete);
    let counted = if is_over { &parts[parts.len() - shards..] } else { &parts[..parts.len().min(shards)] };
    Ok(ShowCallOffView {
        show_id,
        complete: is_over,
        called_off: counted.iter().map(|part| part.called_off).sum(),
        refused: counted.iter().map(|part| part.refused).sum(),
    })
}
