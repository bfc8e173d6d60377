//! `PATCH /v1/me`: changes the caller's name or telephone number.

use api::{App, Problem, Reply, Request};
use wire::{ProblemView, ProfileView, UpdateProfile};

/// Changes what is given and leaves the rest.
#[utoipa::path(
    patch, path = "/v1/me", operation_id = "profiles-update", tag = "accounts",
    summary = "Change your profile",
    description = "Give `name`, `phone` or both; `phone: null` takes the number away.",
    request_body = UpdateProfile,
    responses(
        (status = 200, body = ProfileView), (status = 400, body = ProblemView), (status = 401, body = ProblemView),
        (status = 404, description = "No profile", body = ProblemView),
    ),
    security(("cognito" = []))
)]
pub async fn handle(app: &App, request: Request) -> Result<Reply, Problem> {
    let caller = request.caller()?;
    let body: UpdateProfile = request.json()?;
    if body.name.is_none() && body.phone.is_none() {
        return Err(Problem::invalid("/name", "name or phone must be given"));
    }

    let phone = body.phone.as_ref().map(Option::as_ref);
    let profile = app.store.update_profile(&caller.user, body.name.as_ref(), phone).await?.ok_or_else(Problem::not_found)?;
    let bookings = app.store.booking_count_of(&caller.user).await?;

    Ok(Reply::ok(&ProfileView::new(profile, caller.roles, bookings)))
}
