//! `POST /v1/auth/refresh`: new tokens for a refresh token.

use api::{AccountsApp, Problem, Reply, Request};
use wire::{ProblemView, RefreshToken, TokensView};

/// Makes new tokens, for the token in the body or in the cookie.
#[utoipa::path(
    post, path = "/v1/auth/refresh", operation_id = "accounts-refresh", tag = "accounts",
    summary = "Get new tokens",
    description = "The body may be left out: then the cookie that `sign-in` set counts.",
    request_body = Option<RefreshToken>,
    responses(
        (status = 200, body = TokensView), (status = 400, body = ProblemView),
        (status = 401, description = "None, or one that has run out or was revoked", body = ProblemView),
        (status = 429, description = "`too-many-requests`", body = ProblemView),
    )
)]
pub async fn handle(app: &AccountsApp, request: Request) -> Result<Reply, Problem> {
    let refresh = request.refresh_token()?;

    let tokens = app.accounts.refresh(&refresh).await?;

    Ok(Reply::signed_in(tokens))
}
