//! `POST /v1/auth/mfa`: a fresh secret for the caller's authenticator.

use api::{AccountsApp, Problem, Reply, Request};
use wire::{MfaSecretView, ProblemView};

/// Makes a secret. Nothing is asked for at sign-in until `POST /v1/auth/mfa/verify` has seen a code of it.
#[utoipa::path(
    post, path = "/v1/auth/mfa", operation_id = "accounts-set-up-mfa", tag = "accounts",
    summary = "Set up a second factor",
    responses(
        (status = 200, body = MfaSecretView), (status = 401, body = ProblemView),
        (status = 404, description = "No profile", body = ProblemView), (status = 503, body = ProblemView),
    ),
    security(("cognito" = []))
)]
pub async fn handle(app: &AccountsApp, request: Request) -> Result<Reply, Problem> {
    let caller = request.caller()?;
    let access = request.access_token()?;

    let profile = app.app.store.profile(&caller.user).await?.ok_or_else(Problem::not_found)?;
    let made = app.accounts.set_up_mfa(&access).await?;

    Ok(Reply::ok(&MfaSecretView { secret: made.secret().clone(), otpauth_uri: made.otpauth_uri(&profile.email) }))
}
