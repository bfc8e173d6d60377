//! `POST /v1/webhooks/stripe`: Stripe calls back.

use api::{Problem, Reply, Request, Till};
use domain::payment::Provider;
use wire::ProblemView;

/// Verifies the signature over the bytes as they came, writes down what they say, and leaves the rest to a worker. Repeated,
/// old and unknown events change nothing.
#[utoipa::path(
    post, path = "/v1/webhooks/stripe", operation_id = "webhooks-receive-stripe", tag = "payments",
    summary = "Stripe's web hook",
    params(("stripe-signature" = String, Header, description = "`t=<seconds>,v1=<HMAC-SHA256 of t.body>`")),
    request_body(content = Vec<u8>, content_type = "application/json"),
    responses(
        (status = 200, description = "Taken"), (status = 400, body = ProblemView), (status = 401, body = ProblemView),
        (status = 404, description = "This stage does not accept Stripe", body = ProblemView),
    )
)]
pub async fn handle(till: &Till, request: Request) -> Result<Reply, Problem> {
    till.take_webhook(Provider::Stripe, &request).await
}
