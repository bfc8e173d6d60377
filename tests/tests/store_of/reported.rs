//! What providers tell of payments: names, events, and reports that come too late.

use crate::emulator;
use domain::booking::{Booking, BookingStatus};
use domain::payment::{Payment, PaymentStatus, Provider};
use jiff::SignedDuration;
use payments::{About, Event, NewPayment, PaymentProvider, Providers, Report, Sandbox, Settler, Subject};
use std::sync::Arc;
use store::{CreatePaymentError, NoteEventError, Noted, Store, Told};
use tests::world::{World, after, noon, somebody};

async fn world() -> World {
    World::new(Store::new(emulator::client(), emulator::tables().await)).await
}

fn settler(store: &Store) -> Settler {
    Settler {
        store: store.clone(),
        providers: Providers::default().with(Provider::Sandbox, Arc::new(Sandbox::new(store.clone(), "secret"))),
        ask_every: SignedDuration::from_secs(30),
        wait_for_late: SignedDuration::from_secs(1_800),
    }
}

/// A booking that waits for its money, known to the sandbox.
async fn pending(world: &World) -> (Booking, Payment) {
    let anna = somebody();
    world.place(&anna, &["S-A-1"], noon()).await.unwrap();
    let booking = world.book(&anna, noon()).await;
    let asked = NewPayment::of(&booking);
    Sandbox::new(world.store.clone(), "secret").start(&asked).await.unwrap();
    let payment = world.store.payment(&booking.payment).await.unwrap().unwrap();
    (booking, payment)
}

fn of_stripe(payment: &Payment, reference: &str) -> Payment {
    Payment { provider: Provider::Stripe, provider_reference: reference.to_owned(), ..payment.clone() }
}

#[tokio::test]
async fn a_payment_is_found_by_the_name_its_provider_gave_it_and_no_name_is_given_twice() {
    let world = world().await;
    let (_, payment) = pending(&world).await;
    let first = of_stripe(&Payment { id: "pay_0000000000000001".parse().unwrap(), ..payment.clone() }, "pi_1");
    world.store.create_payment(&first, noon()).await.unwrap();
    assert_eq!(world.store.payment_by_reference(Provider::Stripe, "pi_1").await.unwrap().as_ref(), Some(&first.id));
    assert_eq!(world.store.payment_by_reference(Provider::Razorpay, "pi_1").await.unwrap(), None);
    let other = of_stripe(&Payment { id: "pay_0000000000000002".parse().unwrap(), ..payment }, "pi_1");
    assert!(matches!(world.store.create_payment(&other, noon()).await, Err(CreatePaymentError::ReferenceTaken)));
    let again = of_stripe(&first, "pi_2");
    assert_eq!(world.store.create_payment(&again, noon()).await.unwrap(), first, "the first stays, and whoever asks is told");
}

#[tokio::test]
async fn an_event_moves_its_payment_once_and_never_back() {
    let world = world().await;
    let (_, payment) = pending(&world).await;
    let told = |to: Option<PaymentStatus>| to.map(|status| Told { status, amount: &payment.amount });
    let note = async |event: &str, to| world.store.note_event(&payment, event, told(to), noon()).await.unwrap();
    let status = async || world.store.payment(&payment.id).await.unwrap().unwrap().status;
    assert_eq!(note("evt_1", Some(PaymentStatus::Authorized)).await, Noted::First);
    assert_eq!(note("evt_1", Some(PaymentStatus::Captured)).await, Noted::Repeated);
    assert_eq!(status().await, PaymentStatus::Authorized);
    assert_eq!(note("evt_0", Some(PaymentStatus::Declined)).await, Noted::First, "late news is noted and changes nothing");
    assert_eq!(note("evt_0", Some(PaymentStatus::Declined)).await, Noted::Repeated);
    assert_eq!(note("evt_2", None).await, Noted::First);
    assert_eq!(note("evt_2", None).await, Noted::Repeated);
    assert_eq!(status().await, PaymentStatus::Authorized);
    for many in 0..70 {
        note(&format!("evt_many_{many}"), None).await;
    }
    assert_eq!(note("evt_late", Some(PaymentStatus::Captured)).await, Noted::First, "a full memory holds nothing up");
    assert_eq!(status().await, PaymentStatus::Captured);
    let unknown = Payment { id: "pay_0000000000000009".parse().unwrap(), ..payment.clone() };
    let missing = world.store.note_event(&unknown, "evt_1", None, noon()).await;
    assert!(matches!(missing, Err(NoteEventError::Missing)));
    let missing = world.store.note_event(&unknown, "evt_1", told(Some(PaymentStatus::Captured)), noon()).await;
    assert!(matches!(missing, Err(NoteEventError::Missing)));
}

#[tokio::test]
async fn a_late_report_for_a_payment_that_was_given_up_confirms_nothing() {
    let world = world().await;
    let (booking, payment) = pending(&world).await;
    world.store.move_payment(&payment.id, PaymentStatus::Voided).await.unwrap();
    let late = Report { status: PaymentStatus::Authorized, amount: payment.amount.clone() };
    let after_it = settler(&world.store).settle(booking, &payment, &late, noon()).await.unwrap();
    assert_eq!(after_it.status, BookingStatus::Pending);
    assert_eq!(world.row("A", noon()).await, "HAAAAAAAAA", "nothing is sold");
    assert_eq!(world.store.payment(&payment.id).await.unwrap().unwrap().status, PaymentStatus::Voided);
}

#[tokio::test]
async fn an_event_with_our_name_but_anothers_reference_is_not_about_our_payment() {
    let world = world().await;
    let (_, payment) = pending(&world).await;
    let settler = settler(&world.store);
    let report = Report { status: PaymentStatus::Captured, amount: payment.amount.clone() };
    for (provider, reference, taken) in
        [(Provider::Sandbox, "reference", true), (Provider::Sandbox, "another", false), (Provider::Stripe, "reference", false)]
    {
        let of = Subject::Ours { payment: payment.id.clone(), reference: reference.to_owned() };
        let event = Event { id: format!("evt_{reference}"), at: noon(), about: About::Payment { of, report: report.clone() } };
        assert_eq!(settler.take_event(provider, &event, noon()).await.unwrap().is_some(), taken, "{provider:?} {reference}");
    }
}

#[tokio::test]
async fn a_confirmed_booking_whose_money_is_gone_is_called_off() {
    let world = world().await;
    let (booking, payment) = pending(&world).await;
    let settler = settler(&world.store);
    world.store.move_sandbox_payment(&payment.id, PaymentStatus::Authorized).await.unwrap();
    let report = Report { status: PaymentStatus::Authorized, amount: payment.amount.clone() };
    let confirmed = settler.settle(booking.clone(), &payment, &report, noon()).await.unwrap();
    assert_eq!(confirmed.status, BookingStatus::Confirmed);
    world.store.move_sandbox_payment(&payment.id, PaymentStatus::Voided).await.unwrap();

    settler.follow_up(&booking.user, &booking.id, after(noon(), 5)).await.unwrap();

    let lost = world.store.booking_of(&booking.user, &booking.id).await.unwrap().unwrap();
    assert_eq!((lost.status, lost.cancel_reason), (BookingStatus::Cancelled, Some(domain::booking::CancelReason::PaymentLost)));
    assert_eq!(world.row("A", after(noon(), 5)).await, "AAAAAAAAAA");
    assert_eq!(world.store.audit_of(booking.id.as_str()).await.unwrap(), ["booking.payment-lost"]);
    settler.reconcile(&payment.id, after(noon(), 100)).await.unwrap();
    assert!(world.store.payments_due(after(noon(), 90_000), 10).await.unwrap().ids.is_empty(), "and then nothing is tried again");
}
