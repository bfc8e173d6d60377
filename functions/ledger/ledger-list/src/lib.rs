//! `GET /v1/organizer/ledger`: the organization's books.

use api::{App, Problem, Reply, Request, cursor};
use domain::id::OrganizationId;
use wire::{LedgerPage, PostingView, ProblemView};

/// The postings of some days, oldest first.
#[utoipa::path(
    get, path = "/v1/organizer/ledger", operation_id = "ledger-list", tag = "ledger",
    summary = "Your organization's books",
    description = "Days are UTC, both included, at most 31 of them. Debits are positive, credits negative, in minor units. Admins name an organization.",
    params(
        ("from" = String, Query, example = "2026-11-01"), ("to" = String, Query, example = "2026-11-30"),
        ("organizationId" = Option<OrganizationId>, Query), ("limit" = Option<u16>, Query), ("cursor" = Option<String>, Query),
    ),
    responses(
        (status = 200, body = LedgerPage), (status = 400, body = ProblemView), (status = 401, body = ProblemView),
        (status = 403, body = ProblemView), (status = 404, body = ProblemView),
    ),
    security(("cognito" = []))
)]
pub async fn handle(app: &App, request: Request) -> Result<Reply, Problem> {
    let seller = app.seller(&request.caller()?).await?;
    let organization = app.organization_meant(&seller, request.query("organizationId")?)?;
    let days = request.days()?;
    let page = request.page()?;
    let after: Option<String> = page.position()?;

    let (postings, next) = app.store.ledger_between(&organization, days, after.as_ref(), page.limit).await?;

    let items = postings.iter().map(PostingView::from).collect();
    Ok(Reply::ok(&LedgerPage { items, next: next.as_deref().map(cursor) }))
}
