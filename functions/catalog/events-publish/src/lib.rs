//! `POST /v1/events/{eventId}/publish`: puts an approved event on sale.

use api::{App, Problem, Reply, Request};
use domain::id::EventId;
use std::time::Duration;
use tokio::time::Instant;
use wire::{ProblemView, PublicationView};

/// API Gateway waits half a minute for an answer; a call works for so long, then says how far it came.
const WORK_DURATION: Duration = Duration::from_secs(20);

/// Makes every place of every show, then puts the show on sale, then lists the event.
#[utoipa::path(
    post, path = "/v1/events/{eventId}/publish", operation_id = "events-publish", tag = "catalog",
    summary = "Put an approved event on sale",
    description = "Publishing again what is published answers 200. A show is on sale once all its places exist.",
    params(("eventId" = EventId, Path)),
    responses(
        (status = 200, body = PublicationView),
        (status = 202, description = "Not done yet: call again, it goes on where it stopped", body = PublicationView),
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
    let progress = app.store.publish_event(&event, app.clock.now(), deadline).await?;

    let view = PublicationView { event_id, status: progress.status, shows_published: progress.done, shows: progress.of };
    Ok(if progress.complete { Reply::ok(&view) } else { Reply::accepted(&view) })
}
