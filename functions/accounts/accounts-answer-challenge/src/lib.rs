//! `POST /v1/auth/challenge`: a code from an authenticator finishes a sign-in.

use api::{AccountsApp, Problem, Reply, Request};
use wire::{AnswerChallenge, ProblemView, TokensView};

/// Passes the second factor.
#[utoipa::path(
    post, path = "/v1/auth/challenge", operation_id = "accounts-answer-challenge", tag = "accounts",
    summary = "Sign in: the second factor",
    request_body = AnswerChallenge,
    responses(
        (status = 200, body = TokensView),
        (status = 400, description = "`code-refused` or `invalid-request`", body = ProblemView),
        (status = 429, description = "`too-many-requests`", body = ProblemView),
    )
)]
pub async fn handle(app: &AccountsApp, request: Request) -> Result<Reply, Problem> {
    let body: AnswerChallenge = request.json()?;

    let tokens = app.accounts.answer_challenge(&body.email, &body.session, &body.code).await?;

    Ok(Reply::signed_in(tokens))
}
