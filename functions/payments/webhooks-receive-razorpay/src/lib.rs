//! `POST /v1/webhooks/razorpay`: Razorpay calls back.

use api::{Problem, Reply, Request, Till};
use domain::payment::Provider;
use wire::ProblemView;

/// Verifies the signature over the bytes as they came, writes down what they say, and leaves the rest to a worker. Repeated,
/// old and unknown events change nothing.
#[utoipa::path(
    post, path = "/v1/webhooks/razorpay", operation_id = "webhooks-receive-razorpay", tag = "payments",
    summary = "Razorpay's web hook",
    params(("x-razorpay-signature" = String, Header, description = "HMAC-SHA256 of the body"), ("x-razorpay-event-id" = String, Header, description = "The event's name")),
    request_body(content = Vec<u8>, content_type = "application/json"),
    responses(
        (status = 200, description = "Taken"), (status = 400, body = ProblemView), (status = 401, body = ProblemView),
        (status = 404, description = "This stage does not accept Razorpay", body = ProblemView),
    )
)]
pub async fn handle(till: &Till, request: Request) -> Result<Reply, Problem> {
    till.take_webhook(Provider::Razorpay, &request).await
}
