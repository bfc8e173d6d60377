//! `GET /v1/organizer/ledger.csv`: the organization's books for a spreadsheet.

use api::{App, Problem, Reply, Request, cursor};
use domain::id::OrganizationId;
use std::fmt::Write as _;
use wire::{LEDGER_COLUMNS, ProblemView, ledger_rows};

/// Postings of one answer: about a megabyte, far below what Lambda can answer.
const POSTINGS_MAX: u16 = 2_000;

/// A row for every line of every posting. A long ledger comes in parts: `Link: <…>; rel="next"` leads to the next one.
#[utoipa::path(
    get, path = "/v1/organizer/ledger.csv", operation_id = "ledger-export", tag = "ledger",
    summary = "Your organization's books as CSV",
    description = "Days are UTC, both included, at most 31 of them. More than 2,000 postings come in parts: follow `Link: rel=\"next\"`.",
    params(
        ("from" = String, Query, example = "2026-11-01"), ("to" = String, Query, example = "2026-11-30"),
        ("organizationId" = Option<OrganizationId>, Query), ("cursor" = Option<String>, Query),
    ),
    responses(
        (status = 200, content_type = "text/csv", body = String), (status = 400, body = ProblemView), (status = 401, body = ProblemView),
        (status = 403, body = ProblemView), (status = 404, body = ProblemView),
    ),
    security(("cognito" = []))
)]
pub async fn handle(app: &App, request: Request) -> Result<Reply, Problem> {
    let seller = app.seller(&request.caller()?).await?;
    let organization = app.organization_meant(&seller, request.query("organizationId")?)?;
    let (from, to) = request.days()?;
    let after: Option<String> = request.page()?.position()?;

    let (postings, next) = app.store.ledger_between(&organization, (from, to), after.as_ref(), POSTINGS_MAX).await?;

    let mut text = format!("{LEDGER_COLUMNS}\r\n");
    for row in postings.iter().flat_map(ledger_rows) {
        let _ = write!(text, "{row}\r\n");
    }
    let reply = Reply::text("text/csv; charset=utf-8", text)
        .header("content-disposition", format!("attachment; filename=\"ledger-{from}-{to}.csv\""));
    Ok(match next {
        Some(next) => {
            let address = format!("/v1/organizer/ledger.csv?from={from}&to={to}&organizationId={organization}&cursor={}", cursor(&next));
            reply.header("link", format!("<{address}>; rel=\"next\""))
        }
        None => reply,
    })
}
