//! `GET /v1/events`: what can be seen, by date.

use api::{App, Problem, Reply, Request, cursor};
use domain::event::{Category, EventStatus};
use domain::listing::{Search, When};
use jiff::Timestamp;
use store::ListPosition;
use wire::{ListedEventPage, ListedEventView, ProblemView};

/// The list may be this old.
const CACHE: &str = "public, s-maxage=5, stale-while-revalidate=30";

/// One page of the public list.
#[utoipa::path(
    get, path = "/v1/events", operation_id = "events-list", tag = "catalog",
    summary = "Find events",
    description = "By the first show that matches, from now or `dateFrom` on, for at most two years. Dates are days at the venue \
                   (`2026-11-21`) or moments (`2026-11-21T18:30:00Z`); prices are minor units. `status` is PUBLISHED unless it is \
                   COMPLETED (from a year ago on, or `dateFrom`) or CANCELLED. A page may be short while there is a next one.",
    params(
        ("category" = Option<Category>, Query), ("city" = Option<String>, Query), ("dateFrom" = Option<String>, Query),
        ("dateTo" = Option<String>, Query), ("minPrice" = Option<i64>, Query), ("maxPrice" = Option<i64>, Query),
        ("status" = Option<EventStatus>, Query), ("limit" = Option<u16>, Query), ("cursor" = Option<String>, Query),
    ),
    responses((status = 200, body = ListedEventPage), (status = 400, body = ProblemView))
)]
pub async fn handle(app: &App, request: Request) -> Result<Reply, Problem> {
    let now = app.clock.now();
    let search = search(&request, now)?;
    let page = request.page()?;
    let after: Option<ListPosition> = page.position()?;

    let found = app.store.search_events(&search, after, page.limit, now).await?;

    let items = found.items.iter().filter_map(|found| ListedEventView::new(&found.listing, found.next_show_at, now)).collect();
    Ok(Reply::ok(&ListedEventPage { items, next: found.next.as_deref().map(cursor) }).cached(CACHE))
}

fn search(request: &Request, now: Timestamp) -> Result<Search, Problem> {
    let status: EventStatus = request.query("status")?.unwrap_or(EventStatus::Published);
    if !status.is_public() {
        return Err(Problem::invalid("/query/status", "must be one of PUBLISHED, COMPLETED, CANCELLED"));
    }
    let from: Option<When> = request.query("dateFrom")?;
    let search = Search {
        category: request.query("category")?,
        city: request.query("city")?,
        from: from.unwrap_or_else(|| Search::from_default(status, now)),
        to: request.query("dateTo")?,
        lowest: request.query("minPrice")?,
        highest: request.query("maxPrice")?,
        status,
    };
    if search.lowest.zip(search.highest).is_some_and(|(lowest, highest)| lowest > highest) {
        return Err(Problem::invalid("/query/maxPrice", "must not be less than minPrice"));
    }
    Ok(search)
}
