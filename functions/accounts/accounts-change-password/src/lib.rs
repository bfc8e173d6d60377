//! `POST /v1/auth/change-password`: a new password in place of the present one.

use api::{AccountsApp, Problem, Reply, Request};
use wire::{ChangePassword, ProblemView};

/// Sets a new password for the caller, who knows the present one.
#[utoipa::path(
    post, path = "/v1/auth/change-password", operation_id = "accounts-change-password", tag = "accounts",
    summary = "Change your password",
    request_body = ChangePassword,
    responses(
        (status = 204, description = "Changed"), (status = 400, body = ProblemView),
        (status = 401, description = "`sign-in-refused` if the present password is wrong", body = ProblemView),
        (status = 422, description = "`password-refused`", body = ProblemView),
        (status = 429, description = "`too-many-requests`", body = ProblemView),
    ),
    security(("cognito" = []))
)]
pub async fn handle(app: &AccountsApp, request: Request) -> Result<Reply, Problem> {
    request.caller()?;
    let access = request.access_token()?;
    let body: ChangePassword = request.json()?;

    app.accounts.change_password(&access, &body.current_password, &body.new_password).await?;

    Ok(Reply::no_content())
}
