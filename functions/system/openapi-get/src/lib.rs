//! `GET /v1/openapi.json`: this API, described.

use api::{Nothing, Problem, Reply, Request};

/// Generated from the types by `cargo xtask openapi`; a test fails when it is stale.
const DESCRIPTION: &str = include_str!("../../../../openapi.json");

/// Answers with the description.
#[utoipa::path(
    get, path = "/v1/openapi.json", operation_id = "openapi-get", tag = "system",
    summary = "This description",
    responses((status = 200, content_type = "application/json", body = String))
)]
#[expect(clippy::unused_async, reason = "every handler is asynchronous")]
pub async fn handle(_: &Nothing, _: Request) -> Result<Reply, Problem> {
    Ok(Reply::text("application/json", DESCRIPTION.to_owned()).cached("public, max-age=300"))
}
