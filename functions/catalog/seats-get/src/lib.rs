//! `GET /v1/shows/{showId}/seats`: how every place of a show stands.

use api::{App, Problem, Reply, Request};
use domain::id::ShowId;
use domain::seat_map::row_states;
use wire::{ProblemView, RowStatesView, SeatMapView, SectionStatesView};

/// Half a million viewers cost one read a second.
const CACHE: &str = "public, s-maxage=1, stale-while-revalidate=5";

/// Reads the blocks of a show that is on sale, or was: one request a section, several at a time.
#[utoipa::path(
    get, path = "/v1/shows/{showId}/seats", operation_id = "seats-get", tag = "catalog",
    summary = "How every place of a show stands",
    params(("showId" = ShowId, Path)),
    responses((status = 200, body = SeatMapView), (status = 404, body = ProblemView))
)]
pub async fn handle(app: &App, request: Request) -> Result<Reply, Problem> {
    let show_id: ShowId = request.path("showId")?;

    let now = app.clock.now();
    let show = app.store.show(&show_id, now).await?.filter(|show| show.is_public()).ok_or_else(Problem::not_found)?;
    let venue = app.store.venue(&show.venue).await?.ok_or_else(Problem::not_found)?;
    let blocks = app.store.blocks_of_show(&show_id, &venue.layout).await?;
    let sections = venue.layout.sections().iter().zip(blocks).map(|(section, blocks)| {
        let rows = row_states(section, &blocks, now).into_iter();
        SectionStatesView {
            section: section.code.clone(),
            rows: rows.map(|(row, states)| RowStatesView { row, first: 1, states }).collect(),
        }
    });

    Ok(Reply::ok(&SeatMapView { show_id, as_of: now, server_time: app.clock.now(), sections: sections.collect() }).cached(CACHE))
}
