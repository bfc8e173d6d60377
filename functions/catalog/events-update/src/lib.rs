//! `PATCH /v1/events/{eventId}`: changes a draft.

use api::{App, Problem, Reply, Request};
use domain::event::{Event, EventCommand};
use domain::id::EventId;
use domain::organization::SellingTerms;
use domain::show::Show;
use jiff::Timestamp;
use wire::{OwnEventView, ProblemView, UpdateEvent};

/// Changes a draft. Shows that are given replace all it had; afterwards shows can only be called off with their event.
#[utoipa::path(
    patch, path = "/v1/events/{eventId}", operation_id = "events-update", tag = "catalog",
    summary = "Change a draft",
    description = "Only a draft can be changed: what is published may have sold places, and keeps its shows.",
    params(("eventId" = EventId, Path)), request_body = UpdateEvent,
    responses(
        (status = 200, body = OwnEventView), (status = 400, body = ProblemView), (status = 401, body = ProblemView),
        (status = 403, body = ProblemView), (status = 404, body = ProblemView),
        (status = 409, description = "`state-conflict`: not a draft", body = ProblemView),
        (status = 413, body = ProblemView), (status = 415, body = ProblemView), (status = 503, body = ProblemView),
    ),
    security(("cognito" = []))
)]
pub async fn handle(app: &App, request: Request) -> Result<Reply, Problem> {
    let seller = app.seller(&request.caller()?).await?;
    let event_id: EventId = request.path("eventId")?;
    let body: UpdateEvent = request.json()?;
    api::check_event(body.tags.as_deref(), body.shows.as_ref().map(Vec::len))?;

    let before = app.store.event_of(&seller, &event_id).await?.ok_or_else(Problem::not_found)?;
    before.after(EventCommand::Edit)?;
    let (edited, shows) = edit(app, &before, body, app.clock.now()).await?;
    let edited = app.store.update_event(&before, &edited, &shows).await?;

    Ok(Reply::ok(&OwnEventView::new(&edited, &shows)))
}

/// The draft and its shows as they are to be. Every show carries the event's title, and its organization's terms as they are now.
async fn edit(app: &App, before: &Event, body: UpdateEvent, now: Timestamp) -> Result<(Event, Vec<Show>), Problem> {
    let mut event = before.clone();
    event.title = body.title.unwrap_or(event.title);
    event.description = body.description.unwrap_or(event.description);
    event.category = body.category.unwrap_or(event.category);
    event.language = body.language.unwrap_or(event.language);
    event.tags = body.tags.unwrap_or(event.tags);
    let shows = match body.shows {
        Some(wanted) => {
            event.shows = api::show_ids(&app.ids, &before.shows, wanted.len());
            app.plan_shows(&event, wanted, now).await?
        }
        None => app.store.shows_by_id(&before.shows).await?,
    };
    let SellingTerms { charges, refund_terms } = app.selling_terms_of(&event.organization).await?;
    let renewed = |show| Show { title: event.title.clone(), charges, refund_terms: refund_terms.clone(), ..show };
    Ok((event.clone(), shows.into_iter().map(renewed).collect()))
}
