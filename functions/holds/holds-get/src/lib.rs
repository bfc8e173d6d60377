//! `GET /v1/shows/{showId}/hold`: the caller's live hold of a show.

use api::{App, Problem, Reply, Request};
use domain::id::ShowId;
use wire::{HoldView, ProblemView};

/// Shows the hold while it is live; afterwards there is none.
#[utoipa::path(
    get, path = "/v1/shows/{showId}/hold", operation_id = "holds-get", tag = "holds",
    summary = "Your hold of this show",
    params(("showId" = ShowId, Path)),
    responses((status = 200, body = HoldView), (status = 401, body = ProblemView), (status = 404, body = ProblemView)),
    security(("cognito" = []))
)]
pub async fn handle(app: &App, request: Request) -> Result<Reply, Problem> {
    let caller = request.caller()?;
    let show_id: ShowId = request.path("showId")?;

    let now = app.clock.now();
    let hold = app.store.hold_of(&show_id, &caller.user, now).await?.ok_or_else(Problem::not_found)?;

    Ok(Reply::ok(&HoldView::new(&hold, now)))
}
