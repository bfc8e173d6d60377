//! `GET /v1/organizer/refunds`: refunds of one status.

use api::{App, Problem, Reply, Request, cursor};
use domain::id::OrganizationId;
use domain::refund::RefundStatus;
use wire::{ProblemView, RefundItemView, RefundPage};

/// The organization's refunds of one status; those that failed unless another is asked for.
#[utoipa::path(
    get, path = "/v1/organizer/refunds", operation_id = "refunds-list", tag = "refunds",
    summary = "Your organization's refunds of one status, oldest first",
    description = "FAILED unless you say otherwise: those wait for you. Admins name an organization.",
    params(
        ("status" = Option<RefundStatus>, Query), ("organizationId" = Option<OrganizationId>, Query), ("limit" = Option<u16>, Query),
        ("cursor" = Option<String>, Query),
    ),
    responses(
        (status = 200, body = RefundPage), (status = 400, body = ProblemView), (status = 401, body = ProblemView),
        (status = 403, body = ProblemView), (status = 404, body = ProblemView),
    ),
    security(("cognito" = []))
)]
pub async fn handle(app: &App, request: Request) -> Result<Reply, Problem> {
    let seller = app.seller(&request.caller()?).await?;
    let organization = app.organization_meant(&seller, request.query("organizationId")?)?;
    let status: Option<RefundStatus> = request.query("status")?;
    let page = request.page()?;
    let after: Option<String> = page.position()?;

    let status = status.unwrap_or(RefundStatus::Failed);
    let refunds = app.store.refunds_in(&organization, status, after.as_deref(), page.limit).await?;

    let is_full = refunds.len() == usize::from(page.limit);
    let next = refunds.last().filter(|_| is_full).map(|(position, _)| cursor(position));
    Ok(Reply::ok(&RefundPage { items: refunds.iter().map(|(_, refund)| RefundItemView::from(refund)).collect(), next }))
}
