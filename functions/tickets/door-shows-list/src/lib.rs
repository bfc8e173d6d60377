//! `GET /v1/door/shows`: the shows whose door the caller works.

use api::{App, Problem, Reply, Request, cursor};
use domain::id::OrganizationId;
use jiff::SignedDuration;
use wire::{DoorShowPage, DoorShowView, ProblemView};

/// How long after it began a show is still somebody's work.
const AFTER_START_MAX: SignedDuration = SignedDuration::from_hours(12);

/// The organization's shows from half a day ago on, the nearest first.
#[utoipa::path(
    get, path = "/v1/door/shows", operation_id = "door-shows-list", tag = "tickets",
    summary = "Shows whose door you work",
    description = "From those that began 12 hours ago on, the nearest first. For staff and organizers; admins name an organization.",
    params(("organizationId" = Option<OrganizationId>, Query), ("limit" = Option<u16>, Query), ("cursor" = Option<String>, Query)),
    responses(
        (status = 200, body = DoorShowPage), (status = 400, body = ProblemView), (status = 401, body = ProblemView),
        (status = 403, body = ProblemView), (status = 404, body = ProblemView),
    ),
    security(("cognito" = []))
)]
pub async fn handle(app: &App, request: Request) -> Result<Reply, Problem> {
    let keeper = app.doorkeeper(&request.caller()?).await?;
    let organization = app.organization_meant(&keeper, request.query("organizationId")?)?;
    let page = request.page()?;
    let after: Option<String> = page.position()?;

    let shows = app.store.shows_at_door(&organization, app.clock.now() - AFTER_START_MAX, after, page.limit).await?;

    let items = shows.items.iter().map(DoorShowView::from).collect();
    Ok(Reply::ok(&DoorShowPage { items, next: shows.next.as_deref().map(cursor) }))
}
