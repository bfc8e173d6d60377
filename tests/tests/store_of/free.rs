//! What costs nothing: confirmed without money, whoever dies on the way; and nothing else is confirmed so.

use crate::emulator;
use domain::booking::{Booking, BookingStatus, CancelReason};
use domain::coupon::{Benefit, Coupon, CouponStatus};
use domain::payment::{Payment, PaymentStatus, Provider};
use jiff::SignedDuration;
use payments::{Free, NewPayment, PaymentProvider, ProviderError, Providers, Settler};
use std::sync::Arc;
use store::{Store, Tables};
use tests::interruption::killed;
use tests::world::{World, after, noon, somebody};

/// Nothing sends more requests than this.
const REQUESTS_MAX: usize = 30;

async fn world() -> (World, Tables) {
    let tables = emulator::tables().await;
    (World::new(Store::new(emulator::client(), tables.clone())).await, tables)
}

fn settler(store: &Store) -> Settler {
    Settler {
        store: store.clone(),
        providers: Providers::default().with(Provider::Free, Arc::new(Free)),
        ask_every: SignedDuration::from_secs(30),
        wait_for_late: SignedDuration::from_secs(1_800),
    }
}

/// A booking of two places that a coupon makes free, with its payment.
async fn pending(world: &World) -> (Booking, Payment) {
    let anna = somebody();
    world.place(&anna, &["S-A-1", "S-A-2"], noon()).await.unwrap();
    let hold = world.store.book_hold(&world.show.id, &anna, noon()).await.unwrap();
    let coupon = Coupon {
        organization: world.show.organization.clone(),
        code: "ALL-OF-IT".parse().unwrap(),
        event: None,
        benefit: Benefit::Percentage(10_000),
        valid_from: None,
        valid_until: None,
        minimum: None,
        uses_max: None,
        uses_per_user_max: None,
        status: CouponStatus::Active,
        created_at: noon(),
    };
    let booking = world.booking_of(&hold, noon()).with_coupon(&coupon, &world.show, Provider::Stripe, noon()).unwrap();
    let asked = NewPayment::of(&booking);
    let payment = asked.payment(booking.provider(Provider::Stripe), &Free.start(&asked).await.unwrap(), noon());
    world.store.create_payment(&payment, after(noon(), 30)).await.unwrap();
    world.store.create_booking(&booking).await.unwrap();
    (booking, payment)
}

/// Lets the reconciler run as long as anything is due, then says how it ended.
async fn ending(world: &World, booking: &Booking, from: i64) -> (BookingStatus, PaymentStatus, String) {
    for minute in 1..=5 {
        let now = after(noon(), from + minute * 60);
        for due in world.store.payments_due(now, 50).await.unwrap().ids {
            settler(&world.store).reconcile(&due, now).await.unwrap();
        }
    }
    assert!(world.store.payments_due(after(noon(), 90_000), 50).await.unwrap().ids.is_empty(), "something is due for ever");
    let booking = world.store.booking_of(&booking.user, &booking.id).await.unwrap().unwrap();
    let payment = world.store.payment(&booking.payment).await.unwrap().unwrap();
    (booking.status, payment.status, world.row("A", noon()).await)
}

#[tokio::test]
async fn killed_before_any_request_what_costs_nothing_is_confirmed_all_the_same() {
    for n in 0..REQUESTS_MAX {
        let (world, tables) = world().await;
        let (booking, payment) = pending(&world).await;
        assert_eq!((payment.provider, payment.amount.amount), (Provider::Free, 0));
        let settle = async |store: Store| settler(&store).settle(booking.clone(), &payment, &Free::report(&payment), noon()).await;
        let died = killed(&tables, n, settle).await;
        let confirmed = (BookingStatus::Confirmed, PaymentStatus::Captured, "BBAAAAAAAA".to_owned());
        assert_eq!(ending(&world, &booking, 0).await, confirmed, "request {n}");
        if !died {
            return assert!(n >= 3, "only {n} requests were killed");
        }
    }
    panic!("settling sends more than {REQUESTS_MAX} requests");
}

#[tokio::test]
async fn what_cost_nothing_can_be_called_off_as_anything_else() {
    let (world, _) = world().await;
    let (booking, payment) = pending(&world).await;
    let booking = settler(&world.store).settle(booking, &payment, &Free::report(&payment), noon()).await.unwrap();
    assert_eq!(booking.status, BookingStatus::Confirmed);
    World::call_off(&world.store, &booking, noon()).await.unwrap();
    let (status, _, row) = ending(&world, &booking, 600).await;
    assert!(matches!(status, BookingStatus::Cancelled | BookingStatus::Refunded), "{status:?}");
    assert_eq!(row, "AAAAAAAAAA");
}

#[tokio::test]
async fn a_payment_of_nothing_pays_for_nothing_else() {
    let (world, _) = world().await;
    let anna = somebody();
    world.place(&anna, &["S-A-1"], noon()).await.unwrap();
    let booking = world.book(&anna, noon()).await;
    let asked = NewPayment::of(&booking);
    assert!(matches!(Free.start(&asked).await, Err(ProviderError::Refused(_))));
    // Even if one were written for it.
    let payment = Payment { provider: Provider::Free, ..world.store.payment(&booking.payment).await.unwrap().unwrap() };
    let settled = settler(&world.store).settle(booking, &payment, &Free::report(&payment), noon()).await.unwrap();
    assert_eq!((settled.status, settled.cancel_reason), (BookingStatus::Cancelled, Some(CancelReason::WrongAmount)));
    assert_eq!(world.row("A", noon()).await, "AAAAAAAAAA");
}
