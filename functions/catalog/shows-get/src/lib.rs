//! `GET /v1/shows/{showId}`: a show and what is left of it.

use api::{App, Problem, Reply, Request};
use domain::id::ShowId;
use domain::layout::Section;
use store::SectionCounts;
use wire::{ProblemView, SectionCountsView, ShowDetailView, ShowView, kind_of};

/// An answer may be this old.
const CACHE: &str = "public, s-maxage=2, stale-while-revalidate=10";

/// Shows a show that is on sale, or was. The counts come from the stream and are a moment behind the places.
#[utoipa::path(
    get, path = "/v1/shows/{showId}", operation_id = "shows-get", tag = "catalog",
    summary = "A show and what is left of it",
    params(("showId" = ShowId, Path)),
    responses((status = 200, body = ShowDetailView), (status = 404, body = ProblemView))
)]
pub async fn handle(app: &App, request: Request) -> Result<Reply, Problem> {
    let show_id: ShowId = request.path("showId")?;

    let now = app.clock.now();
    let show = app.store.show(&show_id, now).await?.filter(|show| show.is_public()).ok_or_else(Problem::not_found)?;
    let venue = app.store.venue(&show.venue).await?.ok_or_else(Problem::not_found)?;
    let counts = app.store.counts_of_show(&show_id, &venue.layout).await?;
    let sections = venue.layout.sections().iter().zip(counts).map(|(section, counts)| view(section, counts)).collect();

    let (event_id, title) = (show.event.clone(), show.title.clone());
    Ok(Reply::ok(&ShowDetailView { event_id, title, show: ShowView::from(&*show), sections, server_time: now }).cached(CACHE))
}

fn view(section: &Section, counts: SectionCounts) -> SectionCountsView {
    // Before the stream told anything, everything is free.
    let told = counts != SectionCounts::default();
    SectionCountsView {
        section: section.code.clone(),
        name: section.name.clone(),
        kind: kind_of(section),
        price_level: section.level.clone(),
        capacity: section.capacity(),
        available: if told { counts.available } else { section.capacity() },
        held: counts.held,
        booked: counts.booked,
    }
}
