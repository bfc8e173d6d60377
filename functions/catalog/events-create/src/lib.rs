//! `POST /v1/events`: writes the draft of an event with its shows.

use api::{App, Problem, Reply, Request};
use domain::event::{Event, EventStatus, Lifecycle};
use domain::id::EventId;
use wire::{CreateEvent, OwnEventView, ProblemView};

/// Writes a draft; nobody but its organization and admins sees it.
#[utoipa::path(
    post, path = "/v1/events", operation_id = "events-create", tag = "catalog",
    summary = "Draft an event with its shows",
    description = "For organizers, and for admins who are members of an organization: an event is always some organization's.",
    request_body = CreateEvent,
    responses(
        (status = 201, body = OwnEventView), (status = 400, body = ProblemView), (status = 401, body = ProblemView),
        (status = 403, body = ProblemView), (status = 413, body = ProblemView), (status = 415, body = ProblemView),
    ),
    security(("cognito" = []))
)]
pub async fn handle(app: &App, request: Request) -> Result<Reply, Problem> {
    let seller = app.seller(&request.caller()?).await?;
    let organization = api::organization_of(&seller)?;
    let body: CreateEvent = request.json()?;
    api::check_event(Some(&body.tags), Some(body.shows.len()))?;

    let now = app.clock.now();
    let event = Event {
        id: EventId::from_entropy(app.ids.entropy()),
        organization,
        title: body.title,
        description: body.description,
        category: body.category,
        language: body.language,
        tags: body.tags,
        images: vec![],
        shows: api::show_ids(app.ids, &[], body.shows.len()),
        lifecycle: Lifecycle { status: EventStatus::Draft, approved: false },
        rejection: None,
        publishing_since: None,
        revision: 1,
        created_at: now,
    };
    let shows = app.plan_shows(&event, body.shows, now).await?;
    app.store.create_event(&event, &shows).await?;

    Ok(Reply::created(&OwnEventView::new(&event, &shows)))
}
