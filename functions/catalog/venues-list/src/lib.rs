//! `GET /v1/venues`: venues by city and name.

use api::{App, Problem, Reply, Request, cursor};
use domain::text::Text;
use store::VenueCard;
use wire::{ProblemView, VenueCardView, VenuePage};

/// One page of venues, perhaps of one city only.
#[utoipa::path(
    get, path = "/v1/venues", operation_id = "venues-list", tag = "catalog",
    summary = "Venues by city and name",
    params(("city" = Option<String>, Query), ("limit" = Option<u16>, Query), ("cursor" = Option<String>, Query)),
    responses((status = 200, body = VenuePage), (status = 400, body = ProblemView))
)]
pub async fn handle(app: &App, request: Request) -> Result<Reply, Problem> {
    let city: Option<Text<1, 80>> = request.query("city")?;
    let page = request.page()?;
    let after: Option<String> = page.position()?;

    let venues = app.store.venues(city.as_ref().map(Text::as_str), after.as_deref(), page.limit).await?;

    let items = venues.items.into_iter().map(view).collect();
    Ok(Reply::ok(&VenuePage { items, next: venues.next.as_deref().map(cursor) }))
}

fn view(card: VenueCard) -> VenueCardView {
    let VenueCard { venue, name, address, city, region, zone, amenities, capacity } = card;
    VenueCardView { venue_id: venue, name, address, city, region, time_zone: zone, amenities, capacity }
}
