//! `POST /v1/auth/reset-password`: a mailed code and a new password in place of a forgotten one.

use api::{AccountsApp, Problem, Reply, Request};
use wire::{ProblemView, ResetPassword};

/// Sets a new password with the mailed code.
#[utoipa::path(
    post, path = "/v1/auth/reset-password", operation_id = "accounts-reset-password", tag = "accounts",
    summary = "Choose a new password with a code",
    request_body = ResetPassword,
    responses(
        (status = 204, description = "Changed: sign in"),
        (status = 400, description = "`code-refused` or `invalid-request`", body = ProblemView),
        (status = 422, description = "`password-refused`", body = ProblemView),
        (status = 429, description = "`too-many-requests`", body = ProblemView),
    )
)]
pub async fn handle(app: &AccountsApp, request: Request) -> Result<Reply, Problem> {
    let body: ResetPassword = request.json()?;

    app.accounts.reset_password(&body.email, &body.code, &body.new_password).await?;

    Ok(Reply::no_content())
}
