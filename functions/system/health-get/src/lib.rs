//! `GET /v1/health`: whether the API answers, and which version of it.

use api::{Nothing, Problem, Reply, Request};
use wire::HealthView;

/// Answers.
#[utoipa::path(
    get, path = "/v1/health", operation_id = "health-get", tag = "system",
    summary = "Whether the API answers",
    responses((status = 200, body = HealthView))
)]
#[expect(clippy::unused_async, reason = "every handler is asynchronous")]
pub async fn handle(_: &Nothing, _: Request) -> Result<Reply, Problem> {
    Ok(Reply::ok(&HealthView { status: "ok", version: env!("CARGO_PKG_VERSION") }))
}
