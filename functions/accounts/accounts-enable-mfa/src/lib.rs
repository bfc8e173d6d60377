//! `POST /v1/auth/mfa/verify`: a code proves the caller's authenticator; from now on sign-in asks for one.

use api::{AccountsApp, Problem, Reply, Request};
use wire::{EnableMfa, ProblemView};

/// Turns the second factor on.
#[utoipa::path(
    post, path = "/v1/auth/mfa/verify", operation_id = "accounts-enable-mfa", tag = "accounts",
    summary = "Turn the second factor on",
    request_body = EnableMfa,
    responses(
        (status = 204, description = "On"),
        (status = 400, description = "`code-refused` or `invalid-request`", body = ProblemView), (status = 401, body = ProblemView),
        (status = 429, description = "`too-many-requests`", body = ProblemView),
    ),
    security(("cognito" = []))
)]
pub async fn handle(app: &AccountsApp, request: Request) -> Result<Reply, Problem> {
    request.caller()?;
    let access = request.access_token()?;
    let body: EnableMfa = request.json()?;

    app.accounts.enable_mfa(&access, &body.code).await?;

    Ok(Reply::no_content())
}
