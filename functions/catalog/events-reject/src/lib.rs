//! `POST /v1/events/{eventId}/reject`: hands an event back.

use api::{App, Problem, Reply, Request};
use domain::event::EventCommand;
use domain::id::EventId;
use domain::user::{Role, Seller};
use wire::{EventSummaryView, ProblemView, RejectEvent};

/// Hands an event back with the reason why: it is a draft again. For admins.
#[utoipa::path(
    post, path = "/v1/events/{eventId}/reject", operation_id = "events-reject", tag = "catalog",
    summary = "Hand an event back",
    params(("eventId" = EventId, Path)), request_body = RejectEvent,
    responses(
        (status = 200, body = EventSummaryView), (status = 400, body = ProblemView), (status = 401, body = ProblemView), (status = 403, body = ProblemView),
        (status = 404, body = ProblemView), (status = 409, description = "`state-conflict`", body = ProblemView),
        (status = 413, body = ProblemView), (status = 415, body = ProblemView), (status = 503, body = ProblemView),
    ),
    security(("cognito" = []))
)]
pub async fn handle(app: &App, request: Request) -> Result<Reply, Problem> {
    request.caller()?.require(&[Role::Admin])?;
    let event_id: EventId = request.path("eventId")?;
    let body: RejectEvent = request.json()?;

    let event = app.store.event_of(&Seller::Admin(None), &event_id).await?.ok_or_else(Problem::not_found)?;
    let event = app.store.move_event(&event, EventCommand::Reject, Some(&body.reason)).await?;

    Ok(Reply::ok(&EventSummaryView::from(&event)))
}
