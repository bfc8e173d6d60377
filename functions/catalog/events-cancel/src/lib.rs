//! `POST /v1/events/{eventId}/cancel`: calls an event off.

use api::{App, Problem, Reply, Request};
use domain::id::EventId;
use std::time::Duration;
use tokio::time::Instant;
use wire::{CancellationView, ProblemView};

/// API Gateway waits half a minute for an answer; a call works for so long, then says how far it came.
const WORK_DURATION: Duration = Duration::from_secs(20);

/// Takes the event and its shows off sale, then closes every place, so that nothing can be held or sold any more.
#[utoipa::path(
    post, path = "/v1/events/{eventId}/cancel", operation_id = "events-cancel", tag = "catalog",
    summary = "Call an event off",
    description = "For good. Nothing is on sale any more once this answers, even with 202. Calling off again what is called off answers 200.",
    params(("eventId" = EventId, Path)),
    responses(
        (status = 200, body = CancellationView),
        (status = 202, description = "Not done yet: call again, it goes on where it stopped", body = CancellationView),
        (status = 401, body = ProblemView), (status = 403, body = ProblemView), (status = 404, body = ProblemView),
        (status = 409, description = "`state-conflict`", body = ProblemView), (status = 503, body = ProblemView),
    ),
    security(("cognito" = []))
)]
pub async fn handle(app: &App, request: Request) -> Result<Reply, Problem> {
    let deadline = Instant::now() + WORK_DURATION;
    let seller = app.seller(&request.caller()?).await?;
    let event_id: EventId = request.path("eventId")?;

    let event = app.store.event_of(&seller, &event_id).await?.ok_or_else(Problem::not_found)?;
    let progress = app.store.cancel_event(&event, deadline).await?;

    let view = CancellationView { event_id, status: progress.status, shows_closed: progress.done, shows: progress.of };
    Ok(if progress.complete { Reply::ok(&view) } else { Reply::accepted(&view) })
}
