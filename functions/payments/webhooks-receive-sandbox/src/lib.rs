//! `POST /v1/webhooks/sandbox`: the sandbox provider calls back.

use api::{Problem, Reply, Request, Till};
use domain::payment::Provider;
use wire::ProblemView;

/// Verifies the signature over the bytes as they came, then writes down what it says. Repeated, old and unknown events change nothing.
#[utoipa::path(
    post, path = "/v1/webhooks/sandbox", operation_id = "webhooks-receive-sandbox", tag = "payments",
    summary = "The sandbox provider's web hook",
    params(("sandbox-signature" = String, Header, description = "`t=<seconds>,v1=<HMAC-SHA256 of t.body>`")),
    request_body(content = Vec<u8>, content_type = "application/json"),
    responses((status = 200, description = "Taken"), (status = 400, body = ProblemView), (status = 401, body = ProblemView))
)]
pub async fn handle(till: &Till, request: Request) -> Result<Reply, Problem> {
    till.take_webhook(Provider::Sandbox, &request).await
}
