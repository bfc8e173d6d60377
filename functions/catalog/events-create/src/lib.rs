//! `POST /v1/events`: writes the draft of an event with its shows.

use api::{App, First, Problem, Reply, Request};
use domain::event::{Event, EventStatus, Lifecycle};
use domain::id::{EventId, OrganizationId};
use wire::{CreateEvent, IdempotencyHeader, OwnEventView, ProblemView};

/// Writes a draft; nobody but its organization and admins sees it.
#[utoipa::path(
    post, path = "/v1/events", operation_id = "events-create", tag = "catalog",
    summary = "Draft an event with its shows",
    description = "For organizers, and for admins who are members of an organization: an event is always some organization's.",
    params(IdempotencyHeader), request_body = CreateEvent,
    responses(
        (status = 201, body = OwnEventView), (status = 400, body = ProblemView), (status = 401, body = ProblemView),
        (status = 403, body = ProblemView), (status = 409, description = "`idempotency-in-flight`", body = ProblemView),
        (status = 413, body = ProblemView), (status = 415, body = ProblemView),
        (status = 422, description = "`idempotency-mismatch`", body = ProblemView),
    ),
    security(("cognito" = []))
)]
pub async fn handle(app: &App, request: Request) -> Result<Reply, Problem> {
    let seller = app.seller(&request.caller()?).await?;
    let organization = api::organization_of(&seller)?;
    let body: CreateEvent = request.json()?;
    api::check_event(Some(&body.tags), Some(body.shows.len()))?;

    request.once(app, |first| create(app, first, organization, body)).await
}

async fn create(app: &App, first: First, organization: OrganizationId, body: CreateEvent) -> Result<Reply, Problem> {
    let event = Event {
        id: EventId::from_entropy(first.ids.entropy()),
        organization,
        title: body.title,
        description: body.description,
        category: body.category,
        language: body.language,
        tags: body.tags,
        images: vec![],
        shows: api::show_ids(&first.ids, &[], body.shows.len()),
        lifecycle: Lifecycle { status: EventStatus::Draft, approved: false },
        rejection: None,
        publishing_since: None,
        revision: 1,
        created_at: first.at,
    };
    let shows = app.plan_shows(&event, body.shows, first.at).await?;
    app.store.create_event(&event, &shows).await?;

    Ok(Reply::created(&OwnEventView::new(&event, &shows)))
}
