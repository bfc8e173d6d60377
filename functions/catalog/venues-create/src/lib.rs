//! `POST /v1/venues`: describes a venue.

mod sections;

use api::{App, First, Problem, Reply, Request};
use domain::id::{OrganizationId, VenueId};
use domain::layout::Layout;
use domain::user::Seller;
use domain::venue::{AMENITIES_MAX, Venue};
use wire::{CreateVenue, IdempotencyHeader, ProblemView, VenueView};

/// Describes a venue. Its layout is checked as a whole and never changes afterwards.
#[utoipa::path(
    post, path = "/v1/venues", operation_id = "venues-create", tag = "catalog",
    summary = "Describe a venue",
    description = "For organizers and admins. What an admin without an organization describes belongs to the platform. \
                   Every organizer may plan shows in every venue.",
    params(IdempotencyHeader), request_body = CreateVenue,
    responses(
        (status = 201, body = VenueView), (status = 400, body = ProblemView), (status = 401, body = ProblemView),
        (status = 403, body = ProblemView), (status = 409, description = "`idempotency-in-flight`", body = ProblemView),
        (status = 413, body = ProblemView), (status = 415, body = ProblemView),
        (status = 422, description = "`idempotency-mismatch`", body = ProblemView),
    ),
    security(("cognito" = []))
)]
pub async fn handle(app: &App, request: Request) -> Result<Reply, Problem> {
    let seller = app.seller(&request.caller()?).await?;
    let mut body: CreateVenue = request.json()?;
    if body.amenities.len() > AMENITIES_MAX {
        return Err(Problem::invalid("/amenities", format!("must not be more than {AMENITIES_MAX}")));
    }
    let layout = sections::layout(std::mem::take(&mut body.sections))?;

    request.once(app, |first| create(app, first, &seller, body, layout)).await
}

async fn create(app: &App, first: First, seller: &Seller, body: CreateVenue, layout: Layout) -> Result<Reply, Problem> {
    let venue = Venue {
        id: VenueId::from_entropy(first.ids.entropy()),
        organization: seller.organization().cloned().unwrap_or_else(OrganizationId::platform),
        name: body.name,
        address: body.address,
        city: body.city,
        region: body.region,
        zone: body.time_zone,
        amenities: body.amenities,
        layout,
        created_at: first.at,
    };
    app.store.create_venue(&venue).await?;

    Ok(Reply::created(&VenueView::from(&venue)))
}
