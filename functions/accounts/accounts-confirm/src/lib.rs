//! `POST /v1/auth/confirm`: the code that was mailed proves the address; the profile is made.

use api::{AccountsApp, Problem, Reply, Request};
use auth::ConfirmError;
use wire::{ConfirmAddress, ProblemView};

/// Confirms the address and makes the profile. Who was confirmed before has a profile after this, and is still refused.
#[utoipa::path(
    post, path = "/v1/auth/confirm", operation_id = "accounts-confirm", tag = "accounts",
    summary = "Confirm your address",
    request_body = ConfirmAddress,
    responses(
        (status = 204, description = "Confirmed: sign in"),
        (status = 400, description = "`code-refused` or `invalid-request`", body = ProblemView),
        (status = 429, description = "`too-many-requests`", body = ProblemView),
    )
)]
pub async fn handle(app: &AccountsApp, request: Request) -> Result<Reply, Problem> {
    let body: ConfirmAddress = request.json()?;

    let confirmed = app.accounts.confirm(&body.email, &body.code).await;
    if matches!(confirmed, Ok(()) | Err(ConfirmError::AlreadyConfirmed)) {
        app.ensure_profile(&body.email).await?;
    }
    confirmed?;

    Ok(Reply::no_content())
}
