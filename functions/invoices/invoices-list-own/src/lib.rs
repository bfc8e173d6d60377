//! `GET /v1/organizer/invoices`: an organization's documents of one year, for its tax return.

use api::{App, Problem, Reply, Request, cursor};
use domain::invoice::{DocumentKind, FinancialYear};
use wire::{DocumentPage, ProblemView};

/// One page of a series, by number.
#[utoipa::path(
    get, path = "/v1/organizer/invoices", operation_id = "invoices-list-own", tag = "invoices",
    summary = "Your organization's invoices or credit notes of one financial year",
    description = "By number and without gaps: what is missing at the end was issued a moment ago.",
    params(
        ("financialYear" = FinancialYear, Query), ("kind" = Option<DocumentKind>, Query, description = "INVOICE if left out"),
        ("limit" = Option<u16>, Query), ("cursor" = Option<String>, Query),
    ),
    responses(
        (status = 200, body = DocumentPage), (status = 400, body = ProblemView), (status = 401, body = ProblemView),
        (status = 403, body = ProblemView),
    ),
    security(("cognito" = []))
)]
pub async fn handle(app: &App, request: Request) -> Result<Reply, Problem> {
    let seller = app.seller(&request.caller()?).await?;
    let organization = api::organization_of(&seller)?;
    let year: Option<FinancialYear> = request.query("financialYear")?;
    let year = year.ok_or_else(|| Problem::invalid("/query/financialYear", "must be given"))?;
    let kind = request.query("kind")?.unwrap_or(DocumentKind::Invoice);
    let page = request.page()?;
    let after: Option<String> = page.position()?;

    let documents = app.store.documents_of_organization(&organization, kind, &year, after, page.limit).await?;

    Ok(Reply::ok(&DocumentPage { items: documents.items, next: documents.next.as_deref().map(cursor) }))
}
