//! Works through the payments queue: captures, voids and refunds, and the sandbox's web hooks.

use api::{Error, Till};
use jiff::Timestamp;
use payments::{SANDBOX_SIGNATURE_HEADER, SandboxEvent};
use queues::PaymentMessage;

/// Does what a message asks; what is done already stays as it is. A failure brings the message back.
pub async fn handle(till: &Till, message: PaymentMessage) -> Result<(), Error> {
    let now = till.app.clock.now();
    match message {
        PaymentMessage::BookingMoved { user, booking } => Ok(till.settler.follow_up(&user, &booking, now).await?),
        PaymentMessage::PaymentReported { payment } => Ok(till.settler.look(&payment, now).await?),
        PaymentMessage::DisputeReported { payment, dispute } => Ok(till.settler.look_at_dispute(&payment, &dispute, now).await?),
        PaymentMessage::SandboxWebhook { event, payment, status, dispute } => {
            let Some(books) = till.app.store.sandbox_payment(&payment).await? else { return Ok(()) };
            let event = SandboxEvent { id: event, payment_id: payment, status, amount: books.amount, dispute };
            call(till, &event, now).await
        }
    }
}

/// Calls our own web hook as a provider would: over HTTP, signed.
async fn call(till: &Till, event: &SandboxEvent, now: Timestamp) -> Result<(), Error> {
    let Some(sandbox) = &till.sandbox else { return Ok(()) };
    let body = serde_json::to_vec(event)?;
    let url = format!("{}/v1/webhooks/sandbox", till.app.public_url);
    let request = reqwest::Client::new()
        .post(url)
        .header("content-type", "application/json")
        .header(SANDBOX_SIGNATURE_HEADER, sandbox.webhook_signature(&body, now))
        .body(body);
    request.send().await?.error_for_status()?;
    Ok(())
}
