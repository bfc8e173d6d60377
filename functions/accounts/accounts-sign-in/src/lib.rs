//! `POST /v1/auth/sign-in`: address and password become tokens, or the question for a second factor.

use api::{AccountsApp, Problem, Reply, Request};
use auth::SignedIn;
use wire::{ChallengeKind, ChallengeView, ProblemView, SignIn, SignInView};

/// Signs somebody in. A profile that a crash kept from being made is made now.
#[utoipa::path(
    post, path = "/v1/auth/sign-in", operation_id = "accounts-sign-in", tag = "accounts",
    summary = "Sign in",
    description = "Answers tokens, and sets the refresh token as a cookie for `/v1/auth`; or, with a second factor, a challenge.",
    request_body = SignIn,
    responses(
        (status = 200, body = SignInView), (status = 400, body = ProblemView),
        (status = 401, description = "`sign-in-refused`", body = ProblemView),
        (status = 403, description = "`not-confirmed`", body = ProblemView),
        (status = 429, description = "`too-many-requests`", body = ProblemView),
    )
)]
pub async fn handle(app: &AccountsApp, request: Request) -> Result<Reply, Problem> {
    let body: SignIn = request.json()?;

    let signed_in = app.accounts.sign_in(&body.email, &body.password).await?;
    app.ensure_profile(&body.email).await?;

    Ok(match signed_in {
        SignedIn::Tokens(tokens) => Reply::signed_in(tokens),
        SignedIn::Challenge(session) => Reply::ok(&ChallengeView { challenge: ChallengeKind::SoftwareTokenMfa, session }),
    })
}
