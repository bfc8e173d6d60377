//! Every store operation of the selling path on DynamoDB's protocol, and every variant of its errors.

#![expect(clippy::unwrap_used, reason = "a test says where it fails")]

use domain::booking::{BookingStatus, CancelReason};
use domain::layout::by_block;
use domain::payment::{PaymentStatus, Provider};
use domain::ticket::{Outcome, Ticket};
use payments::{NewPayment, StartedPayment};
use store::{
    BookHoldError, ConfirmError, CreateBookingError, Due, ExtendHoldError, MoveBookingError, MovePaymentError, PlaceHoldError, Placed,
    ReleaseHoldError, ReturnError, SellError,
};
use tests::emulator;
use tests::world::{World, after, noon, somebody};

mod store_of {
    mod catalog;
    mod coupons;
    mod door;
    mod failures;
    mod free;
    mod idempotency;
    mod interleavings;
    mod invoices;
    mod organizations;
    mod peers;
    mod refunds;
    mod reported;
}

async fn world() -> World {
    World::new(emulator::store().await).await
}

fn names<'a>(seats: impl IntoIterator<Item = &'a domain::seat::SeatId>) -> Vec<String> {
    seats.into_iter().map(ToString::to_string).collect()
}

#[tokio::test]
async fn a_hold_claims_every_place_or_none() {
    let world = world().await;
    let (anna, ben) = (somebody(), somebody());
    world.place(&anna, &["S-A-2", "S-A-3"], noon()).await.unwrap();
    assert_eq!(world.row("A", noon()).await, "AHHAAAAAAA");

    // Row B is free, row A is not: nothing of row B may stay claimed.
    let refused = world.place(&ben, &["S-B-1", "S-A-3", "S-C-40"], noon()).await;
    let Err(PlaceHoldError::Taken { taken, block }) = refused else { panic!("{refused:?}") };
    assert_eq!(names(&taken), ["S-A-3"]);
    assert_eq!(block.states(noon()), "AHHAAAAAAA");
    assert_eq!(world.row("B", noon()).await, "AAAAAAAAAA");
    assert!(!world.row("C", noon()).await.contains('H'));
    assert_eq!(world.store.hold_of(&world.show.id, &ben, noon()).await.unwrap(), None);
}

#[tokio::test]
async fn a_hold_that_ran_out_is_retaken_the_same_second_before_any_ttl() {
    let world = world().await;
    let (anna, ben) = (somebody(), somebody());
    world.place(&anna, &["S-A-1"], noon()).await.unwrap();
    assert!(matches!(world.place(&ben, &["S-A-1"], after(noon(), 600)).await, Err(PlaceHoldError::Taken { .. })), "its last second");
    assert!(matches!(world.place(&ben, &["S-A-1"], after(noon(), 601)).await, Ok(Placed::New(_))));
    assert_eq!(world.store.hold_of(&world.show.id, &anna, after(noon(), 601)).await.unwrap(), None);
}

#[tokio::test]
async fn the_same_request_again_finds_its_hold_and_another_one_is_refused() {
    let world = world().await;
    let anna = somebody();
    let Placed::New(first) = world.place(&anna, &["S-A-1"], noon()).await.unwrap() else { panic!("new") };
    let Placed::Repeated(second) = world.place(&anna, &["S-A-1"], after(noon(), 5)).await.unwrap() else { panic!("repeated") };
    assert_eq!(first, second);
    assert!(matches!(world.place(&anna, &["S-A-2"], after(noon(), 5)).await, Err(PlaceHoldError::Exists(_))));
    assert_eq!(world.row("A", noon()).await, "HAAAAAAAAA");
}

#[tokio::test]
async fn what_was_bought_counts_towards_the_limit() {
    let world = world().await;
    let anna = somebody();
    world.place(&anna, &["S-A-1", "S-A-2", "S-A-3", "S-A-4"], noon()).await.unwrap();
    let booking = world.book(&anna, noon()).await;
    world.store.sell_places_of(&booking, noon()).await.unwrap();
    world.store.confirm_booking(&booking, noon()).await.unwrap();
    assert_eq!(world.store.bought(&world.show.id, &anna).await.unwrap(), 4);

    let refused = world.place(&anna, &["S-B-1", "S-B-2", "S-B-3"], noon()).await;
    assert!(matches!(refused, Err(PlaceHoldError::SeatLimit { bought: 4, wanted: 3, limit: 6 })), "{refused:?}");
    assert_eq!(world.store.hold_of(&world.show.id, &anna, noon()).await.unwrap(), None);
    assert!(world.place(&anna, &["S-B-1", "S-B-2"], noon()).await.is_ok());
}

#[tokio::test]
async fn a_closed_show_neither_holds_nor_sells_but_lets_go() {
    let world = world().await;
    let (anna, ben) = (somebody(), somebody());
    world.place(&anna, &["S-A-1"], noon()).await.unwrap();
    let booking = world.book(&anna, noon()).await;
    world.close().await;
    assert!(matches!(world.place(&ben, &["S-A-2"], noon()).await, Err(PlaceHoldError::Closed)));
    assert!(matches!(world.store.sell_places_of(&booking, noon()).await, Err(SellError::Closed)));
    assert_eq!(world.row("A", noon()).await, "XXXXXXXXXX");
    world.store.release_hold(&world.show.id, &anna, noon()).await.unwrap();
}

#[tokio::test]
async fn a_block_that_was_closed_before_it_was_made_stays_closed() {
    let world = world().await;
    let key = world.first_block();
    let show = domain::id::ShowId::from_entropy(tests::world::entropy());
    world.store.close_block(&show, &key, 10).await.unwrap();
    world.store.create_block(&show, &key, 10).await.unwrap();
    let blocks = world.store.blocks_of_section(&show, &key.section).await.unwrap();
    assert!(blocks.iter().all(|block| block.closed));
}

#[tokio::test]
async fn publishing_again_does_not_free_what_was_held() {
    let world = world().await;
    world.place(&somebody(), &["S-A-1"], noon()).await.unwrap();
    world.store.create_block(&world.show.id, &world.first_block(), 10).await.unwrap();
    assert_eq!(world.row("A", noon()).await, "HAAAAAAAAA");
}

#[tokio::test]
async fn a_release_frees_at_once_and_only_its_own() {
    let world = world().await;
    let (anna, ben) = (somebody(), somebody());
    world.place(&anna, &["S-A-1", "S-C-32", "S-C-33"], noon()).await.unwrap();
    world.place(&ben, &["S-A-2"], noon()).await.unwrap();
    world.store.release_hold(&world.show.id, &anna, noon()).await.unwrap();
    assert_eq!(world.row("A", noon()).await, "AHAAAAAAAA");
    assert!(!world.row("C", noon()).await.contains('H'));
    assert!(matches!(world.store.release_hold(&world.show.id, &anna, noon()).await, Err(ReleaseHoldError::Missing)));
}

#[tokio::test]
async fn a_lapsed_hold_is_tidied_without_touching_its_successor() {
    let world = world().await;
    let (anna, ben) = (somebody(), somebody());
    let Placed::New(old) = world.place(&anna, &["S-A-1", "S-A-2"], noon()).await.unwrap() else { panic!("new") };
    world.place(&ben, &["S-A-2"], after(noon(), 700)).await.unwrap();
    world.store.tidy_lapsed_hold(&old).await.unwrap();
    world.store.tidy_lapsed_hold(&old).await.unwrap();
    assert_eq!(world.row("A", after(noon(), 700)).await, "AHAAAAAAAA");
    let blocks = world.store.blocks_of_section(&world.show.id, &"S".parse().unwrap()).await.unwrap();
    let claims: usize = blocks.iter().map(|block| block.claims.len()).sum();
    assert_eq!(claims, 1, "the lapsed claim is gone, not only hidden");
}

#[tokio::test]
async fn tidying_never_frees_what_was_sold() {
    let world = world().await;
    let anna = somebody();
    let Placed::New(hold) = world.place(&anna, &["S-A-1"], noon()).await.unwrap() else { panic!("new") };
    let booking = world.book(&anna, noon()).await;
    world.store.sell_places_of(&booking, noon()).await.unwrap();
    world.store.tidy_lapsed_hold(&hold).await.unwrap();
    assert_eq!(world.row("A", noon()).await, "BAAAAAAAAA");
}

#[tokio::test]
async fn an_extension_moves_the_hold_and_its_claims() {
    let world = world().await;
    let (anna, ben) = (somebody(), somebody());
    let Placed::New(hold) = world.place(&anna, &["S-A-1", "S-B-1"], noon()).await.unwrap() else { panic!("new") };
    let later = world.show.extended(&hold, after(noon(), 300));
    let extended = world.store.extend_hold(&hold, later, after(noon(), 300)).await.unwrap();
    assert_eq!(extended.expires_at, after(noon(), 900));
    assert!(matches!(world.place(&ben, &["S-A-1"], after(noon(), 900)).await, Err(PlaceHoldError::Taken { .. })));
    assert!(world.place(&ben, &["S-A-1"], after(noon(), 901)).await.is_ok());
    let refused = world.store.extend_hold(&extended, after(noon(), 1_800), after(noon(), 902)).await;
    assert!(matches!(refused, Err(ExtendHoldError::Lapsed)), "{refused:?}");
}

#[tokio::test]
async fn an_extension_that_stopped_half_way_still_owns_frees_and_sells_everything() {
    let world = world().await;
    let anna = somebody();
    let Placed::New(hold) = world.place(&anna, &["S-A-1", "S-B-1"], noon()).await.unwrap() else { panic!("new") };
    // Only the first block's claim was extended when the function died.
    let half = domain::hold::Hold { places: hold.places[..1].to_vec(), ..hold.clone() };
    let _ = world.store.extend_hold(&half, after(noon(), 900), after(noon(), 1)).await.unwrap();
    let booking = world.book(&anna, after(noon(), 2)).await;
    world.store.sell_places_of(&booking, after(noon(), 3)).await.unwrap();
    assert_eq!((world.row("A", noon()).await.as_str(), world.row("B", noon()).await.as_str()), ("BAAAAAAAAA", "BAAAAAAAAA"));
    world.store.free_places_of(&booking).await.unwrap();
    assert_eq!((world.row("A", noon()).await.as_str(), world.row("B", noon()).await.as_str()), ("AAAAAAAAAA", "AAAAAAAAAA"));
}

#[tokio::test]
async fn a_late_payment_keeps_its_seats_if_nobody_took_them() {
    let world = world().await;
    let anna = somebody();
    world.place(&anna, &["S-A-1", "S-A-2"], noon()).await.unwrap();
    let booking = world.book(&anna, noon()).await;
    let late = after(noon(), 1_200);
    world.store.sell_places_of(&booking, late).await.unwrap();
    world.store.confirm_booking(&booking, late).await.unwrap();
    assert_eq!(world.row("A", late).await, "BBAAAAAAAA");
    assert_eq!(world.store.booking_of(&anna, &booking.id).await.unwrap().unwrap().status, BookingStatus::Confirmed);
}

#[tokio::test]
async fn a_late_payment_loses_to_whoever_took_a_place() {
    let world = world().await;
    let (anna, ben) = (somebody(), somebody());
    world.place(&anna, &["S-A-1", "S-A-2"], noon()).await.unwrap();
    let booking = world.book(&anna, noon()).await;
    let late = after(noon(), 1_200);
    world.place(&ben, &["S-A-2"], late).await.unwrap();
    let lost = world.store.sell_places_of(&booking, late).await;
    assert!(matches!(&lost, Err(SellError::Lost(seats)) if names(seats) == ["S-A-2"]), "{lost:?}");
    assert_eq!(world.row("A", late).await, "AHAAAAAAAA");
}

#[tokio::test]
async fn a_hold_becomes_one_booking_and_only_while_it_lives() {
    let world = world().await;
    let anna = somebody();
    assert!(matches!(world.store.book_hold(&world.show.id, &anna, noon()).await, Err(BookHoldError::Lapsed)));
    world.place(&anna, &["S-A-1"], noon()).await.unwrap();
    let booking = world.book(&anna, noon()).await;
    let again = world.store.create_booking(&booking).await;
    assert!(matches!(&again, Err(CreateBookingError::Exists(existing)) if **existing == booking), "{again:?}");
    assert!(matches!(world.store.book_hold(&world.show.id, &anna, after(noon(), 601)).await, Err(BookHoldError::Lapsed)));
}

#[tokio::test]
async fn confirming_twice_counts_once_and_removes_the_hold() {
    let world = world().await;
    let anna = somebody();
    world.place(&anna, &["S-A-1"], noon()).await.unwrap();
    let booking = world.book(&anna, noon()).await;
    world.store.sell_places_of(&booking, noon()).await.unwrap();
    world.store.confirm_booking(&booking, noon()).await.unwrap();
    assert!(matches!(world.store.confirm_booking(&booking, noon()).await, Err(ConfirmError::WrongState)));
    assert_eq!(world.store.bought(&world.show.id, &anna).await.unwrap(), 1);
    assert_eq!(world.store.hold_of(&world.show.id, &anna, noon()).await.unwrap(), None);
}

#[tokio::test]
async fn confirming_leaves_the_owners_next_hold_alone_and_keeps_the_limit() {
    let world = world().await;
    let anna = somebody();
    world.place(&anna, &["S-A-1", "S-A-2", "S-A-3", "S-A-4"], noon()).await.unwrap();
    let first = world.book(&anna, noon()).await;
    let late = after(noon(), 700);
    world.place(&anna, &["S-B-1", "S-B-2", "S-B-3", "S-B-4"], late).await.unwrap();
    let second = world.book(&anna, late).await;

    world.store.sell_places_of(&first, late).await.unwrap();
    world.store.confirm_booking(&first, late).await.unwrap();
    let next = world.store.hold_of(&world.show.id, &anna, late).await.unwrap().unwrap();
    assert_eq!(next.id.booking_id(), second.id);

    world.store.sell_places_of(&second, late).await.unwrap();
    assert!(matches!(world.store.confirm_booking(&second, late).await, Err(ConfirmError::SeatLimit)));
    assert_eq!(world.store.bought(&world.show.id, &anna).await.unwrap(), 4);
}

#[tokio::test]
async fn a_booking_that_was_given_up_is_never_confirmed() {
    let world = world().await;
    let anna = somebody();
    world.place(&anna, &["S-A-1"], noon()).await.unwrap();
    let booking = world.book(&anna, noon()).await;
    let cancelled = world.store.cancel_unconfirmed(&booking, CancelReason::PlacesLost, noon()).await.unwrap();
    assert_eq!((cancelled.status, cancelled.cancel_reason), (BookingStatus::Cancelled, Some(CancelReason::PlacesLost)));
    assert!(matches!(world.store.confirm_booking(&booking, noon()).await, Err(ConfirmError::WrongState)));
    assert!(matches!(world.store.expire_booking(&booking).await, Err(MoveBookingError::WrongState(_))));
    assert_eq!(world.store.bought(&world.show.id, &anna).await.unwrap(), 0);
    let stranger = domain::booking::Booking { user: somebody(), ..booking };
    assert!(matches!(world.store.expire_booking(&stranger).await, Err(MoveBookingError::Missing)));
}

#[tokio::test]
async fn cancelling_a_paid_booking_revokes_its_tickets_and_gives_the_limit_back() {
    let world = world().await;
    let anna = somebody();
    world.place(&anna, &["S-A-1", "S-A-2"], noon()).await.unwrap();
    let booking = world.book(&anna, noon()).await;
    assert!(matches!(World::call_off(&world.store, &booking, noon()).await, Err(ReturnError::WrongState)));
    world.store.sell_places_of(&booking, noon()).await.unwrap();
    world.store.confirm_booking(&booking, noon()).await.unwrap();
    World::call_off(&world.store, &booking, noon()).await.unwrap();
    assert_eq!(world.store.bought(&world.show.id, &anna).await.unwrap(), 0);
    let ticket = Ticket::of(&booking).next().unwrap();
    let door = world.store.admit(&ticket, "nonce-0001", None, noon(), noon()).await.unwrap();
    assert_eq!((door.outcome, door.admitted_at), (Outcome::Revoked, None));
    world.store.free_places_of(&booking).await.unwrap();
    assert_eq!(world.row("A", noon()).await, "AAAAAAAAAA");
    let refunded = world.store.refund_booking(&booking, BookingStatus::Refunded).await.unwrap();
    assert_eq!(refunded.status, BookingStatus::Refunded);
}

#[tokio::test]
async fn nobody_comes_in_and_has_the_money_back() {
    let world = world().await;
    let anna = somebody();
    world.place(&anna, &["S-A-1", "S-A-2"], noon()).await.unwrap();
    let booking = world.book(&anna, noon()).await;
    world.store.sell_places_of(&booking, noon()).await.unwrap();
    world.store.confirm_booking(&booking, noon()).await.unwrap();
    world.store.admit(&Ticket::of(&booking).nth(1).unwrap(), "nonce-0001", None, noon(), noon()).await.unwrap();
    assert!(matches!(World::call_off(&world.store, &booking, noon()).await, Err(ReturnError::TicketUsed)));
    assert_eq!(world.store.booking_of(&anna, &booking.id).await.unwrap().unwrap().status, BookingStatus::Confirmed);
}

#[tokio::test]
async fn of_many_simultaneous_scans_exactly_one_is_admitted() {
    let world = world().await;
    let anna = somebody();
    let hold = world.hold(&anna, &["S-A-1"], noon());
    let ticket = Ticket::of(&world.booking_of(&hold, noon())).next().unwrap();
    let north = Some("north".parse().unwrap());
    let mut scans = tokio::task::JoinSet::new();
    for scan in 0..40 {
        let (store, ticket, north) = (world.store.clone(), ticket.clone(), north.clone());
        scans
            .spawn(async move { (scan, store.admit(&ticket, &format!("nonce-{scan:04}"), north.as_ref(), noon(), noon()).await.unwrap()) });
    }
    let answers = scans.join_all().await;
    let admitted: Vec<_> = answers.iter().filter(|(_, answer)| answer.outcome == Outcome::Admitted).collect();
    assert_eq!(admitted.len(), 1);
    assert!(answers.iter().all(|(_, answer)| (answer.admitted_at, &answer.gate) == (Some(noon()), &north)));
    let (winner, first) = admitted[0];
    let again = world.store.admit(&ticket, &format!("nonce-{winner:04}"), None, after(noon(), 9), after(noon(), 9)).await.unwrap();
    assert_eq!(&again, first, "the same nonce repeats its answer");
    let later = world.store.admit(&ticket, "nonce-late", None, after(noon(), 9), after(noon(), 9)).await.unwrap();
    assert_eq!(later.outcome, Outcome::AlreadyAdmitted);
    let earlier = world.store.admit(&ticket, "nonce-early", None, after(noon(), -60), after(noon(), 9)).await.unwrap();
    assert_eq!(
        (earlier.outcome, earlier.admitted_at, earlier.gate),
        (Outcome::AlreadyAdmitted, Some(noon()), north),
        "who is written down stays"
    );
}

#[tokio::test]
async fn a_payment_moves_as_its_table_says_and_is_due_until_it_is_final() {
    let world = world().await;
    let anna = somebody();
    let booking = world.booking_of(&world.hold(&anna, &["S-A-1"], noon()), noon());
    let started = StartedPayment { reference: "ref".to_owned(), ..StartedPayment::default() };
    let payment = NewPayment::of(&booking).payment(Provider::Sandbox, &started, noon());
    assert!(matches!(world.store.move_payment(&payment.id, PaymentStatus::Authorized).await, Err(MovePaymentError::Missing)));
    world.store.create_payment(&payment, after(noon(), 30)).await.unwrap();
    world.store.create_payment(&payment, after(noon(), 90)).await.unwrap();
    assert_eq!(world.store.payment(&payment.id).await.unwrap().unwrap(), payment);
    assert!(world.store.payments_due(after(noon(), 29), 10).await.unwrap().ids.is_empty());
    assert_eq!(world.store.payments_due(after(noon(), 30), 10).await.unwrap().ids, std::slice::from_ref(&payment.id));

    world.store.move_payment(&payment.id, PaymentStatus::Authorized).await.unwrap();
    world.store.move_payment(&payment.id, PaymentStatus::Authorized).await.unwrap();
    let wrong = world.store.move_payment(&payment.id, PaymentStatus::Declined).await;
    assert!(matches!(&wrong, Err(MovePaymentError::WrongState(now)) if now.status == PaymentStatus::Authorized), "{wrong:?}");
    world.store.capture_payment(&payment, &payment.amount, Due::Never, noon()).await.unwrap();
    assert!(world.store.payments_due(after(noon(), 9_999), 10).await.unwrap().ids.is_empty());
    assert!(matches!(world.store.move_payment(&payment.id, PaymentStatus::Voided).await, Err(MovePaymentError::WrongState(_))));
}

#[tokio::test]
async fn bookings_are_listed_newest_first_and_only_to_their_owner() {
    let world = world().await;
    let anna = somebody();
    let mut made = Vec::new();
    for seat in ["S-A-1", "S-A-2", "S-A-3"] {
        world.place(&anna, &[seat], noon()).await.unwrap();
        made.insert(0, world.book(&anna, noon()).await.id);
        world.store.release_hold(&world.show.id, &anna, noon()).await.unwrap();
    }
    let first = world.store.bookings_of(&anna, None, 2).await.unwrap();
    let second = world.store.bookings_of(&anna, Some(&first[1].id), 2).await.unwrap();
    let listed: Vec<_> = first.iter().chain(&second).map(|booking| booking.id.clone()).collect();
    assert_eq!(listed, made);
    assert_eq!(world.store.booking_count_of(&anna).await.unwrap(), 3);
    let stranger = somebody();
    assert!(world.store.bookings_of(&stranger, None, 10).await.unwrap().is_empty());
    assert_eq!(world.store.booking_of(&stranger, &made[0]).await.unwrap(), None);
}

#[tokio::test]
async fn two_hundred_racing_groups_never_share_a_place() {
    let world = std::sync::Arc::new(world().await);
    let mut racers = tokio::task::JoinSet::new();
    for racer in 0..200u16 {
        let world = world.clone();
        racers.spawn(async move {
            let first = racer % 37 + 1;
            let names: Vec<String> = (first..first + 4).map(|n| format!("S-C-{n}")).collect();
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            world.place(&somebody(), &names, noon()).await.ok()
        });
    }
    let winners: Vec<_> = racers.join_all().await.into_iter().flatten().collect();
    let mut places = std::collections::BTreeSet::new();
    for winner in &winners {
        let Placed::New(hold) = winner else { panic!("nobody asks twice") };
        for (block, numbers) in by_block(hold.seats()) {
            for number in numbers {
                assert!(places.insert((block.row.clone(), number)), "{block:?} {number} is held twice");
            }
        }
    }
    assert!(!winners.is_empty());
    let shown = world.row("C", noon()).await.matches('H').count();
    assert_eq!(shown, winners.len() * 4, "what is held is exactly what the winners have");
}
