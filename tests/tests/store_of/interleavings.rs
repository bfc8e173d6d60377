//! Two at the same time: whatever the one does before any request of the other, in the end the claims and the holds, the
//! bookings and the money agree.

use crate::emulator;
use domain::booking::{ATTEMPTS_MAX, Booking, BookingStatus, CancelReason};
use domain::hold::Hold;
use domain::id::{RefundId, UserId};
use domain::money::Money;
use domain::payment::{Payment, PaymentStatus, Provider};
use jiff::SignedDuration;
use payments::{NewPayment, PaymentProvider, Providers, Sandbox, Settler};
use std::sync::Arc;
use store::{BookHoldError, PlaceHoldError, Placed, Store, Tables};
use tests::interruption::{interrupted, killed};
use tests::world::{World, after, entropy, noon, somebody};

/// Nothing sends more requests than this.
const REQUESTS_MAX: usize = 40;
/// Places in three blocks.
const SEATS: [&str; 3] = ["S-A-1", "S-B-1", "S-C-33"];
const ROWS: [&str; 3] = ["A", "B", "C"];

/// A fresh show, and what everybody else reads and writes it with.
async fn world() -> (World, Tables) {
    let tables = emulator::tables().await;
    (World::new(Store::new(emulator::client(), tables.clone())).await, tables)
}

async fn letters(world: &World, letter: char) -> usize {
    let mut count = 0;
    for row in ROWS {
        count += world.row(row, noon()).await.matches(letter).count();
    }
    count
}

/// What must be true whenever nothing is under way: the user has a hold and all of its places, or neither.
async fn holds_all_or_nothing(world: &World, user: &UserId) -> Option<Hold> {
    let hold = world.store.hold_of(&world.show.id, user, noon()).await.unwrap();
    let expected = hold.as_ref().map_or(0, |hold| hold.places.len());
    assert_eq!(letters(world, 'H').await, expected, "{hold:?}");
    hold
}

#[tokio::test]
async fn a_release_in_the_middle_of_a_hold_leaves_no_claim_without_a_hold() {
    for n in 0..REQUESTS_MAX {
        let (world, tables) = world().await;
        let anna = somebody();
        let hold = world.hold(&anna, &SEATS, noon());
        let (store, show, user) = (world.store.clone(), world.show.id.clone(), anna.clone());
        let release = async move { drop(store.release_hold(&show, &user, noon()).await) };
        let (placed, happened) = interrupted(&tables, n, async |store| store.place_hold(&hold, 6, noon()).await, release).await;
        let live = holds_all_or_nothing(&world, &anna).await;
        assert_eq!(live.is_some(), placed.is_ok(), "request {n}: who is told of a hold has one");
        if !happened {
            return assert!(n >= 6, "only {n} requests were interrupted");
        }
    }
    panic!("a hold sends more than {REQUESTS_MAX} requests");
}

#[tokio::test]
async fn the_same_hold_twice_at_once_is_one_hold() {
    for n in 0..REQUESTS_MAX {
        let (world, tables) = world().await;
        let anna = somebody();
        let (one, other) = (world.hold(&anna, &SEATS, noon()), world.hold(&anna, &SEATS, noon()));
        let (store, again) = (world.store.clone(), other.clone());
        let repeat = async move { drop(store.place_hold(&again, 6, noon()).await.unwrap()) };
        let (placed, happened) = interrupted(&tables, n, async |store| store.place_hold(&one, 6, noon()).await, repeat).await;
        let (Placed::New(hold) | Placed::Repeated(hold)) = placed.unwrap();
        assert_eq!(holds_all_or_nothing(&world, &anna).await, Some(hold));
        if !happened {
            return;
        }
    }
}

#[tokio::test]
async fn a_rival_in_the_middle_gets_all_of_its_places_or_none() {
    for n in 0..REQUESTS_MAX {
        let (world, tables) = world().await;
        let (anna, ben) = (somebody(), somebody());
        let (hold, rival) = (world.hold(&anna, &SEATS, noon()), world.hold(&ben, &["S-B-1", "S-C-33", "S-C-34"], noon()));
        let store = world.store.clone();
        let rush = async move { drop(store.place_hold(&rival, 6, noon()).await) };
        let (placed, happened) = interrupted(&tables, n, async |store| store.place_hold(&hold, 6, noon()).await, rush).await;
        let won = world.store.hold_of(&world.show.id, &ben, noon()).await.unwrap();
        assert!(placed.is_ok() || won.is_some() || n > 0, "request {n}: nobody got anything");
        assert!(placed.is_err() || won.is_none(), "request {n}: both were told that they have S-B-1");
        let expected = if placed.is_ok() || won.is_some() { 3 } else { 0 };
        assert_eq!(letters(&world, 'H').await, expected, "request {n}");
        if !happened {
            return;
        }
    }
}

#[tokio::test]
async fn after_a_call_off_in_the_middle_of_a_hold_nothing_is_held() {
    for n in 0..REQUESTS_MAX {
        let (world, tables) = world().await;
        let world = Arc::new(world);
        let anna = somebody();
        let hold = world.hold(&anna, &SEATS, noon());
        let closing = world.clone();
        let (placed, happened) =
            interrupted(&tables, n, async |store| store.place_hold(&hold, 6, noon()).await, async move { closing.close().await }).await;
        if !happened {
            return;
        }
        assert_eq!(letters(&world, 'H').await, 0, "a closed place is shown as withdrawn");
        match placed {
            Err(PlaceHoldError::Closed) => assert_eq!(world.store.hold_of(&world.show.id, &anna, noon()).await.unwrap(), None),
            // Every place was claimed before it was closed.
            Ok(_) => assert!(n >= 5, "request {n}"),
            Err(other) => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn a_repeated_request_never_shortens_what_was_extended_meanwhile() {
    for n in 0..REQUESTS_MAX {
        let (world, tables) = world().await;
        let anna = somebody();
        let Placed::New(hold) = world.place(&anna, &SEATS, noon()).await.unwrap() else { panic!("new") };
        let (store, before) = (world.store.clone(), hold.clone());
        let extend = async move { drop(store.extend_hold(&before, after(noon(), 900), noon()).await.unwrap()) };
        let (placed, happened) = interrupted(&tables, n, async |store| store.place_hold(&hold, 6, noon()).await, extend).await;
        assert!(matches!(placed.unwrap(), Placed::Repeated(_)));
        if !happened {
            return;
        }
        let live = world.store.hold_of(&world.show.id, &anna, noon()).await.unwrap().unwrap();
        assert_eq!(live.expires_at, after(noon(), 900));
        for row in ROWS {
            assert_eq!(world.row(row, after(noon(), 890)).await.matches('H').count(), 1, "request {n}, row {row}");
        }
    }
}

#[tokio::test]
async fn a_hold_that_is_booked_has_all_of_its_places_however_far_its_own_request_came() {
    for n in 0..REQUESTS_MAX {
        let (world, tables) = world().await;
        let anna = somebody();
        let hold = world.hold(&anna, &SEATS, noon());
        let died = killed(&tables, n, async |store| store.place_hold(&hold, 6, noon()).await).await;
        match world.store.book_hold(&world.show.id, &anna, noon()).await {
            Ok(_) => assert_eq!(letters(&world, 'H').await, SEATS.len(), "request {n}"),
            Err(BookHoldError::Lapsed) => assert_eq!(n, 0, "the intent was written"),
            Err(other) => panic!("{other:?}"),
        }
        if !died {
            return;
        }
    }
}

#[tokio::test]
async fn a_hold_whose_places_went_to_somebody_else_before_they_were_claimed_is_not_booked() {
    let (world, tables) = world().await;
    let (anna, ben) = (somebody(), somebody());
    let hold = world.hold(&anna, &SEATS, noon());
    assert!(killed(&tables, 2, async |store| store.place_hold(&hold, 6, noon()).await).await);
    world.place(&ben, &["S-B-1"], noon()).await.unwrap();
    let booked = world.store.book_hold(&world.show.id, &anna, noon()).await;
    assert!(matches!(booked, Err(BookHoldError::Lapsed)), "{booked:?}");
    assert_eq!(world.store.hold_of(&world.show.id, &anna, noon()).await.unwrap().unwrap().booking, None);
}

#[tokio::test]
async fn a_release_while_a_booking_completes_its_hold_leaves_no_claim_behind() {
    for n in 0..REQUESTS_MAX {
        let (world, tables) = world().await;
        let anna = somebody();
        let hold = world.hold(&anna, &SEATS, noon());
        assert!(killed(&tables, 2, async |store| store.place_hold(&hold, 6, noon()).await).await);
        let (store, show, user) = (world.store.clone(), world.show.id.clone(), anna.clone());
        let release = async move { drop(store.release_hold(&show, &user, noon()).await) };
        let book = async |store: Store| store.book_hold(&world.show.id, &anna, noon()).await;
        let (booked, happened) = interrupted(&tables, n, book, release).await;
        holds_all_or_nothing(&world, &anna).await;
        assert!(matches!(booked, Ok(_) | Err(BookHoldError::Lapsed)), "request {n}: {booked:?}");
        if !happened {
            return;
        }
    }
}

/// A booking that waits for its money, with the sandbox's books.
async fn pending(world: &World, user: &UserId) -> (Booking, Payment) {
    world.place(user, &SEATS, noon()).await.unwrap();
    let booking = world.book(user, noon()).await;
    let asked = NewPayment::of(&booking);
    Sandbox::new(world.store.clone(), "secret").start(&asked).await.unwrap();
    world.store.move_sandbox_payment(&booking.payment, PaymentStatus::Authorized).await.unwrap();
    let payment = world.store.payment(&booking.payment).await.unwrap().unwrap();
    (booking, payment)
}

fn settler(store: &Store) -> Settler {
    Settler {
        store: store.clone(),
        providers: Providers::default().with(Provider::Sandbox, Arc::new(Sandbox::new(store.clone(), "secret"))),
        ask_every: SignedDuration::from_secs(30),
        wait_for_late: SignedDuration::from_secs(1_800),
    }
}

/// What a web hook or `/confirm` does with an authorized payment, from reading the booking on.
async fn settle(store: Store, booking: Booking, payment: Payment) {
    let settler = settler(&store);
    let Ok(Some(booking)) = store.booking_of(&booking.user, &booking.id).await else { return };
    let report = settler.providers.get(Provider::Sandbox).unwrap().report(&payment).await.unwrap();
    let _ = settler.settle(booking, &payment, &report, noon()).await;
}

/// Lets the reconciler run as long as anything is due, then says how the booking and its money ended. They must agree with
/// each other, with the map and with the bank.
async fn ends_well(world: &World, booking: &Booking) -> BookingStatus {
    let settler = settler(&world.store);
    for minute in 1..=60 {
        let now = after(noon(), minute * 60);
        for due in world.store.payments_due(now, 50).await.unwrap().ids {
            settler.reconcile(&due, now).await.unwrap();
        }
    }
    assert!(world.store.payments_due(after(noon(), 90_000), 50).await.unwrap().ids.is_empty(), "something is due for ever");
    let booking = world.store.booking_of(&booking.user, &booking.id).await.unwrap().unwrap();
    let payment = world.store.payment(&booking.payment).await.unwrap().unwrap();
    let bank = world.store.sandbox_payment(&booking.payment).await.unwrap().unwrap();
    for other in (1..=ATTEMPTS_MAX).map(|attempt| booking.id.payment_id(attempt, Provider::Sandbox)).filter(|id| *id != booking.payment) {
        let Some(other) = world.store.sandbox_payment(&other).await.unwrap() else { continue };
        // Killed before it was written down: nobody was ever told how to pay it.
        let untold = other.status == PaymentStatus::Created && world.store.payment(&other.id).await.unwrap().is_none();
        assert!(untold || matches!(other.status, PaymentStatus::Voided | PaymentStatus::Refunded), "paid twice: {other:?}");
    }
    let bought = world.store.bought(&world.show.id, &booking.user).await.unwrap();
    let sold = letters(world, 'B').await;
    let ending = (booking.status, payment.status, bank.status, bought, sold);
    match booking.status {
        BookingStatus::Confirmed => {
            assert_eq!(ending, (BookingStatus::Confirmed, PaymentStatus::Captured, PaymentStatus::Captured, 3, 3));
        }
        BookingStatus::Cancelled | BookingStatus::Refunded | BookingStatus::PartiallyRefunded | BookingStatus::Expired => {
            assert_eq!((bought, sold), (0, 0), "{ending:?}");
            assert!(matches!(bank.status, PaymentStatus::Voided | PaymentStatus::Refunded), "{ending:?}");
            assert_eq!(payment.status, bank.status, "{ending:?}");
            // What was confirmed and called off before the money was taken is voided, and REFUNDED to its owner all the same.
            assert!(bank.status != PaymentStatus::Refunded || booking.status == BookingStatus::Refunded, "{ending:?}");
        }
        BookingStatus::Pending => panic!("{ending:?}"),
    }
    booking.status
}

#[tokio::test]
async fn an_owner_who_cancels_while_the_money_arrives_has_the_places_or_the_money() {
    let mut endings = std::collections::BTreeSet::new();
    for n in 0..REQUESTS_MAX {
        let (world, tables) = world().await;
        let (booking, payment) = pending(&world, &somebody()).await;
        let (store, cancelled) = (world.store.clone(), booking.clone());
        let cancel = async move {
            if let Ok(cancelled) = store.cancel_unconfirmed(&cancelled, CancelReason::Owner, noon()).await {
                store.free_places_of(&cancelled).await.unwrap();
            }
        };
        let ((), happened) = interrupted(&tables, n, async |store| settle(store, booking.clone(), payment).await, cancel).await;
        endings.insert(ends_well(&world, &booking).await);
        if !happened {
            return assert_eq!(endings.len(), 2, "it ended both ways: {endings:?}");
        }
    }
}

#[tokio::test]
async fn two_runs_that_settle_the_same_payment_confirm_it_once() {
    for n in 0..REQUESTS_MAX {
        let (world, tables) = world().await;
        let (booking, payment) = pending(&world, &somebody()).await;
        let other = settle(world.store.clone(), booking.clone(), payment.clone());
        let ((), happened) = interrupted(&tables, n, async |store| settle(store, booking.clone(), payment).await, other).await;
        assert_eq!(ends_well(&world, &booking).await, BookingStatus::Confirmed, "request {n}");
        if !happened {
            return;
        }
    }
}

#[tokio::test]
async fn a_call_off_while_the_money_arrives_never_leaves_money_without_places() {
    for n in 0..REQUESTS_MAX {
        let (world, tables) = world().await;
        let world = Arc::new(world);
        let (booking, payment) = pending(&world, &somebody()).await;
        let closing = world.clone();
        let close = async move { closing.close().await };
        let ((), happened) = interrupted(&tables, n, async |store| settle(store, booking.clone(), payment).await, close).await;
        ends_well(&world, &booking).await;
        if !happened {
            return;
        }
    }
}

#[tokio::test]
async fn a_refund_asked_for_while_the_money_is_taken_comes() {
    for n in 0..REQUESTS_MAX {
        let (world, tables) = world().await;
        let (booking, payment) = pending(&world, &somebody()).await;
        settle(world.store.clone(), booking.clone(), payment).await;
        let (store, owned) = (world.store.clone(), booking.clone());
        let cancel = async move {
            let owned = store.booking_of(&owned.user, &owned.id).await.unwrap().unwrap();
            World::call_off(&store, &owned, noon()).await.unwrap();
        };
        let capture = async |store: Store| {
            let _ = settler(&store).follow_up(&booking.user, &booking.id, noon()).await;
        };
        let ((), happened) = interrupted(&tables, n, capture, cancel).await;
        if !happened {
            return assert!(n >= 4, "only {n} requests were interrupted");
        }
        let ending = ends_well(&world, &booking).await;
        assert!(matches!(ending, BookingStatus::Refunded | BookingStatus::Cancelled), "request {n}: {ending:?}");
    }
}

#[tokio::test]
async fn places_are_free_once_the_messages_of_a_call_off_are_worked_through_whatever_met_it() {
    for n in 0..REQUESTS_MAX {
        let (world, tables) = world().await;
        let (booking, payment) = pending(&world, &somebody()).await;
        settle(world.store.clone(), booking.clone(), payment).await;
        let follow_up = async |store: Store| drop(settler(&store).follow_up(&booking.user, &booking.id, noon()).await);
        follow_up(world.store.clone()).await;
        let (store, owned) = (world.store.clone(), booking.clone());
        let cancel = async move {
            let owned = store.booking_of(&owned.user, &owned.id).await.unwrap().unwrap();
            World::call_off(&store, &owned, noon()).await.unwrap();
        };
        let ((), happened) = interrupted(&tables, n, follow_up, cancel).await;
        // The call-off's own message.
        follow_up(world.store.clone()).await;
        if !happened {
            return assert!(n >= 2, "only {n} requests were interrupted");
        }
        assert_eq!(letters(&world, 'B').await, 0, "request {n}");
        let told = world.store.booking_of(&booking.user, &booking.id).await.unwrap().unwrap();
        assert_eq!(told.status, BookingStatus::Refunded, "request {n}");
        assert_eq!(ends_well(&world, &booking).await, BookingStatus::Refunded, "request {n}");
    }
}

#[tokio::test]
async fn the_rest_comes_back_too_if_it_is_called_off_while_a_part_goes_back() {
    for n in 0..REQUESTS_MAX {
        let (world, tables) = world().await;
        let (booking, payment) = pending(&world, &somebody()).await;
        settle(world.store.clone(), booking.clone(), payment).await;
        let follow_up = async |store: Store| drop(settler(&store).follow_up(&booking.user, &booking.id, noon()).await);
        follow_up(world.store.clone()).await;
        let part = Money { amount: 100, ..booking.quote.total.clone() };
        let id = RefundId::from_entropy(entropy());
        let confirmed = world.store.booking_of(&booking.user, &booking.id).await.unwrap().unwrap();
        settler(&world.store).give_back(&confirmed, &part, id, noon()).await.unwrap();
        let (store, owned) = (world.store.clone(), booking.clone());
        let cancel = async move {
            let owned = store.booking_of(&owned.user, &owned.id).await.unwrap().unwrap();
            World::call_off(&store, &owned, noon()).await.unwrap();
        };
        let ((), happened) = interrupted(&tables, n, follow_up, cancel).await;
        if !happened {
            return assert!(n >= 8, "only {n} requests were interrupted");
        }
        assert_eq!(ends_well(&world, &booking).await, BookingStatus::Refunded, "request {n}");
        let bank = world.store.sandbox_payment(&booking.payment).await.unwrap().unwrap();
        assert_eq!(bank.refunded(), booking.quote.total.amount, "request {n}");
    }
}

/// The buyer tries again and pays what that began.
async fn retry_and_pay(store: Store, booking: Booking) {
    let settler = settler(&store);
    let sandbox = settler.providers.get(Provider::Sandbox).unwrap();
    let Ok(Some(booking)) = store.booking_of(&booking.user, &booking.id).await else { return };
    let Ok((booking, payment, _)) = settler.retry(&booking, Provider::Sandbox, sandbox, noon()).await else { return };
    let _ = store.move_sandbox_payment(&payment.id, PaymentStatus::Authorized).await;
    settle(store, booking, payment).await;
}

#[tokio::test]
async fn who_tries_again_while_the_first_payment_arrives_pays_once() {
    for n in 0..REQUESTS_MAX {
        let (world, tables) = world().await;
        let (booking, payment) = pending(&world, &somebody()).await;
        let again = retry_and_pay(world.store.clone(), booking.clone());
        let ((), happened) = interrupted(&tables, n, async |store| settle(store, booking.clone(), payment).await, again).await;
        assert_eq!(ends_well(&world, &booking).await, BookingStatus::Confirmed, "request {n}");
        if !happened {
            break;
        }
    }
    for n in 0..REQUESTS_MAX {
        let (world, tables) = world().await;
        let (booking, payment) = pending(&world, &somebody()).await;
        let first = settle(world.store.clone(), booking.clone(), payment);
        let ((), happened) = interrupted(&tables, n, async |store| retry_and_pay(store, booking.clone()).await, first).await;
        assert_eq!(ends_well(&world, &booking).await, BookingStatus::Confirmed, "request {n}");
        if !happened {
            return;
        }
    }
}

#[tokio::test]
async fn who_tries_again_in_two_windows_pays_once() {
    for n in 0..REQUESTS_MAX {
        let (world, tables) = world().await;
        let (booking, _) = pending(&world, &somebody()).await;
        let other = retry_and_pay(world.store.clone(), booking.clone());
        let ((), happened) = interrupted(&tables, n, async |store| retry_and_pay(store, booking.clone()).await, other).await;
        ends_well(&world, &booking).await;
        if !happened {
            return;
        }
    }
}

#[tokio::test]
async fn a_try_that_is_killed_anywhere_leaves_nothing_for_ever() {
    for n in 0..REQUESTS_MAX {
        let (world, tables) = world().await;
        let (booking, _) = pending(&world, &somebody()).await;
        let died = killed(&tables, n, async |store| retry_and_pay(store, booking.clone()).await).await;
        ends_well(&world, &booking).await;
        if !died {
            return;
        }
    }
}

#[tokio::test]
async fn killed_before_any_request_the_reconciler_ends_it() {
    let mut endings = std::collections::BTreeSet::new();
    for n in 0..REQUESTS_MAX {
        let (world, tables) = world().await;
        let (booking, payment) = pending(&world, &somebody()).await;
        let whole = async |store: Store| {
            settle(store.clone(), booking.clone(), payment).await;
            let settler = settler(&store);
            settler.follow_up(&booking.user, &booking.id, noon()).await.unwrap();
            let owned = store.booking_of(&booking.user, &booking.id).await.unwrap().unwrap();
            World::call_off(&store, &owned, noon()).await.unwrap();
            settler.follow_up(&booking.user, &booking.id, noon()).await.unwrap();
        };
        let died = killed(&tables, n, whole).await;
        endings.insert(ends_well(&world, &booking).await);
        if !died {
            assert!(n > 15, "only {n} requests were killed");
            return assert_eq!(endings, [BookingStatus::Confirmed, BookingStatus::Refunded].into());
        }
    }
    panic!("from the money to the refund more than {REQUESTS_MAX} requests");
}
