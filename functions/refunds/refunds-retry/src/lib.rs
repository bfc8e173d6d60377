//! `POST /v1/organizer/payments/{paymentId}/refunds/{refundId}/retry`: a refund that failed is asked for again.

use api::{App, Problem, ProblemKind, Reply, Request};
use domain::id::{PaymentId, RefundId};
use domain::refund::RefundStatus;
use store::MoveRefundError;
use wire::{ProblemView, RefundItemView};

/// The provider is given it once more, under another name. What is on its way or done stays as it is.
#[utoipa::path(
    post, path = "/v1/organizer/payments/{paymentId}/refunds/{refundId}/retry", operation_id = "refunds-retry", tag = "refunds",
    summary = "Try a failed refund again",
    params(("paymentId" = PaymentId, Path), ("refundId" = RefundId, Path)),
    responses(
        (status = 200, body = RefundItemView), (status = 401, body = ProblemView), (status = 403, body = ProblemView),
        (status = 404, body = ProblemView), (status = 409, description = "`state-conflict`: it has not failed", body = ProblemView),
    ),
    security(("cognito" = []))
)]
pub async fn handle(app: &App, request: Request) -> Result<Reply, Problem> {
    let seller = app.seller(&request.caller()?).await?;
    let payment_id: PaymentId = request.path("paymentId")?;
    let refund_id: RefundId = request.path("refundId")?;

    let refund = app.store.refund(&payment_id, &refund_id).await?.filter(|refund| seller.speaks_for(&refund.organization));
    let refund = refund.ok_or_else(Problem::not_found)?;
    let payment = app.store.payment(&payment_id).await?.ok_or_else(Problem::not_found)?;
    if refund.status != RefundStatus::Failed {
        return Err(Problem::new(ProblemKind::StateConflict).with("refundStatus", refund.status));
    }
    let again = refund.again();
    match app.store.move_refund(&payment, &refund, &again, app.clock.now()).await {
        Ok(()) => Ok(Reply::ok(&RefundItemView::from(&again))),
        Err(MoveRefundError::Moved(now)) => Err(Problem::new(ProblemKind::StateConflict).with("refundStatus", now.status)),
        Err(MoveRefundError::Missing) => Err(Problem::not_found()),
        Err(MoveRefundError::Database(error)) => Err(error.into()),
    }
}
