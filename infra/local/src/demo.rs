//! The demo catalogue: six venues in five cities and forty events over the next ninety days, put on sale by the same code
//! that organizers use. Every identifier follows from an index, so that seeding again adds nothing.

mod posters;
mod programme;
mod venues;

use domain::coupon::{Benefit, Coupon, CouponStatus};
use domain::event::{Event, EventStatus, Image, Lifecycle};
use domain::id::{EventId, ID_ENTROPY_BYTES, ImageId, OrganizationId, ShowId, UserId};
use domain::money::{Currency, Money};
use domain::organization::{Organization, SellingTerms};
use domain::quote::TAX_RATE_DEFAULT;
use domain::seat::PriceLevel;
use domain::show::{HOLD_SECONDS_DEFAULT, SEAT_LIMIT_DEFAULT, Show, ShowStatus};
use domain::tax::Tax;
use domain::text::{InvalidText, Text};
use domain::venue::Venue;
use jiff::{SignedDuration, Timestamp};
use programme::{Entry, PROGRAMME};
use std::error::Error;
use std::time::Duration;
use store::{CreateCouponError, Store};
use tokio::time::Instant;
use venues::{DemoVenue, VENUES};

/// Ten percent off everything, as often as one likes.
const COUPON_CODE: &str = "WELCOME10";
/// The largest event takes a second or two.
const PUBLICATION_MAX: Duration = Duration::from_mins(1);
/// India has one clock, and it never changes.
const INDIA_OFFSET: SignedDuration = SignedDuration::from_mins(330);
const DAY: SignedDuration = SignedDuration::from_hours(24);

/// What seeding added.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SeedSummary {
    /// New venues.
    pub venues: usize,
    /// New events.
    pub events: usize,
    /// Their shows.
    pub shows: usize,
    /// Places that are on sale for them.
    pub places: u64,
}

/// Why the demo could not be seeded.
pub type SeedError = Box<dyn Error + Send + Sync>;

/// The organization that the demo makes, and that its organizer belongs to.
pub fn organization() -> OrganizationId {
    OrganizationId::from_entropy(id("org", 1))
}

/// What it has set: at home in Mumbai, so that its events there and in Pune are taxed in halves and all others as a whole.
pub fn settings() -> Result<Organization, InvalidText> {
    // Well formed, but of nobody: no permanent account number has four zeros.
    let registration = Some("27AAACF0000A1ZT".parse()?);
    Ok(Organization {
        legal_name: Some("Frontrow Demo Productions Private Limited".parse()?),
        address: Some("Maharshi Karve Road 201, Marine Lines, Mumbai 400020".parse()?),
        region: Some("IN-MH".parse()?),
        tax: Tax::GstIndia { rate: TAX_RATE_DEFAULT, registration },
        ..Organization::new(organization(), "Frontrow Demo Productions".parse()?)
    })
}

/// Fills in whatever is missing. `upload` puts an object (key, media type, bytes) into the media bucket; the organizer must
/// have a profile.
pub async fn seed<U>(
    store: &Store,
    organizer: &UserId,
    upload: U,
    now: Timestamp,
    progress: &(dyn Fn(&str) + Sync),
) -> Result<SeedSummary, SeedError>
where
    U: AsyncFn(String, &'static str, Vec<u8>) -> Result<(), SeedError>,
{
    store.create_organization(&settings()?).await?;
    if !store.join_organization(organizer, &organization()).await? {
        return Err("the demo's organizer has no profile".into());
    }
    let mut summary = SeedSummary::default();
    let venues: Vec<Venue> = VENUES.iter().map(|demo| venue(demo, now)).collect::<Result<_, _>>()?;
    for venue in &venues {
        summary.venues += usize::from(store.create_venue(venue).await?);
    }
    progress(&format!("{} venues", venues.len()));
    for (index, entry) in PROGRAMME.iter().enumerate() {
        let (event, shows) = event(index, entry, &venues[entry.venue], now)?;
        match store.event(&event.id).await? {
            Some(earlier) if earlier.lifecycle.status == EventStatus::Submitted => publish(store, &earlier, now).await?,
            Some(_) => {}
            None => {
                upload(event.images[0].key.clone(), posters::MEDIA_TYPE, posters::poster(index)).await?;
                store.create_event(&event, &shows).await?;
                publish(store, &event, now).await?;
                summary.events += 1;
                summary.shows += shows.len();
                summary.places += u64::from(venues[entry.venue].layout.capacity()) * shows.len() as u64;
            }
        }
    }
    progress(&format!("{} events", PROGRAMME.len()));
    create_coupon(store, now).await?;
    Ok(summary)
}

/// Made by an earlier start it is there, whenever that was.
async fn create_coupon(store: &Store, now: Timestamp) -> Result<(), SeedError> {
    let coupon = Coupon {
        organization: organization(),
        code: COUPON_CODE.parse()?,
        event: None,
        benefit: Benefit::Percentage(1_000),
        valid_from: None,
        valid_until: None,
        minimum: None,
        uses_max: None,
        uses_per_user_max: None,
        status: CouponStatus::Active,
        created_at: now,
    };
    match store.create_coupon(&coupon).await {
        Ok(_) | Err(CreateCouponError::Exists) => Ok(()),
        Err(CreateCouponError::Database(error)) => Err(error.into()),
    }
}

async fn publish(store: &Store, event: &Event, now: Timestamp) -> Result<(), SeedError> {
    let progress = store.publish_event(event, now, Instant::now() + PUBLICATION_MAX).await?;
    if progress.complete { Ok(()) } else { Err(format!("{} could not be published in time", event.title).into()) }
}

fn venue(demo: &DemoVenue, now: Timestamp) -> Result<Venue, SeedError> {
    Ok(Venue {
        id: demo.id(),
        organization: organization(),
        name: demo.name.parse()?,
        address: demo.address.parse()?,
        city: demo.city.parse()?,
        region: Some(demo.region.parse()?),
        zone: "Asia/Kolkata".parse()?,
        amenities: demo.amenities.iter().map(|amenity| amenity.parse()).collect::<Result<_, _>>()?,
        layout: (demo.layout)()?,
        created_at: now,
    })
}

/// An event as if an organizer had handed it in and an admin had approved it.
fn event(index: usize, entry: &Entry, venue: &Venue, now: Timestamp) -> Result<(Event, Vec<Show>), SeedError> {
    let event_id = EventId::from_entropy(id("evt", index));
    let image_id = ImageId::from_entropy(id("img", index));
    let title: Text<1, 200> = entry.title.parse()?;
    let starts = entry.starts(now);
    let SellingTerms { charges, refund_terms } = settings()?.selling_terms();
    let mut shows = Vec::with_capacity(starts.len());
    for (number, starts_at) in starts.into_iter().enumerate() {
        shows.push(Show {
            id: ShowId::from_entropy(id("show", index * 100 + number)),
            event: event_id.clone(),
            title: title.clone(),
            organization: organization(),
            venue: venue.id.clone(),
            venue_name: venue.name.clone(),
            city: venue.city.clone(),
            zone: venue.zone.clone(),
            starts_at,
            sales_open_at: entry.sales_open_in_days.map(|days| now + DAY * days),
            sales_close_at: None,
            prices: prices(entry)?,
            seat_limit: entry.seat_limit.unwrap_or(SEAT_LIMIT_DEFAULT),
            hold_seconds: HOLD_SECONDS_DEFAULT,
            charges,
            refund_terms: refund_terms.clone(),
            status: ShowStatus::Draft,
        });
    }
    let image = Image {
        key: format!("events/{event_id}/{image_id}.webp"),
        id: image_id,
        alt: format!("Poster of {title}").chars().take(200).collect::<String>().parse()?,
    };
    let event = Event {
        organization: organization(),
        title,
        description: entry.description.parse()?,
        category: entry.category,
        language: entry.language.map(str::parse).transpose()?,
        tags: entry.tags.iter().map(|tag| tag.parse()).collect::<Result<_, _>>()?,
        images: vec![image],
        shows: shows.iter().map(|show| show.id.clone()).collect(),
        lifecycle: Lifecycle { status: EventStatus::Submitted, approved: true },
        rejection: None,
        publishing_since: None,
        revision: 1,
        created_at: now - SignedDuration::from_secs(i64::try_from(index)?),
        id: event_id,
    };
    Ok((event, shows))
}

/// The venue's usual prices, times the event's worth.
fn prices(entry: &Entry) -> Result<std::collections::BTreeMap<PriceLevel, Money>, SeedError> {
    let rupees: Currency = "INR".parse()?;
    let usual = VENUES[entry.venue].prices;
    let price = |(level, amount): &(&str, i64)| {
        let amount = amount * entry.price_percent;
        Ok((level.parse()?, Money { amount, currency: rupees.clone() }))
    };
    usual.iter().map(price).collect()
}

/// Ten bytes that follow from what they stand for.
fn id(kind: &str, index: usize) -> [u8; ID_ENTROPY_BYTES] {
    let number = (index as u64).to_be_bytes();
    let mut bytes = *b"demo\0\0\0\0\0\0";
    bytes[4] = kind.bytes().fold(0, |sum: u8, byte| sum.wrapping_mul(31).wrapping_add(byte));
    bytes[5..].copy_from_slice(&number[3..]);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::event::Category;
    use std::collections::BTreeSet;

    fn now() -> Timestamp {
        "2026-11-21T09:30:00Z".parse().unwrap()
    }

    fn everything() -> (Vec<Venue>, Vec<(Event, Vec<Show>)>) {
        let venues: Vec<Venue> = VENUES.iter().map(|demo| venue(demo, now()).unwrap()).collect();
        let events = PROGRAMME.iter().enumerate().map(|(i, entry)| event(i, entry, &venues[entry.venue], now()).unwrap());
        let events = events.collect();
        (venues, events)
    }

    #[test]
    fn there_are_six_venues_in_five_cities_one_of_them_a_stadium_of_fifty_thousand() {
        let (venues, _) = everything();
        assert_eq!(venues.len(), 6);
        assert_eq!(venues.iter().map(|venue| &venue.city).collect::<BTreeSet<_>>().len(), 5);
        let capacities: Vec<u32> = venues.iter().map(|venue| venue.layout.capacity()).collect();
        assert!(capacities.contains(&50_000) && capacities.contains(&150), "{capacities:?}");
        assert!(venues[1].layout.sections().iter().any(domain::layout::Section::is_standing), "the cinema has a standing area");
    }

    #[test]
    fn the_organization_is_registered_where_some_of_its_venues_are_and_others_are_not() {
        let settings = settings().unwrap();
        assert_eq!(settings.check(), Ok(()));
        let (venues, _) = everything();
        let at_home = venues.iter().filter(|venue| venue.region == settings.region).count();
        assert_eq!((at_home, venues.iter().all(|venue| venue.region.is_some())), (3, true));
    }

    #[test]
    fn there_are_forty_events_of_every_category_within_ninety_days() {
        let (venues, events) = everything();
        assert_eq!(events.len(), 40);
        let categories: BTreeSet<Category> = events.iter().map(|(event, _)| event.category).collect();
        assert_eq!(categories, Category::ALL.into());
        assert_eq!(events.iter().map(|(event, _)| &event.title).collect::<BTreeSet<_>>().len(), 40);
        assert!(events.iter().filter(|(_, shows)| shows.len() >= 7).count() >= 6, "several with many shows");
        for (event, shows) in &events {
            for show in shows {
                let venue = venues.iter().find(|venue| venue.id == show.venue).unwrap();
                show.check(&venue.layout, now()).unwrap_or_else(|error| panic!("{}: {error}", event.title));
                assert!(show.starts_at.duration_since(now()) <= DAY * 91, "{} at {}", event.title, show.starts_at);
            }
        }
    }

    #[test]
    fn nobody_plays_where_somebody_else_plays() {
        let (venues, events) = everything();
        for venue in &venues {
            let shows = events.iter().flat_map(|(_, shows)| shows).filter(|show| show.venue == venue.id);
            let mut starts: Vec<(Timestamp, &str)> = shows.map(|show| (show.starts_at, show.title.as_str())).collect();
            starts.sort();
            for pair in starts.windows(2) {
                let gap = pair[1].0.duration_since(pair[0].0);
                assert!(gap >= SignedDuration::from_mins(150), "{pair:?} at {}", venue.name);
            }
        }
    }

    #[test]
    fn posters_are_small_pictures_that_differ() {
        let posters: BTreeSet<Vec<u8>> = (0..PROGRAMME.len()).map(posters::poster).collect();
        assert_eq!(posters.len(), PROGRAMME.len());
        for poster in &posters {
            assert!(poster.starts_with(b"RIFF") && poster[8..].starts_with(b"WEBP") && poster.len() < 60_000, "{} bytes", poster.len());
        }
    }

    #[tokio::test]
    async fn seeding_is_quick_and_seeding_again_adds_nothing() {
        let template = crate::template::Template::read(std::path::Path::new("../../template.yaml")).unwrap();
        let dynamo = std::sync::Arc::new(crate::dynamo::Dynamo::memory().unwrap());
        dynamo.create_tables(&template).await.unwrap();
        let client = aws_sdk_dynamodb::Client::new(&crate::functions::sdk_config(&dynamo, "tests", "http://127.0.0.1:9"));
        let name = |part: &str| template.tables.iter().find(|table| table.name.contains(part)).unwrap().name.clone();
        let store = Store::new(client, store::Tables { inventory: name("inventory"), main: name("main") });
        let organizer = UserId::from_subject("00000000-0000-4000-8000-000000000001").unwrap();
        let uploads = std::sync::Mutex::new(BTreeSet::new());
        let upload = async |key: String, _: &'static str, _: Vec<u8>| {
            uploads.lock().unwrap().insert(key);
            Ok(())
        };
        let without_profile = seed(&store, &organizer, upload, now(), &|_| ()).await;
        assert!(without_profile.is_err());
        let profile = domain::user::Profile {
            id: organizer.clone(),
            email: "organizer@demo.frontrow.test".parse().unwrap(),
            name: "Olga".parse().unwrap(),
            phone: None,
            organization: None,
            created_at: now(),
        };
        store.create_profile(&profile).await.unwrap();

        let first = seed(&store, &organizer, upload, now(), &|_| ()).await.unwrap();
        assert_eq!((first.venues, first.events, uploads.lock().unwrap().len()), (6, 40, 40));
        assert_eq!(store.profile(&organizer).await.unwrap().unwrap().organization, Some(organization()));
        let second = seed(&store, &organizer, upload, now() + DAY, &|_| ()).await.unwrap();
        assert_eq!(second, SeedSummary::default());
        let coupons = store.coupons_of(&organization(), None, 10).await.unwrap().items;
        assert_eq!(coupons.iter().map(|counted| counted.coupon.code.as_str()).collect::<Vec<_>>(), [COUPON_CODE]);

        let search = domain::listing::Search {
            category: None,
            city: Some("mumbai".parse().unwrap()),
            from: domain::listing::When::At(now()),
            to: None,
            lowest: None,
            highest: None,
            status: EventStatus::Published,
        };
        let found = store.search_events(&search, None, 100, now()).await.unwrap();
        assert_eq!(found.items.len(), PROGRAMME.iter().filter(|entry| VENUES[entry.venue].city == "Mumbai").count());
    }
}
