//! `POST /v1/auth/sign-up`: makes an account and mails a code to its address.

use api::{AccountsApp, Problem, Reply, Request};
use wire::{ProblemView, SignUp, SignedUp};

/// Makes an account that waits for its address to be confirmed.
#[utoipa::path(
    post, path = "/v1/auth/sign-up", operation_id = "accounts-sign-up", tag = "accounts",
    summary = "Make an account",
    description = "A code is mailed to the address; `POST /v1/auth/confirm` takes it.",
    request_body = SignUp,
    responses(
        (status = 201, body = SignedUp), (status = 400, body = ProblemView),
        (status = 409, description = "`account-exists`", body = ProblemView),
        (status = 422, description = "`password-refused`", body = ProblemView),
        (status = 429, description = "`too-many-requests`", body = ProblemView),
    )
)]
pub async fn handle(app: &AccountsApp, request: Request) -> Result<Reply, Problem> {
    let body: SignUp = request.json()?;

    let user_id = app.accounts.sign_up(&body.email, &body.password, &body.name).await?;

    Ok(Reply::created(&SignedUp { user_id }))
}
