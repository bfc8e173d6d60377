//! `GET /v1/shows/{showId}/layout`: where the places of a show are.

use api::{App, Problem, Reply, Request};
use domain::id::ShowId;
use wire::{LayoutView, ProblemView};

/// Layouts never change, and neither do the prices of what is published.
const CACHE: &str = "public, max-age=31536000, immutable";

/// Shows the plan of a show that is on sale, or was.
#[utoipa::path(
    get, path = "/v1/shows/{showId}/layout", operation_id = "layouts-get", tag = "catalog",
    summary = "Where the places of a show are",
    params(("showId" = ShowId, Path)),
    responses((status = 200, body = LayoutView), (status = 404, body = ProblemView))
)]
pub async fn handle(app: &App, request: Request) -> Result<Reply, Problem> {
    let show_id: ShowId = request.path("showId")?;

    let now = app.clock.now();
    let show = app.store.show(&show_id, now).await?.filter(|show| show.is_public()).ok_or_else(Problem::not_found)?;
    let venue = app.store.venue(&show.venue).await?.ok_or_else(Problem::not_found)?;

    Ok(Reply::ok(&LayoutView::new(&show, &venue.layout)).cached(CACHE))
}
