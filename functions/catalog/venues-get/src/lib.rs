//! `GET /v1/venues/{venueId}`: a venue with its parts.

use api::{App, Problem, Reply, Request};
use domain::id::VenueId;
use wire::{ProblemView, VenueView};

/// Shows a venue. It never changes, so caches may keep it for a day.
#[utoipa::path(
    get, path = "/v1/venues/{venueId}", operation_id = "venues-get", tag = "catalog",
    summary = "A venue",
    params(("venueId" = VenueId, Path)),
    responses((status = 200, body = VenueView), (status = 404, body = ProblemView))
)]
pub async fn handle(app: &App, request: Request) -> Result<Reply, Problem> {
    let venue_id: VenueId = request.path("venueId")?;

    let venue = app.store.venue(&venue_id).await?.ok_or_else(Problem::not_found)?;

    Ok(Reply::ok(&VenueView::from(&*venue)).cached("public, max-age=86400"))
}
