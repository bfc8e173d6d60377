//! `POST /v1/auth/sign-out`: ends a refresh token and everything that came of it.

use api::{AccountsApp, Problem, Reply, Request};
use wire::{ProblemView, RefreshToken};

/// Revokes the token in the body or in the cookie, and takes the cookie away.
#[utoipa::path(
    post, path = "/v1/auth/sign-out", operation_id = "accounts-sign-out", tag = "accounts",
    summary = "Sign out",
    description = "The body may be left out: then the cookie that `sign-in` set counts.",
    request_body = Option<RefreshToken>,
    responses(
        (status = 204, description = "Signed out"), (status = 400, body = ProblemView),
        (status = 401, description = "There is nobody to sign out", body = ProblemView),
        (status = 429, description = "`too-many-requests`", body = ProblemView),
    )
)]
pub async fn handle(app: &AccountsApp, request: Request) -> Result<Reply, Problem> {
    let refresh = request.refresh_token()?;

    app.accounts.revoke(&refresh).await?;

    Ok(Reply::signed_out())
}
