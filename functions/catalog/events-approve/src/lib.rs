//! `POST /v1/events/{eventId}/approve`: says yes to an event.

use api::{App, Problem, Reply, Request};
use domain::event::EventCommand;
use domain::id::EventId;
use domain::user::{Role, Seller};
use wire::{EventSummaryView, ProblemView};

/// Says yes to what was handed in; its organizer may publish it now. For admins.
#[utoipa::path(
    post, path = "/v1/events/{eventId}/approve", operation_id = "events-approve", tag = "catalog",
    summary = "Say yes to an event",
    params(("eventId" = EventId, Path)),
    responses(
        (status = 200, body = EventSummaryView), (status = 401, body = ProblemView), (status = 403, body = ProblemView),
        (status = 404, body = ProblemView), (status = 409, description = "`state-conflict`", body = ProblemView),
        (status = 503, body = ProblemView),
    ),
    security(("cognito" = []))
)]
pub async fn handle(app: &App, request: Request) -> Result<Reply, Problem> {
    request.caller()?.require(&[Role::Admin])?;
    let event_id: EventId = request.path("eventId")?;

    let event = app.store.event_of(&Seller::Admin(None), &event_id).await?.ok_or_else(Problem::not_found)?;
    let event = app.store.move_event(&event, EventCommand::Approve, None).await?;

    Ok(Reply::ok(&EventSummaryView::from(&event)))
}
