//! From the dates that an organizer sends to shows, every complaint with its place in the body.

use crate::context::{App, Ids};
use crate::problem::Problem;
use domain::event::{Event, SHOWS_MAX, TAGS_MAX};
use domain::id::{OrganizationId, ShowId};
use domain::organization::{Organization, SellingTerms};
use domain::show::{
    HOLD_SECONDS_DEFAULT, HOLD_SECONDS_MAX, HOLD_SECONDS_MIN, SEAT_LIMIT_DEFAULT, SEAT_LIMIT_MAX, Show, ShowError, ShowStatus,
    whole_seconds,
};
use domain::text::Text;
use domain::venue::Venue;
use jiff::Timestamp;
use wire::ShowBody;

/// Identifiers for so many shows: those that an event has, then new ones.
pub fn show_ids(ids: &Ids, before: &[ShowId], count: usize) -> Vec<ShowId> {
    let fresh = std::iter::repeat_with(|| ShowId::from_entropy(ids.entropy()));
    before.iter().cloned().chain(fresh).take(count).collect()
}

impl App {
    /// The shows that an event is to have, one for each of its identifiers.
    pub async fn plan_shows(&self, event: &Event, wanted: Vec<ShowBody>, now: Timestamp) -> Result<Vec<Show>, Problem> {
        let terms = self.selling_terms_of(&event.organization).await?;
        let mut shows = Vec::with_capacity(wanted.len());
        for (index, (body, id)) in wanted.into_iter().zip(&event.shows).enumerate() {
            let pointer = |member: &str| format!("/shows/{index}/{member}");
            let venue = self.store.venue(&body.venue_id).await?;
            let venue = venue.ok_or_else(|| Problem::invalid(pointer("venueId"), "there is no such venue"))?;
            check_limits(&body).map_err(|(member, detail)| Problem::invalid(pointer(member), detail))?;
            let show = show_of(event, id, body, &venue, &terms);
            show.check(&venue.layout, now).map_err(|error| Problem::invalid(pointer(member_of(&error, &show)), error))?;
            shows.push(show);
        }
        Ok(shows)
    }

    /// By what terms an organization sells from now on; what has set nothing sells as everybody does.
    pub async fn selling_terms_of(&self, organization: &OrganizationId) -> Result<SellingTerms, Problem> {
        let organization = self.store.organization(organization).await?;
        Ok(organization.as_ref().map(Organization::selling_terms).unwrap_or_default())
    }
}

/// Refuses events with too many tags or shows, or none of the latter.
pub fn check_event(tags: Option<&[Text<1, 40>]>, shows: Option<usize>) -> Result<(), Problem> {
    if tags.is_some_and(|tags| tags.len() > TAGS_MAX) {
        return Err(Problem::invalid("/tags", format!("must not be more than {TAGS_MAX}")));
    }
    if shows.is_some_and(|shows| shows == 0 || shows > SHOWS_MAX) {
        return Err(Problem::invalid("/shows", format!("must be 1 to {SHOWS_MAX}")));
    }
    Ok(())
}

fn check_limits(body: &ShowBody) -> Result<(), (&'static str, String)> {
    if body.seat_limit.is_some_and(|limit| !(1..=SEAT_LIMIT_MAX).contains(&limit)) {
        return Err(("seatLimit", format!("must be 1 to {SEAT_LIMIT_MAX}")));
    }
    if body.hold_seconds.is_some_and(|seconds| !(HOLD_SECONDS_MIN..=HOLD_SECONDS_MAX).contains(&seconds)) {
        return Err(("holdSeconds", format!("must be {HOLD_SECONDS_MIN} to {HOLD_SECONDS_MAX}")));
    }
    Ok(())
}

fn show_of(event: &Event, id: &ShowId, body: ShowBody, venue: &Venue, terms: &SellingTerms) -> Show {
    Show {
        id: id.clone(),
        event: event.id.clone(),
        title: event.title.clone(),
        organization: event.organization.clone(),
        venue: venue.id.clone(),
        venue_name: venue.name.clone(),
        city: venue.city.clone(),
        zone: venue.zone.clone(),
        starts_at: whole_seconds(body.starts_at),
        sales_open_at: body.sales_open_at.map(whole_seconds),
        sales_close_at: body.sales_close_at.map(whole_seconds),
        prices: body.prices,
        seat_limit: body.seat_limit.unwrap_or(SEAT_LIMIT_DEFAULT),
        hold_seconds: body.hold_seconds.unwrap_or(HOLD_SECONDS_DEFAULT),
        charges: terms.charges,
        refund_terms: terms.refund_terms.clone(),
        status: ShowStatus::Draft,
    }
}

fn member_of(error: &ShowError, show: &Show) -> &'static str {
    match error {
        ShowError::StartsInThePast | ShowError::StartsTooLate => "startsAt",
        ShowError::SalesWindow if show.sales_close_at.is_none() => "salesOpenAt",
        ShowError::SalesWindow => "salesCloseAt",
        ShowError::PriceLevels(_) | ShowError::Currencies => "prices",
    }
}
