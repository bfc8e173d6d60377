//! `POST /v1/webhooks/sandbox`: the sandbox provider calls back.

use api::{Problem, Reply, Request, Till};
use domain::payment::Provider;
use payments::SANDBOX_SIGNATURE_HEADER;
use wire::ProblemView;

/// Verifies the signature over the bytes as they came, then settles. Repeated, old and unknown events change nothing.
#[utoipa::path(
    post, path = "/v1/webhooks/sandbox", operation_id = "webhooks-receive-sandbox", tag = "payments",
    summary = "The sandbox provider's web hook",
    params(("sandbox-signature" = String, Header, description = "`t=<seconds>,v1=<HMAC-SHA256 of t.body>`")),
    request_body(content = Vec<u8>, content_type = "application/json"),
    responses((status = 200, description = "Taken"), (status = 400, body = ProblemView), (status = 401, body = ProblemView))
)]
pub async fn handle(till: &Till, request: Request) -> Result<Reply, Problem> {
    let provider = till.provider(Provider::Sandbox)?;
    let signature = request.header(SANDBOX_SIGNATURE_HEADER).unwrap_or_default();
    let now = till.app.clock.now();
    let said = provider.verify_webhook(signature, request.bytes()?, now).await?;

    if let Some(payment) = till.app.store.payment(&said.payment).await?
        && payment.provider == Provider::Sandbox
        && let Some(booking) = till.app.store.booking_of(&payment.user, &payment.booking).await?
    {
        till.settler.settle(booking, &payment, &said.report, now).await?;
    }

    Ok(Reply::ok(&wire::Taken { taken: true }))
}
