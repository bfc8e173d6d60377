//! `POST /v1/events/{eventId}/submit`: hands in a draft for approval.

use api::{App, Problem, Reply, Request};
use domain::event::EventCommand;
use domain::id::EventId;
use wire::{EventSummaryView, ProblemView};

/// Hands in a draft: from now on it waits for an admin, and cannot be changed.
#[utoipa::path(
    post, path = "/v1/events/{eventId}/submit", operation_id = "events-submit", tag = "catalog",
    summary = "Hand in a draft for approval",
    params(("eventId" = EventId, Path)),
    responses(
        (status = 200, body = EventSummaryView), (status = 401, body = ProblemView), (status = 403, body = ProblemView),
        (status = 404, body = ProblemView), (status = 409, description = "`state-conflict`", body = ProblemView),
        (status = 503, body = ProblemView),
    ),
    security(("cognito" = []))
)]
pub async fn handle(app: &App, request: Request) -> Result<Reply, Problem> {
    let seller = app.seller(&request.caller()?).await?;
    let event_id: EventId = request.path("eventId")?;

    let event = app.store.event_of(&seller, &event_id).await?.ok_or_else(Problem::not_found)?;
    let event = app.store.move_event(&event, EventCommand::Submit, None).await?;

    Ok(Reply::ok(&EventSummaryView::from(&event)))
}
