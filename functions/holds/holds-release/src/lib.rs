//! `DELETE /v1/shows/{showId}/hold`: gives the caller's places back at once.

use api::{App, Problem, Reply, Request};
use domain::id::ShowId;
use wire::ProblemView;

/// Frees every place of the hold. A payment under way may still take them if they are free when it arrives.
#[utoipa::path(
    delete, path = "/v1/shows/{showId}/hold", operation_id = "holds-release", tag = "holds",
    summary = "Give your places back",
    params(("showId" = ShowId, Path)),
    responses((status = 204, description = "Released"), (status = 401, body = ProblemView), (status = 404, body = ProblemView)),
    security(("cognito" = []))
)]
pub async fn handle(app: &App, request: Request) -> Result<Reply, Problem> {
    let caller = request.caller()?;
    let show_id: ShowId = request.path("showId")?;

    app.store.release_hold(&show_id, &caller.user, app.clock.now()).await?;

    Ok(Reply::no_content())
}
