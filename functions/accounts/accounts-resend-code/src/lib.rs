//! `POST /v1/auth/resend-code`: mails another code to an address that waits to be confirmed.

use api::{AccountsApp, Problem, Reply, Request};
use wire::{ProblemView, ResendCode};

/// Mails another code, and says nothing about whether there was anybody to mail it to.
#[utoipa::path(
    post, path = "/v1/auth/resend-code", operation_id = "accounts-resend-code", tag = "accounts",
    summary = "Get another code",
    request_body = ResendCode,
    responses(
        (status = 204, description = "Sent, if the address waits for a code"), (status = 400, body = ProblemView),
        (status = 429, description = "`too-many-requests`", body = ProblemView),
    )
)]
pub async fn handle(app: &AccountsApp, request: Request) -> Result<Reply, Problem> {
    let body: ResendCode = request.json()?;

    app.accounts.resend_code(&body.email).await?;

    Ok(Reply::no_content())
}
