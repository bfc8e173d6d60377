//! `DELETE /v1/auth/mfa`: sign-in asks for no code any more.

use api::{AccountsApp, Problem, Reply, Request};
use wire::ProblemView;

/// Turns the second factor off; if it is off already, it stays off.
#[utoipa::path(
    delete, path = "/v1/auth/mfa", operation_id = "accounts-disable-mfa", tag = "accounts",
    summary = "Turn the second factor off",
    responses((status = 204, description = "Off"), (status = 401, body = ProblemView)),
    security(("cognito" = []))
)]
pub async fn handle(app: &AccountsApp, request: Request) -> Result<Reply, Problem> {
    request.caller()?;
    let access = request.access_token()?;

    app.accounts.disable_mfa(&access).await?;

    Ok(Reply::no_content())
}
