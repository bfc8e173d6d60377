//! `GET /v1/me`: the caller, as they see themselves.

use api::{App, Problem, Reply, Request};
use wire::{ProblemView, ProfileView};

/// Answers the caller's profile, with the roles of their token.
#[utoipa::path(
    get, path = "/v1/me", operation_id = "profiles-get", tag = "accounts",
    summary = "Who you are",
    responses(
        (status = 200, body = ProfileView), (status = 401, body = ProblemView),
        (status = 404, description = "No profile", body = ProblemView),
    ),
    security(("cognito" = []))
)]
pub async fn handle(app: &App, request: Request) -> Result<Reply, Problem> {
    let caller = request.caller()?;

    let profile = app.store.profile(&caller.user).await?.ok_or_else(Problem::not_found)?;
    let bookings = app.store.booking_count_of(&caller.user).await?;

    Ok(Reply::ok(&ProfileView::new(profile, caller.roles, bookings)))
}
