//! `POST /v1/sandbox/payments/{paymentId}`: the buyer pays at the sandbox, or fails to.

use api::{Problem, ProblemKind, Reply, Request, Till};
use domain::dispute::{Dispute, DisputeStatus};
use domain::id::PaymentId;
use domain::payment::PaymentStatus;
use jiff::Timestamp;
use queues::PaymentMessage;
use store::{SandboxError, SandboxPayment};
use wire::{ProblemView, SandboxAction, SandboxAnswer, SandboxChoice, WebhookTiming};

/// A late web hook comes so long after the hold ran out.
const LATE_SECONDS: i64 = 2;

/// Moves the payment in the sandbox's own books, and has its web hook sent as asked. Not in production.
#[utoipa::path(
    post, path = "/v1/sandbox/payments/{paymentId}", operation_id = "sandbox-payments-act", tag = "payments",
    summary = "Pay at the sandbox",
    params(("paymentId" = PaymentId, Path)), request_body = SandboxAction,
    responses(
        (status = 200, body = SandboxAnswer), (status = 400, body = ProblemView), (status = 401, body = ProblemView),
        (status = 404, body = ProblemView), (status = 409, description = "`state-conflict`", body = ProblemView),
    ),
    security(("cognito" = []))
)]
pub async fn handle(till: &Till, request: Request) -> Result<Reply, Problem> {
    let caller = request.caller()?;
    let payment_id: PaymentId = request.path("paymentId")?;
    let wanted: SandboxAction = request.json()?;
    let sandbox = till.sandbox.as_ref().ok_or_else(Problem::not_found)?;

    let known = till.app.store.sandbox_payment(&payment_id).await?.filter(|payment| payment.buyer == caller.user);
    let known = known.ok_or_else(Problem::not_found)?;
    let payment = perform(till, &known, wanted.action).await?;
    let dispute = match wanted.action {
        SandboxChoice::Authorize | SandboxChoice::Decline => None,
        SandboxChoice::Dispute | SandboxChoice::DisputeWon | SandboxChoice::DisputeLost => payment.dispute.clone(),
    };
    call_back(till, &payment, dispute.map(|dispute| dispute.reference), wanted.webhook).await?;

    Ok(Reply::ok(&SandboxAnswer { proof: sandbox.proof(&payment) }))
}

async fn perform(till: &Till, known: &SandboxPayment, choice: SandboxChoice) -> Result<SandboxPayment, Problem> {
    let store = &till.app.store;
    let as_dispute = |status| Dispute { reference: format!("sandbox-{}", known.id), status, amount: known.amount.amount };
    let moved = match choice {
        SandboxChoice::Authorize => store.move_sandbox_payment(&known.id, PaymentStatus::Authorized).await,
        SandboxChoice::Decline => store.move_sandbox_payment(&known.id, PaymentStatus::Declined).await,
        SandboxChoice::Dispute => store.dispute_sandbox_payment(&known.id, &as_dispute(DisputeStatus::Open)).await,
        SandboxChoice::DisputeWon => store.dispute_sandbox_payment(&known.id, &as_dispute(DisputeStatus::Won)).await,
        SandboxChoice::DisputeLost => store.dispute_sandbox_payment(&known.id, &as_dispute(DisputeStatus::Lost)).await,
    };
    match moved {
        Ok(payment) => Ok(payment),
        Err(SandboxError::WrongState(payment)) => Err(Problem::new(ProblemKind::StateConflict).with("paymentStatus", payment.status)),
        Err(SandboxError::Missing) => Err(Problem::not_found()),
        Err(SandboxError::Database(error)) => Err(error.into()),
    }
}

async fn call_back(till: &Till, payment: &SandboxPayment, dispute: Option<String>, timing: WebhookTiming) -> Result<(), Problem> {
    let now = till.app.clock.now();
    let (times, delay_seconds) = match timing {
        WebhookTiming::Never => (0, 0),
        WebhookTiming::Now => (1, 0),
        WebhookTiming::Twice => (2, 0),
        WebhookTiming::Late => (1, seconds_until(payment.held_until, now)),
    };
    let event = format!("evt_{}", till.app.ids.hold(now));
    let message = PaymentMessage::SandboxWebhook { event, payment: payment.id.clone(), status: payment.status, dispute };
    for _ in 0..times {
        till.queues.send_payment(&message, delay_seconds).await?;
    }
    Ok(())
}

fn seconds_until(held_until: Timestamp, now: Timestamp) -> u32 {
    u32::try_from((held_until.as_second() - now.as_second() + LATE_SECONDS).max(0)).unwrap_or(u32::MAX)
}
