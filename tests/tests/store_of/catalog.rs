//! Venues, events and shows on DynamoDB's protocol: every operation, and every variant of its errors.

use domain::event::{Category, Event, EventCommand, EventStatus, IMAGES_MAX, Image, Lifecycle};
use domain::id::{EventId, ImageId, OrganizationId, ShowId, VenueId};
use domain::layout::{Layout, Places, Row, Section};
use domain::listing::{Search, When};
use domain::money::Money;
use domain::quote::Charges;
use domain::refund::RefundTerms;
use domain::show::{Show, ShowStatus};
use domain::user::Seller;
use domain::venue::Venue;
use jiff::Timestamp;
use std::time::Duration;
use store::{AddImageError, MoveEventError, PublishError, Store, UpdateEventError};
use tests::emulator;
use tests::world::{after, entropy, noon};
use tokio::time::Instant;

const DAY: i64 = 86_400;

fn section(code: &str, rows: &[(&str, u16)]) -> Section {
    let rows = rows.iter().map(|(label, seats)| Row { label: label.parse().unwrap(), seats: *seats });
    let places = Places::Seated(rows.collect());
    Section { code: code.parse().unwrap(), name: code.parse().unwrap(), places, level: "STD".parse().unwrap() }
}

fn hall(name: &str, city: &str, sections: Vec<Section>) -> Venue {
    Venue {
        id: VenueId::from_entropy(entropy()),
        organization: OrganizationId::platform(),
        name: name.parse().unwrap(),
        address: "1 Main Road".parse().unwrap(),
        city: city.parse().unwrap(),
        region: None,
        zone: "Asia/Kolkata".parse().unwrap(),
        amenities: vec![],
        layout: Layout::new(sections).unwrap(),
        created_at: noon(),
    }
}

fn small_hall() -> Venue {
    let pit = Section { places: Places::Standing(70), ..section("PIT", &[]) };
    hall("Hall", "Pune", vec![section("S", &[("A", 10), ("B", 40)]), pit])
}

fn show(event: &EventId, venue: &Venue, starts_at: Timestamp) -> Show {
    let price = Money { amount: 50_000, currency: "INR".parse().unwrap() };
    Show {
        id: ShowId::from_entropy(entropy()),
        event: event.clone(),
        title: "A play".parse().unwrap(),
        organization: OrganizationId::from_entropy([7; 10]),
        venue: venue.id.clone(),
        venue_name: venue.name.clone(),
        city: venue.city.clone(),
        zone: venue.zone.clone(),
        starts_at,
        sales_open_at: None,
        sales_close_at: None,
        prices: [("STD".parse().unwrap(), price)].into(),
        seat_limit: 6,
        hold_seconds: 600,
        charges: Charges::default(),
        refund_terms: RefundTerms::default(),
        status: ShowStatus::Draft,
    }
}

/// A draft with a show on each of these days from noon on.
fn draft(venue: &Venue, days: &[i64]) -> (Event, Vec<Show>) {
    let id = EventId::from_entropy(entropy());
    let shows: Vec<Show> = days.iter().map(|day| show(&id, venue, after(noon(), day * DAY))).collect();
    let event = Event {
        organization: OrganizationId::from_entropy([7; 10]),
        title: "A play".parse().unwrap(),
        description: "Three acts.".parse().unwrap(),
        category: Category::Theater,
        language: None,
        tags: vec![],
        images: vec![],
        shows: shows.iter().map(|show| show.id.clone()).collect(),
        lifecycle: Lifecycle { status: EventStatus::Draft, approved: false },
        rejection: None,
        publishing_since: None,
        revision: 1,
        created_at: noon(),
        id,
    };
    (event, shows)
}

struct Catalog {
    store: Store,
    venue: Venue,
}

impl Catalog {
    async fn new(venue: Venue) -> Self {
        let store = emulator::store().await;
        assert!(store.create_venue(&venue).await.unwrap());
        Self { store, venue }
    }

    async fn draft(&self, days: &[i64]) -> (Event, Vec<Show>) {
        let (event, shows) = draft(&self.venue, days);
        assert!(self.store.create_event(&event, &shows).await.unwrap());
        (event, shows)
    }

    async fn approved(&self, days: &[i64]) -> (Event, Vec<Show>) {
        let (event, shows) = self.draft(days).await;
        let event = self.store.move_event(&event, EventCommand::Submit, None).await.unwrap();
        (self.store.move_event(&event, EventCommand::Approve, None).await.unwrap(), shows)
    }

    async fn published(&self, days: &[i64]) -> (Event, Vec<Show>) {
        let (event, shows) = self.approved(days).await;
        assert!(self.store.publish_event(&event, noon(), in_time()).await.unwrap().complete);
        (self.now(&event).await, shows)
    }

    async fn now(&self, event: &Event) -> Event {
        self.store.event(&event.id).await.unwrap().unwrap()
    }

    async fn status_of(&self, show: &Show) -> ShowStatus {
        self.store.shows_by_id(std::slice::from_ref(&show.id)).await.unwrap()[0].status
    }

    /// Blocks of a show: how many there are, and how many of them are closed.
    async fn blocks(&self, show: &Show) -> (usize, usize) {
        let blocks: Vec<_> = self.store.blocks_of_show(&show.id, &self.venue.layout).await.unwrap().into_iter().flatten().collect();
        (blocks.len(), blocks.iter().filter(|block| block.closed).count())
    }

    async fn search(&self, status: EventStatus) -> Vec<EventId> {
        let found = self.store.search_events(&from_noon(status), None, 100, noon()).await.unwrap();
        found.items.into_iter().map(|found| found.listing.event).collect()
    }
}

fn from_noon(status: EventStatus) -> Search {
    Search { category: None, city: None, from: When::At(noon()), to: None, lowest: None, highest: None, status }
}

fn in_time() -> Instant {
    Instant::now() + Duration::from_secs(30)
}

/// A deadline that is over: nothing long is begun.
fn too_late() -> Instant {
    Instant::now()
}

#[tokio::test]
async fn a_venue_is_found_by_id_and_listed_by_city_page_by_page() {
    let store = emulator::store().await;
    let venues = [("Beta", "Pune"), ("alpha", "Pune"), ("Gamma", "Mumbai"), ("Delta", "Punel")]
        .map(|(name, city)| hall(name, city, vec![section("S", &[("A", 10)])]));
    for venue in &venues {
        assert!(store.create_venue(venue).await.unwrap());
    }
    assert!(!store.create_venue(&venues[0]).await.unwrap(), "a venue is written once");
    assert_eq!(*store.venue(&venues[0].id).await.unwrap().unwrap(), venues[0]);
    assert!(store.venue(&VenueId::from_entropy(entropy())).await.unwrap().is_none());

    let mut names = Vec::new();
    let mut next = None;
    loop {
        let page = store.venues(None, next.as_deref(), 1).await.unwrap();
        names.extend(page.items.iter().map(|card| (card.name.to_string(), card.capacity)));
        next = page.next;
        if next.is_none() {
            break;
        }
    }
    assert_eq!(names, ["Gamma", "alpha", "Beta", "Delta"].map(|name| (name.to_owned(), 10)));

    let pune = store.venues(Some("PUNE"), None, 1).await.unwrap();
    assert_eq!(pune.items[0].name.as_str(), "alpha");
    let rest = store.venues(Some("PUNE"), pune.next.as_deref(), 5).await.unwrap();
    assert_eq!(rest.items.iter().map(|card| card.name.as_str()).collect::<Vec<_>>(), ["Beta"]);
    let foreign = store.venues(Some("Agra"), pune.next.as_deref(), 5).await.unwrap();
    assert!(foreign.items.is_empty() && foreign.next.is_none(), "a cursor of another list finds nothing");
}

#[tokio::test]
async fn an_event_is_written_with_all_its_shows_or_not_at_all() {
    let catalog = Catalog::new(small_hall()).await;
    let (event, shows) = catalog.draft(&[3, 2]).await;
    assert_eq!(catalog.now(&event).await, event);
    assert_eq!(catalog.store.shows_by_id(&event.shows).await.unwrap(), shows);
    let by_date: Vec<ShowId> = catalog.store.shows_of(&event.id).await.unwrap().into_iter().map(|show| show.id).collect();
    assert_eq!(by_date, [shows[1].id.clone(), shows[0].id.clone()]);

    let (other, others) = draft(&catalog.venue, &[5]);
    assert!(!catalog.store.create_event(&other, &[others[0].clone(), shows[0].clone()]).await.unwrap());
    assert!(catalog.store.event(&other.id).await.unwrap().is_none());
}

#[tokio::test]
async fn an_organizer_finds_their_events_only_and_an_admin_all() {
    let catalog = Catalog::new(small_hall()).await;
    let (event, _) = catalog.draft(&[1]).await;
    let own = Seller::Organizer(event.organization.clone());
    let other = Seller::Organizer(OrganizationId::from_entropy(entropy()));
    assert!(catalog.store.event_of(&own, &event.id).await.unwrap().is_some());
    assert!(catalog.store.event_of(&other, &event.id).await.unwrap().is_none());
    assert!(catalog.store.event_of(&Seller::Admin(None), &event.id).await.unwrap().is_some());
}

#[tokio::test]
async fn a_drafts_shows_are_exchanged_in_one_step() {
    let catalog = Catalog::new(small_hall()).await;
    let (event, shows) = catalog.draft(&[1, 2, 3]).await;
    let moved = Show { starts_at: after(noon(), 9 * DAY), ..shows[0].clone() };
    let edited = Event { title: "Another play".parse().unwrap(), shows: vec![moved.id.clone()], ..event.clone() };
    let written = catalog.store.update_event(&event, &edited, std::slice::from_ref(&moved)).await.unwrap();
    assert_eq!(written, Event { revision: 2, ..edited.clone() });
    assert_eq!(catalog.now(&event).await, written);
    assert_eq!(catalog.store.shows_of(&event.id).await.unwrap(), std::slice::from_ref(&moved), "the others are gone");

    let again = catalog.store.update_event(&event, &edited, std::slice::from_ref(&moved)).await;
    assert!(matches!(again, Err(UpdateEventError::Overtaken)), "{again:?}");
    let submitted = catalog.store.move_event(&written, EventCommand::Submit, None).await.unwrap();
    for stale in [&written, &submitted] {
        let refused = catalog.store.update_event(stale, &edited, &[]).await;
        assert!(matches!(refused, Err(UpdateEventError::WrongState(_))), "{refused:?}");
    }
    assert_eq!(catalog.now(&event).await.title.as_str(), "Another play");
}

#[tokio::test]
async fn an_event_moves_only_from_the_state_that_was_decided_on() {
    let catalog = Catalog::new(small_hall()).await;
    let store = &catalog.store;
    let (event, _) = catalog.draft(&[1]).await;
    let refused = store.move_event(&event, EventCommand::Approve, None).await;
    assert!(matches!(refused, Err(MoveEventError::WrongState(_))), "{refused:?}");

    let submitted = store.move_event(&event, EventCommand::Submit, None).await.unwrap();
    let refused = store.move_event(&event, EventCommand::Submit, None).await;
    let Err(MoveEventError::WrongState(state)) = refused else { panic!("{refused:?}") };
    assert_eq!(state.status, EventStatus::Submitted, "the refusal tells the present state");

    let approved = store.move_event(&submitted, EventCommand::Approve, None).await.unwrap();
    let overtaken = store.move_event(&submitted, EventCommand::Reject, Some(&"No".parse().unwrap())).await;
    assert!(matches!(overtaken, Err(MoveEventError::Database(_))), "somebody approved in between: {overtaken:?}");
    let rejected = store.move_event(&approved, EventCommand::Reject, Some(&"No date".parse().unwrap())).await.unwrap();
    assert_eq!(catalog.now(&event).await, rejected);
    assert_eq!((rejected.lifecycle.approved, rejected.rejection.as_ref().map(ToString::to_string)), (false, Some("No date".to_owned())));
    let again = store.move_event(&rejected, EventCommand::Submit, None).await.unwrap();
    assert_eq!(again.rejection, None);
    assert_eq!(catalog.now(&event).await, again);
}

#[tokio::test]
async fn lists_of_who_works_on_events_follow_their_status() {
    let catalog = Catalog::new(small_hall()).await;
    let store = &catalog.store;
    let mut ids = Vec::new();
    for _ in 0..3 {
        let (event, _) = catalog.draft(&[1]).await;
        store.move_event(&event, EventCommand::Submit, None).await.unwrap();
        ids.push(event.id);
    }
    let (waiting, _) = catalog.draft(&[1]).await;
    let organization = waiting.organization.clone();

    let mut pages = Vec::new();
    let mut next = None;
    loop {
        let page = store.events_with_status(EventStatus::Submitted, next, 2).await.unwrap();
        pages.push(page.items.len());
        next = page.next;
        if next.is_none() {
            break;
        }
    }
    assert_eq!(pages.iter().sum::<usize>(), 3);
    assert_eq!(store.events_of(&organization, None, None, 100).await.unwrap().items.len(), 4);
    let drafts = store.events_of(&organization, Some(EventStatus::Draft), None, 1).await.unwrap();
    assert_eq!(drafts.items.iter().map(|event| &event.event).collect::<Vec<_>>(), [&waiting.id]);
    let mut own = Vec::new();
    let mut next = None;
    loop {
        let page = store.events_of(&organization, Some(EventStatus::Submitted), next, 2).await.unwrap();
        own.extend(page.items.into_iter().map(|event| event.event));
        next = page.next;
        if next.is_none() {
            break;
        }
    }
    own.sort();
    ids.sort();
    assert_eq!(own, ids);
    assert!(store.events_of(&OrganizationId::platform(), None, None, 5).await.unwrap().items.is_empty());
}

#[tokio::test]
async fn publishing_makes_every_block_then_opens_the_show_then_lists_the_event() {
    let catalog = Catalog::new(small_hall()).await;
    let (event, shows) = catalog.approved(&[1, 40]).await;
    assert!(catalog.search(EventStatus::Published).await.is_empty());
    let progress = catalog.store.publish_event(&event, noon(), in_time()).await.unwrap();
    assert_eq!((progress.done, progress.of, progress.complete, progress.status), (2, 2, true, EventStatus::Published));
    for show in &shows {
        assert_eq!(catalog.blocks(show).await, (catalog.venue.layout.blocks().count(), 0));
        assert_eq!(catalog.status_of(show).await, ShowStatus::Published);
    }
    assert!(catalog.now(&event).await.is_public());
    assert_eq!(catalog.search(EventStatus::Published).await, std::slice::from_ref(&event.id), "once, though it is listed in two months");

    let again = catalog.store.publish_event(&catalog.now(&event).await, noon(), in_time()).await.unwrap();
    assert_eq!(again, progress);
}

#[tokio::test]
async fn a_publication_that_was_cut_short_goes_on_and_sells_nothing_before_its_last_block() {
    let catalog = Catalog::new(small_hall()).await;
    let (event, shows) = catalog.approved(&[1]).await;
    let progress = catalog.store.publish_event(&event, noon(), too_late()).await.unwrap();
    assert_eq!((progress.done, progress.complete, progress.status), (0, false, EventStatus::Submitted));
    let first = catalog.venue.layout.sections()[0].clone();
    catalog.store.create_blocks(&shows[0].id, &first).await.unwrap();
    assert_eq!(catalog.status_of(&shows[0]).await, ShowStatus::Draft);
    assert!(!catalog.now(&event).await.is_public());

    let refused = catalog.store.move_event(&catalog.now(&event).await, EventCommand::Reject, Some(&"No".parse().unwrap())).await;
    assert!(matches!(refused, Err(MoveEventError::WrongState(_))), "its shows may be on sale: {refused:?}");
    let stale = catalog.store.move_event(&event, EventCommand::Reject, Some(&"No".parse().unwrap())).await;
    assert!(matches!(stale, Err(MoveEventError::WrongState(_))), "{stale:?}");

    assert!(catalog.store.publish_event(&event, noon(), in_time()).await.unwrap().complete);
    assert_eq!(catalog.blocks(&shows[0]).await, (catalog.venue.layout.blocks().count(), 0));
}

#[tokio::test]
async fn what_is_not_approved_is_not_published() {
    let catalog = Catalog::new(small_hall()).await;
    let (event, shows) = catalog.draft(&[1]).await;
    let submitted = catalog.store.move_event(&event, EventCommand::Submit, None).await.unwrap();
    let pretended = Event { lifecycle: Lifecycle { status: EventStatus::Submitted, approved: true }, ..submitted.clone() };
    for event in [&event, &submitted, &pretended] {
        let refused = catalog.store.publish_event(event, noon(), in_time()).await;
        assert!(matches!(refused, Err(PublishError::WrongState(_))), "{refused:?}");
    }
    assert_eq!(catalog.blocks(&shows[0]).await, (0, 0));
}

#[tokio::test]
async fn two_calls_that_publish_at_once_do_no_harm() {
    let catalog = Catalog::new(small_hall()).await;
    let (event, shows) = catalog.approved(&[1, 2, 3]).await;
    let (one, two) =
        tokio::join!(catalog.store.publish_event(&event, noon(), in_time()), catalog.store.publish_event(&event, noon(), in_time()),);
    assert!(one.unwrap().complete && two.unwrap().complete);
    for show in &shows {
        assert_eq!(catalog.blocks(show).await, (catalog.venue.layout.blocks().count(), 0));
    }
}

#[tokio::test]
async fn calling_off_closes_every_block_and_goes_on_where_it_stopped() {
    let catalog = Catalog::new(small_hall()).await;
    let (event, shows) = catalog.published(&[1, 2]).await;
    let progress = catalog.store.cancel_event(&event, too_late()).await.unwrap();
    assert_eq!((progress.status, progress.done, progress.complete), (EventStatus::Cancelled, 0, false));
    assert_eq!(catalog.status_of(&shows[1]).await, ShowStatus::Cancelled, "nothing is on sale any more");
    assert!(catalog.search(EventStatus::Published).await.is_empty());
    assert_eq!(catalog.search(EventStatus::Cancelled).await, std::slice::from_ref(&event.id));
    assert!(catalog.now(&event).await.is_public(), "who bought can still read what was called off");

    let blocks = catalog.venue.layout.blocks().count();
    for _ in 0..2 {
        assert!(catalog.store.cancel_event(&catalog.now(&event).await, in_time()).await.unwrap().complete);
        for show in &shows {
            assert_eq!(catalog.blocks(show).await, (blocks, blocks));
        }
    }
    let refused = catalog.store.publish_event(&catalog.now(&event).await, noon(), in_time()).await;
    assert!(matches!(refused, Err(PublishError::WrongState(_))), "{refused:?}");
}

#[tokio::test]
async fn a_publication_under_way_cannot_reopen_what_was_called_off() {
    let catalog = Catalog::new(small_hall()).await;
    let (event, shows) = catalog.approved(&[1]).await;
    catalog.store.publish_event(&event, noon(), too_late()).await.unwrap();
    assert!(catalog.store.cancel_event(&catalog.now(&event).await, in_time()).await.unwrap().complete);

    // The publication goes on as if it had seen nothing.
    for section in catalog.venue.layout.sections() {
        catalog.store.create_blocks(&shows[0].id, section).await.unwrap();
    }
    let listing = domain::listing::Listing::new(&event, &shows);
    catalog.store.list_event(&listing).await.unwrap();
    let refused = catalog.store.publish_event(&event, noon(), in_time()).await;
    assert!(matches!(refused, Err(PublishError::WrongState(_))), "{refused:?}");
    let blocks = catalog.venue.layout.blocks().count();
    assert_eq!(catalog.blocks(&shows[0]).await, (blocks, blocks));
    assert_eq!(catalog.status_of(&shows[0]).await, ShowStatus::Cancelled);
    assert!(catalog.search(EventStatus::Published).await.is_empty());
}

#[tokio::test]
async fn a_draft_that_was_called_off_stays_private_and_has_no_blocks() {
    let catalog = Catalog::new(small_hall()).await;
    let (event, shows) = catalog.draft(&[1]).await;
    assert!(catalog.store.cancel_event(&event, in_time()).await.unwrap().complete);
    assert!(!catalog.now(&event).await.is_public());
    assert_eq!(catalog.blocks(&shows[0]).await, (0, 0));
    assert!(catalog.search(EventStatus::Cancelled).await.is_empty());
}

#[tokio::test]
async fn an_event_takes_eight_pictures_and_the_first_is_its_poster_in_the_list() {
    let catalog = Catalog::new(small_hall()).await;
    let (event, _) = catalog.published(&[1]).await;
    let image = || Image { id: ImageId::from_entropy(entropy()), key: "events/x.png".to_owned(), alt: "A poster".parse().unwrap() };
    let poster = image();
    catalog.store.add_image(&event.id, &poster).await.unwrap();
    for _ in 1..IMAGES_MAX {
        catalog.store.add_image(&event.id, &image()).await.unwrap();
    }
    let refused = catalog.store.add_image(&event.id, &image()).await;
    assert!(matches!(refused, Err(AddImageError::Full)), "{refused:?}");
    assert_eq!(catalog.now(&event).await.images.len(), IMAGES_MAX);
    let found = catalog.store.search_events(&from_noon(EventStatus::Published), None, 1, noon()).await.unwrap();
    assert_eq!(found.items[0].listing.image.as_ref(), Some(&poster));

    let (other, _) = catalog.draft(&[1]).await;
    catalog.store.cancel_event(&other, in_time()).await.unwrap();
    let refused = catalog.store.add_image(&other.id, &image()).await;
    assert!(matches!(refused, Err(AddImageError::Cancelled)), "{refused:?}");
}

#[tokio::test]
async fn a_picture_that_is_there_is_not_added_again() {
    let catalog = Catalog::new(small_hall()).await;
    let (event, _) = catalog.draft(&[1]).await;
    let image = || Image { id: ImageId::from_entropy(entropy()), key: "events/x.png".to_owned(), alt: "A poster".parse().unwrap() };
    let pictures: Vec<Image> = (0..IMAGES_MAX).map(|_| image()).collect();
    for picture in pictures.iter().chain(&pictures) {
        catalog.store.add_image(&event.id, picture).await.unwrap();
    }
    assert_eq!(catalog.now(&event).await.images, pictures);
}

#[tokio::test]
async fn a_search_walks_the_months_page_by_page_and_finds_each_event_once() {
    let catalog = Catalog::new(small_hall()).await;
    let mut expected = Vec::new();
    for days in [vec![200], vec![1, 35, 70], vec![2], vec![36, 400]] {
        expected.push((days[0], catalog.published(&days).await.0.id));
    }
    expected.sort();
    let expected: Vec<EventId> = expected.into_iter().map(|(_, id)| id).collect();
    let mut found = Vec::new();
    let mut next: Option<String> = None;
    loop {
        let after = next.map(|next| next.parse().unwrap());
        let page = catalog.store.search_events(&from_noon(EventStatus::Published), after, 1, noon()).await.unwrap();
        found.extend(page.items.into_iter().map(|found| found.listing.event));
        next = page.next;
        if next.is_none() {
            break;
        }
    }
    assert_eq!(found, expected);

    let later = Search { from: When::At(after(noon(), 60 * DAY)), ..from_noon(EventStatus::Published) };
    let page = catalog.store.search_events(&later, None, 100, noon()).await.unwrap();
    let found: Vec<(EventId, Timestamp)> = page.items.into_iter().map(|found| (found.listing.event, found.next_show_at)).collect();
    let at = |days: i64| after(noon(), days * DAY);
    assert_eq!(found, [(expected[0].clone(), at(70)), (expected[3].clone(), at(200)), (expected[2].clone(), at(400))]);
    let over = after(noon(), 500 * DAY);
    let completed = Search { from: Search::from_default(EventStatus::Completed, over), ..from_noon(EventStatus::Completed) };
    let found = catalog.store.search_events(&completed, None, 100, over).await.unwrap();
    assert_eq!(found.items.len(), 2, "those with a show within a year");
}

#[tokio::test]
async fn fifty_thousand_places_are_published_within_thirty_seconds() {
    let rows: Vec<(String, u16)> = (1..=40).map(|row| (row.to_string(), 32)).collect();
    let rows: Vec<(&str, u16)> = rows.iter().map(|(row, seats)| (row.as_str(), *seats)).collect();
    let stadium = hall("Stadium", "Mumbai", (1..=40).map(|stand| section(&format!("STAND{stand}"), &rows)).collect());
    assert!(stadium.layout.capacity() > 50_000);
    let catalog = Catalog::new(stadium).await;
    let (event, shows) = catalog.approved(&[1]).await;
    let began = Instant::now();
    assert!(catalog.store.publish_event(&event, noon(), in_time()).await.unwrap().complete);
    assert!(began.elapsed() < Duration::from_secs(30));
    assert_eq!(catalog.blocks(&shows[0]).await, (1_600, 0));
}

#[tokio::test]
async fn shows_on_sale_are_listed_at_their_organizations_door_the_nearest_first() {
    let catalog = Catalog::new(small_hall()).await;
    let (event, shows) = catalog.published(&[1, 5, 3]).await;
    let organization = &event.organization;
    let (_, drafts) = catalog.draft(&[4]).await;
    catalog.store.list_at_door(&drafts[0]).await.unwrap();
    let from = after(noon(), 2 * DAY);
    let all = catalog.store.shows_at_door(organization, from, None, 100).await.unwrap();
    let ids = |shows: &[Show]| shows.iter().map(|show| show.id.clone()).collect::<Vec<_>>();
    assert_eq!(ids(&all.items), [shows[2].id.clone(), shows[1].id.clone()], "a card comes before the sale: no draft is shown");
    assert_eq!(all.next, None);

    let (mut found, mut next) = (Vec::new(), None);
    loop {
        let page = catalog.store.shows_at_door(organization, noon(), next, 1).await.unwrap();
        found.extend(ids(&page.items));
        next = page.next;
        if next.is_none() {
            break;
        }
    }
    assert_eq!(found, [&shows[0], &shows[2], &shows[1]].map(|show| show.id.clone()));

    assert!(catalog.store.cancel_event(&catalog.now(&event).await, in_time()).await.unwrap().complete);
    let off = catalog.store.shows_at_door(organization, from, None, 100).await.unwrap();
    assert!(off.items.len() == 2 && off.items.iter().all(|show| show.status == ShowStatus::Cancelled), "who stands there must know");
    let nobody = OrganizationId::from_entropy(entropy());
    assert!(catalog.store.shows_at_door(&nobody, noon(), None, 100).await.unwrap().items.is_empty());
}
