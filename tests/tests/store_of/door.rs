//! What those who work the door ask for.

use domain::booking::{Booking, CancelReason};
use domain::id::{HoldId, ShowId};
use domain::idempotency::drawn_entropy;
use domain::show::Show;
use domain::ticket::{Outcome, Ticket, TicketStatus};
use jiff::Timestamp;
use std::collections::BTreeMap;
use store::{Admitted, Cancellation, DOOR_LIST_OVERLAP, DoorPosition, Store};
use tests::emulator;
use tests::meter::Meter;
use tests::world::{World, after, entropy, noon, somebody};

async fn world() -> World {
    World::new(emulator::store().await).await
}

/// A confirmed booking of these seats.
async fn sold(world: &World, seats: &[&str]) -> Booking {
    let anna = somebody();
    world.place(&anna, seats, noon()).await.unwrap();
    let booking = world.book(&anna, noon()).await;
    world.store.sell_places_of(&booking, noon()).await.unwrap();
    world.store.confirm_booking(&booking, noon()).await.unwrap();
    booking
}

async fn admit(store: &Store, ticket: &Ticket, at: Timestamp) -> Outcome {
    let gate = "north".parse().unwrap();
    store.admit(ticket, &format!("nonce-{}", ticket.id), Some(&gate), at, at).await.unwrap().outcome
}

/// Seats and their states, page after page, each ticket once.
async fn listed(world: &World, since: Option<Timestamp>, now: Timestamp, limit: u16) -> BTreeMap<String, TicketStatus> {
    let mut found = BTreeMap::new();
    let mut next = Some(DoorPosition::first(since, now));
    while let Some(position) = next {
        let (tickets, rest) = world.store.door_list(&world.show.id, position, limit).await.unwrap();
        assert!(tickets.len() <= usize::from(limit));
        assert!(rest.as_ref().is_none_or(|rest| rest.as_of == now), "all pages are of one moment");
        for ticket in tickets {
            assert_eq!(ticket.show, world.show.id);
            let repeated = found.insert(ticket.seat.to_string(), ticket.status);
            assert_eq!(repeated, None, "nothing changed meanwhile");
        }
        // As it travels in a cursor.
        next = rest.map(|rest| rest.to_string().parse().unwrap());
    }
    found
}

fn states<const N: usize>(states: [(&str, TicketStatus); N]) -> BTreeMap<String, TicketStatus> {
    states.into_iter().map(|(seat, status)| (seat.to_owned(), status)).collect()
}

#[tokio::test]
async fn the_list_has_every_ticket_that_something_happened_to_and_no_other() {
    let world = world().await;
    let booking = sold(&world, &["S-A-1", "S-A-2"]).await;
    let revoked = sold(&world, &["S-A-3", "S-A-4"]).await;
    let frozen = sold(&world, &["S-A-5"]).await;
    assert!(listed(&world, None, noon(), 100).await.is_empty(), "of tickets that were only sold, codes say everything");

    assert_eq!(admit(&world.store, &Ticket::of(&booking).next().unwrap(), noon()).await, Outcome::Admitted);
    World::call_off(&world.store, &revoked, noon()).await.unwrap();
    world.store.freeze_tickets(&frozen, noon()).await.unwrap();
    let (admitted, gone) = (("S-A-1", TicketStatus::Admitted), [("S-A-3", TicketStatus::Revoked), ("S-A-4", TicketStatus::Revoked)]);
    let expected = states([admitted, gone[0], gone[1], ("S-A-5", TicketStatus::Frozen)]);
    for limit in [1, 2, 100] {
        assert_eq!(listed(&world, None, noon(), limit).await, expected, "{limit} a page");
    }
    world.store.thaw_tickets(&frozen, noon()).await.unwrap();
    assert_eq!(listed(&world, None, noon(), 100).await["S-A-5"], TicketStatus::Issued, "it lets people in again, and says so");

    let other = World { show: Show { id: ShowId::from_entropy(entropy()), ..world.show.clone() }, ..world };
    assert!(listed(&other, None, noon(), 100).await.is_empty());
}

#[tokio::test]
async fn the_list_says_when_and_where_somebody_came_in_even_if_the_ticket_is_revoked_since() {
    let world = world().await;
    let booking = sold(&world, &["S-A-1"]).await;
    let at = after(noon(), -60);
    let gate = "north".parse().unwrap();
    world.store.admit(&Ticket::of(&booking).next().unwrap(), "nonce-0001", Some(&gate), at, noon()).await.unwrap();
    let payment = world.store.payment(&booking.payment).await.unwrap().unwrap();
    let back = booking.rest();
    let cancellation = Cancellation { reason: CancelReason::ShowCancelled, back, refund: None, admitted: Admitted::Allowed };
    world.store.cancel_confirmed(&booking, &payment, &cancellation, noon()).await.unwrap();
    let (tickets, _) = world.store.door_list(&world.show.id, DoorPosition::first(None, noon()), 10).await.unwrap();
    let [ticket] = &tickets[..] else { panic!("{tickets:?}") };
    assert_eq!((ticket.status, ticket.admitted_at, &ticket.gate), (TicketStatus::Revoked, Some(at), &Some(gate)));
    assert_eq!(world.store.ticket(&ticket.id).await.unwrap().as_ref(), Some(ticket), "as its own item says");
}

#[tokio::test]
async fn who_read_the_list_asks_only_for_what_changed_since() {
    let world = world().await;
    let (first, second) = (sold(&world, &["S-A-1"]).await, sold(&world, &["S-A-2"]).await);
    world.store.freeze_tickets(&first, noon()).await.unwrap();
    world.store.freeze_tickets(&second, noon()).await.unwrap();
    let later = noon() + DOOR_LIST_OVERLAP;
    assert_eq!(listed(&world, Some(later), later, 10).await.len(), 2, "some overlap: no clock is exact, and the index is late");
    let later = after(later, 1);
    assert!(listed(&world, Some(later), later, 10).await.is_empty());
    world.store.thaw_tickets(&second, later).await.unwrap();
    assert_eq!(listed(&world, Some(later), later, 10).await, states([("S-A-2", TicketStatus::Issued)]));
    let all = listed(&world, None, later, 10).await;
    assert_eq!(all, states([("S-A-1", TicketStatus::Frozen), ("S-A-2", TicketStatus::Issued)]), "each is there once");
}

#[tokio::test]
async fn an_admission_costs_two_write_units_and_a_list_of_a_thousand_about_forty_read_units() {
    let (meter, tables) = (Meter::default(), emulator::tables().await);
    let world = World::new(Store::new(emulator::client_with(Some(meter.clone())), tables)).await;
    let booking = world.booking_of(&world.hold(&somebody(), &["S-A-1"], noon()), noon());
    let template = Ticket::of(&booking).next().unwrap();
    let mut shards = BTreeMap::new();
    meter.take();
    for number in 0..1_000 {
        let entropy = drawn_entropy("a crowd", number);
        let booking = HoldId::at(noon(), std::array::from_fn(|i| entropy[i])).booking_id();
        let ticket = Ticket { id: booking.ticket_id(0), booking, ..template.clone() };
        *shards.entry(ticket.id.as_str().bytes().map(u32::from).sum::<u32>() % 8).or_insert(0) += 1;
        assert_eq!(admit(&world.store, &ticket, noon()).await, Outcome::Admitted);
    }
    let written = meter.take().write;
    assert!((1_999.0..=2_001.0).contains(&written), "{written}");
    assert!(shards.len() == 8 && shards.values().all(|count| (90..=160).contains(count)), "an even crowd: {shards:?}");

    let (tickets, next) = world.store.door_list(&world.show.id, DoorPosition::first(None, noon()), 2_000).await.unwrap();
    let read = meter.take().read;
    assert!(tickets.len() == 1_000 && next.is_none(), "{next:?}");
    assert!((35.0..=45.0).contains(&read), "{read}");
    let later = after(noon(), 3_600);
    assert!(world.store.door_list(&world.show.id, DoorPosition::first(Some(later), later), 1_000).await.unwrap().0.is_empty());
    assert!(meter.take().read <= 4.0, "nothing new costs next to nothing");
}
