//! `GET /v1/organizer/events`: the events that the caller works on.

use api::{App, Problem, Reply, Request, cursor};
use domain::event::EventStatus;
use domain::user::Seller;
use store::EventSummary;
use wire::{EventSummaryPage, EventSummaryView, ProblemView};

/// One page of the organization's events. Admins get all organizations' events of one status.
#[utoipa::path(
    get, path = "/v1/organizer/events", operation_id = "events-list-own", tag = "catalog",
    summary = "Your organization's events, newest first",
    description = "Admins see the events of all organizations, one status at a time: SUBMITTED unless they say otherwise.",
    params(("status" = Option<EventStatus>, Query), ("limit" = Option<u16>, Query), ("cursor" = Option<String>, Query)),
    responses(
        (status = 200, body = EventSummaryPage), (status = 400, body = ProblemView), (status = 401, body = ProblemView),
        (status = 403, body = ProblemView),
    ),
    security(("cognito" = []))
)]
pub async fn handle(app: &App, request: Request) -> Result<Reply, Problem> {
    let seller = app.seller(&request.caller()?).await?;
    let status: Option<EventStatus> = request.query("status")?;
    let page = request.page()?;
    let before: Option<String> = page.position()?;

    let events = match &seller {
        Seller::Organizer(organization) => app.store.events_of(organization, status, before, page.limit).await?,
        Seller::Admin(_) => app.store.events_with_status(status.unwrap_or(EventStatus::Submitted), before, page.limit).await?,
    };

    let items = events.items.into_iter().map(view).collect();
    Ok(Reply::ok(&EventSummaryPage { items, next: events.next.as_deref().map(cursor) }))
}

fn view(summary: EventSummary) -> EventSummaryView {
    let EventSummary { event, organization, title, category, status, approved, shows, created_at } = summary;
    EventSummaryView { event_id: event, organization_id: organization, title, category, status, approved, shows, created_at }
}
