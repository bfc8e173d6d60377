//! `POST /v1/auth/forgot-password`: mails a code for a new password.

use api::{AccountsApp, Problem, Reply, Request};
use wire::{ForgotPassword, ProblemView};

/// Mails a code, and says nothing about whether there was anybody to mail it to.
#[utoipa::path(
    post, path = "/v1/auth/forgot-password", operation_id = "accounts-forgot-password", tag = "accounts",
    summary = "Forgot your password",
    request_body = ForgotPassword,
    responses(
        (status = 204, description = "Sent, if the address has an account"), (status = 400, body = ProblemView),
        (status = 429, description = "`too-many-requests`", body = ProblemView),
    )
)]
pub async fn handle(app: &AccountsApp, request: Request) -> Result<Reply, Problem> {
    let body: ForgotPassword = request.json()?;

    app.accounts.forgot_password(&body.email).await?;

    Ok(Reply::no_content())
}
