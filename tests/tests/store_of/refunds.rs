//! Money that goes back: in parts, twice, at the same time, late, not at all, and by the buyer's bank. With our imitation of Stripe.

use crate::emulator;
use domain::booking::{Booking, BookingStatus, CancelReason};
use domain::ledger::Account;
use domain::money::Money;
use domain::payment::{Payment, PaymentStatus, Provider};
use domain::refund::{RefundStatus, RefundStep, RefundTerms};
use domain::show::Show;
use domain::ticket::{Outcome, Ticket, TicketStatus};
use jiff::SignedDuration;
use payments::{CancelBy, NewPayment, PaymentProvider, Providers, Settler, Stripe, StripeSettings, TakeBackError, Window, Woken};
use std::sync::Arc;
use store::Store;
use tests::fake::{Asked, Fake, Fault, stripe};
use tests::world::{World, after, noon, somebody};

const SEATS: [&str; 2] = ["S-A-1", "S-B-1"];
const TOTAL: i64 = 118_000;

/// A booking that is paid and captured, and everybody whom that took.
struct Sold {
    world: World,
    bank: Fake<stripe::Stripe>,
    stripe: Arc<Stripe>,
    settler: Settler,
    booking: Booking,
    payment: Payment,
}

impl Sold {
    async fn new() -> Self {
        let world = World::new(Store::new(emulator::client(), emulator::tables().await)).await;
        let bank = Fake::start(stripe::Stripe::at(noon().as_second())).await;
        let stripe = Arc::new(Stripe::new(&StripeSettings::new("sk_test_1", stripe::WEBHOOK_SECRET, &bank.base)));
        let settler = Settler {
            store: world.store.clone(),
            providers: Providers::default().with(Provider::Stripe, stripe.clone()),
            ask_every: SignedDuration::from_secs(30),
            wait_for_late: SignedDuration::from_secs(1_800),
        };
        let anna = somebody();
        world.place(&anna, &SEATS, noon()).await.unwrap();
        let hold = world.store.book_hold(&world.show.id, &anna, noon()).await.unwrap();
        let booking = Booking::of(&hold, &world.show, Provider::Stripe, noon());
        let asked = NewPayment::of(&booking);
        let started = stripe.start(&asked).await.unwrap();
        let payment = world.store.create_payment(&asked.payment(Provider::Stripe, &started, noon()), after(noon(), 30)).await.unwrap();
        world.store.create_booking(&booking).await.unwrap();
        bank.books(|books| books.authorize(&payment.provider_reference));
        let report = stripe.report(&payment).await.unwrap();
        let booking = settler.settle(booking, &payment, &report, noon()).await.unwrap();
        settler.follow_up(&booking.user, &booking.id, noon()).await.unwrap();
        let payment = world.store.payment(&payment.id).await.unwrap().unwrap();
        assert_eq!((booking.status, payment.status, payment.captured), (BookingStatus::Confirmed, PaymentStatus::Captured, TOTAL));
        Self { world, bank, stripe, settler, booking, payment }
    }

    async fn now(&self) -> (Booking, Payment) {
        let store = &self.world.store;
        let booking = store.booking_of(&self.booking.user, &self.booking.id).await.unwrap().unwrap();
        (booking, store.payment(&self.payment.id).await.unwrap().unwrap())
    }

    /// What the web hooks that wait come to.
    async fn hear(&self) {
        for hook in self.bank.books(|books| std::mem::take(&mut books.hooks)) {
            let header = |name: &str| hook.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
            let event = self.stripe.verify_webhook(&header, &hook.body, noon()).unwrap();
            match self.settler.take_event(Provider::Stripe, &event, noon()).await.unwrap() {
                Some(Woken::Payment(payment)) => self.settler.look(&payment, noon()).await.unwrap(),
                Some(Woken::Dispute(payment, dispute)) => self.settler.look_at_dispute(&payment, &dispute, noon()).await.unwrap(),
                None => {}
            }
        }
    }

    async fn on(&self, account: Account) -> i64 {
        let postings = self.world.store.postings_of(&self.payment.id).await.unwrap();
        postings.iter().map(|posting| posting.on(account)).sum()
    }

    async fn door(&self, nonce: &str) -> Outcome {
        let ticket = Ticket::of(&self.booking).next().unwrap();
        self.world.store.admit(&ticket, nonce, None, noon(), noon()).await.unwrap().outcome
    }
}

fn rupees(amount: i64) -> Money {
    Money { amount, currency: "INR".parse().unwrap() }
}

#[tokio::test]
async fn however_many_ask_at_the_same_time_no_more_goes_back_than_was_taken() {
    let sold = Sold::new().await;
    let ask = |n: usize| {
        let (settler, booking, payment) = (sold.settler.clone(), sold.booking.clone(), sold.payment.clone());
        async move {
            let id = payment.id.refund_id(&n.to_string());
            for _ in 0..40 {
                let current = settler.store.booking_of(&booking.user, &booking.id).await.unwrap().unwrap();
                match settler.give_back(&current, &rupees(40_000), id.clone(), noon()).await {
                    Err(TakeBackError::WrongState) => {}
                    outcome => return outcome.is_ok(),
                }
            }
            false
        }
    };
    let given = futures_util::future::join_all((0..12).map(ask)).await.into_iter().filter(|given| *given).count();
    assert_eq!(given, 2, "two times 400 of 1,180 rupees");
    sold.settler.follow_up(&sold.booking.user, &sold.booking.id, noon()).await.unwrap();
    let (booking, payment) = sold.now().await;
    assert_eq!((booking.status, payment.status, payment.refunded), (BookingStatus::Confirmed, PaymentStatus::Captured, 80_000));
    assert_eq!(sold.bank.books(|books| books.kept()), TOTAL - 80_000);
    assert_eq!((sold.on(Account::Stripe).await, sold.on(Account::Buyers).await), (TOTAL - 80_000, 0));

    let cancelled = sold.settler.cancel(&booking, &sold.world.show, CancelBy::Owner, noon()).await.unwrap();
    assert_eq!(cancelled.returned.total(), TOTAL, "what was left");
    sold.settler.follow_up(&booking.user, &booking.id, noon()).await.unwrap();
    let (booking, payment) = sold.now().await;
    assert_eq!((booking.status, payment.status), (BookingStatus::Refunded, PaymentStatus::Refunded));
    assert_eq!((sold.bank.books(|books| books.kept()), sold.on(Account::Stripe).await, sold.on(Account::Sales).await), (0, 0, 0));
}

#[tokio::test]
async fn a_refund_is_followed_until_it_arrives_and_noticed_when_it_comes_back() {
    let sold = Sold::new().await;
    sold.bank.books(|books| books.refunds_are("pending"));
    let id = sold.payment.id.refund_id("goodwill");
    sold.settler.give_back(&sold.booking, &rupees(1_000), id.clone(), noon()).await.unwrap();
    let status = async || sold.world.store.refund(&sold.payment.id, &id).await.unwrap().unwrap().status;
    assert_eq!(status().await, RefundStatus::Requested);
    assert_eq!(sold.on(Account::Buyers).await, -1_000, "owed, and not yet paid");
    sold.settler.reconcile(&sold.payment.id, noon()).await.unwrap();
    assert_eq!(status().await, RefundStatus::Processing);
    assert_eq!(
        sold.world.store.payments_due(after(noon(), 60), 10).await.unwrap().ids,
        std::slice::from_ref(&sold.payment.id),
        "asked again"
    );

    sold.bank.books(|books| books.refunds_become("succeeded"));
    sold.hear().await;
    assert_eq!((status().await, sold.on(Account::Buyers).await, sold.on(Account::Stripe).await), (RefundStatus::Done, 0, TOTAL - 1_000));

    sold.bank.books(|books| books.refunds_become("failed"));
    sold.hear().await;
    assert_eq!((status().await, sold.on(Account::Buyers).await, sold.on(Account::Stripe).await), (RefundStatus::Failed, -1_000, TOTAL));
    let failed = sold.world.store.refunds_in(&sold.booking.organization, RefundStatus::Failed, None, 10).await.unwrap();
    assert_eq!(failed.len(), 1, "somebody sees it");
    assert!(sold.world.store.audit_of(sold.booking.id.as_str()).await.unwrap().contains(&"refund.failed".to_owned()));

    let refund = sold.world.store.refund(&sold.payment.id, &id).await.unwrap().unwrap();
    sold.bank.books(|books| books.refunds_are("succeeded"));
    sold.world.store.move_refund(&sold.payment, &refund, &refund.again(), noon()).await.unwrap();
    sold.settler.reconcile(&sold.payment.id, noon()).await.unwrap();
    assert_eq!((status().await, sold.on(Account::Buyers).await, sold.on(Account::Stripe).await), (RefundStatus::Done, 0, TOTAL - 1_000));
    assert_eq!(sold.bank.books(|books| books.kept()), TOTAL - 1_000);
}

#[tokio::test]
async fn a_whole_refund_that_comes_back_is_asked_for_again_and_arrives() {
    let sold = Sold::new().await;
    sold.settler.cancel(&sold.booking, &sold.world.show, CancelBy::Owner, noon()).await.unwrap();
    sold.settler.follow_up(&sold.booking.user, &sold.booking.id, noon()).await.unwrap();
    assert_eq!(sold.now().await.1.status, PaymentStatus::Refunded);
    sold.bank.books(|books| books.refunds_become("failed"));
    sold.hear().await;
    let (_, payment) = sold.now().await;
    let refund = sold.world.store.refunds_of(&payment.id).await.unwrap().pop().unwrap();
    assert_eq!((payment.status, refund.status), (PaymentStatus::Captured, RefundStatus::Failed), "it is with us again");
    assert_eq!((sold.on(Account::Stripe).await, sold.on(Account::Buyers).await), (TOTAL, -TOTAL));
    sold.world.store.move_refund(&payment, &refund, &refund.again(), after(noon(), 60)).await.unwrap();
    sold.settler.reconcile(&payment.id, after(noon(), 60)).await.unwrap();
    assert_eq!(sold.now().await.1.status, PaymentStatus::Refunded);
    assert_eq!((sold.bank.books(|books| books.kept()), sold.on(Account::Buyers).await), (0, 0));
}

#[tokio::test]
async fn a_refund_that_waits_does_not_go_out_while_the_bank_has_the_money_or_keeps_it() {
    let sold = Sold::new().await;
    let reference = sold.payment.provider_reference.clone();
    sold.settler.cancel(&sold.booking, &sold.world.show, CancelBy::Owner, noon()).await.unwrap();
    sold.bank.books(|books| books.hooks.clear());
    sold.bank.books(|books| books.dispute(&reference, "needs_response", TOTAL));
    sold.hear().await;
    sold.settler.reconcile(&sold.payment.id, noon()).await.unwrap();
    let refund = sold.world.store.refunds_of(&sold.payment.id).await.unwrap().pop().unwrap();
    assert_eq!((refund.status, sold.bank.books(|books| books.kept())), (RefundStatus::Requested, TOTAL), "it waits");
    // The web hook that says how it ended is lost: we ask now and then.
    sold.bank.books(|books| books.dispute(&reference, "lost", TOTAL));
    sold.bank.books(|books| books.hooks.clear());
    let later = after(noon(), 7 * 3_600);
    assert_eq!(sold.world.store.payments_due(later, 10).await.unwrap().ids, std::slice::from_ref(&sold.payment.id));
    sold.settler.reconcile(&sold.payment.id, later).await.unwrap();
    let refund = sold.world.store.refunds_of(&sold.payment.id).await.unwrap().pop().unwrap();
    assert_eq!((refund.status, refund.failure.as_deref()), (RefundStatus::Failed, Some("charged-back")));
    assert_eq!(sold.bank.books(|books| books.kept()), TOTAL, "Stripe's own books have the dispute elsewhere");
    let payment = sold.now().await.1;
    let again = sold.world.store.move_refund(&payment, &refund, &refund.again(), later).await;
    assert!(again.is_err(), "nobody can ask for it again");
}

#[tokio::test]
async fn what_the_bank_did_not_take_goes_back_with_the_places() {
    let sold = Sold::new().await;
    let reference = sold.payment.provider_reference.clone();
    sold.bank.books(|books| books.dispute(&reference, "lost", 59_000));
    sold.hear().await;
    sold.settler.reconcile(&sold.payment.id, noon()).await.unwrap();
    let (booking, payment) = sold.now().await;
    assert_eq!((booking.cancel_reason, payment.refunded), (Some(CancelReason::ChargedBack), 59_000));
    assert_eq!((sold.on(Account::Stripe).await, sold.on(Account::Buyers).await, sold.on(Account::Sales).await), (0, 0, 0));
}

#[tokio::test]
async fn what_is_asked_for_while_a_run_comes_to_its_end_stays_due() {
    let sold = Sold::new().await;
    let before = sold.now().await.1;
    sold.settler.give_back(&sold.booking, &rupees(1_000), before.id.refund_id("goodwill"), noon()).await.unwrap();
    // A run that read the payment before ends now.
    sold.world.store.clear_payment_due(&before, noon()).await.unwrap();
    assert_eq!(sold.world.store.payments_due(noon(), 10).await.unwrap().ids, std::slice::from_ref(&before.id));
    let after_it = sold.now().await.1;
    // Asked for again in the very second in which this run began, which has seen the refund only as it was before.
    sold.world.store.clear_payment_due(&after_it, noon()).await.unwrap();
    assert_eq!(sold.world.store.payments_due(noon(), 10).await.unwrap().ids, std::slice::from_ref(&before.id));
    sold.world.store.clear_payment_due(&after_it, after(noon(), 1)).await.unwrap();
    assert!(sold.world.store.payments_due(noon(), 10).await.unwrap().ids.is_empty());
}

#[tokio::test]
async fn a_refund_that_the_provider_refuses_fails_and_one_it_cannot_be_asked_about_waits() {
    let sold = Sold::new().await;
    let id = sold.payment.id.refund_id("goodwill");
    sold.settler.give_back(&sold.booking, &rupees(90_000), id.clone(), noon()).await.unwrap();
    sold.bank.fail(Asked::Refund, Fault::TooMany, 2);
    assert!(sold.settler.reconcile(&sold.payment.id, noon()).await.is_err());
    let status = async || sold.world.store.refund(&sold.payment.id, &id).await.unwrap().unwrap();
    assert_eq!(status().await.status, RefundStatus::Requested);

    // Somebody sends most of it back at the provider's own desk: there is not so much left.
    let by_hand = domain::refund::Refund { id: sold.payment.id.refund_id("hand"), amount: rupees(100_000), ..status().await };
    sold.stripe.refund(&sold.payment, &by_hand).await.unwrap();
    sold.settler.reconcile(&sold.payment.id, noon()).await.unwrap();
    assert_eq!((status().await.status, status().await.failure.as_deref()), (RefundStatus::Failed, Some("amount_too_large")));
    let window = Window { from: noon(), until: after(noon(), 86_400) };
    let compared = sold.settler.compare(Provider::Stripe, &window, noon()).await.unwrap();
    assert_eq!((compared.compared, compared.differences.len()), (1, 1), "and the comparison finds what was done by hand");
    assert_eq!(compared.differences[0].refunded, (Some(100_000), 0));
}

#[tokio::test]
async fn what_was_sent_back_by_hand_is_not_sent_back_again() {
    let sold = Sold::new().await;
    let whole = domain::refund::Refund::of(
        &sold.payment,
        sold.payment.id.refund_id("hand"),
        rupees(TOTAL),
        domain::refund::RefundReason::Goodwill,
        noon(),
    );
    sold.stripe.refund(&sold.payment, &whole).await.unwrap();
    sold.settler.cancel(&sold.booking, &sold.world.show, CancelBy::Owner, noon()).await.unwrap();
    sold.settler.follow_up(&sold.booking.user, &sold.booking.id, noon()).await.unwrap();
    let (booking, payment) = sold.now().await;
    assert_eq!((booking.status, payment.status), (BookingStatus::Refunded, PaymentStatus::Refunded));
    assert_eq!((sold.bank.books(|books| books.kept()), sold.on(Account::Stripe).await), (0, 0));
}

#[tokio::test]
async fn the_shows_terms_say_what_goes_back_and_until_when() {
    let sold = Sold::new().await;
    let terms = |hours, fee_back| RefundTerms { steps: vec![RefundStep { until_hours: hours, rate: 2_500 }], fee_back };
    let too_late = Show { refund_terms: terms(48, true), ..sold.world.show.clone() };
    let refused = sold.settler.cancel(&sold.booking, &too_late, CancelBy::Owner, noon()).await;
    assert!(matches!(refused, Err(TakeBackError::TooLate)), "the show is tomorrow");
    let quarter = Show { refund_terms: terms(1, false), ..sold.world.show.clone() };
    sold.settler.cancel(&sold.booking, &quarter, CancelBy::Owner, noon()).await.unwrap();
    sold.settler.follow_up(&sold.booking.user, &sold.booking.id, noon()).await.unwrap();
    let (booking, payment) = sold.now().await;
    assert_eq!((booking.status, payment.status, payment.refunded), (BookingStatus::PartiallyRefunded, PaymentStatus::Captured, TOTAL / 4));
    assert_eq!((sold.on(Account::Sales).await, sold.on(Account::Tax).await, sold.on(Account::Buyers).await), (-75_000, -13_500, 0));
    for minute in 1..4 {
        sold.settler.reconcile(&payment.id, after(noon(), minute * 60)).await.unwrap();
    }
    assert!(sold.world.store.payments_due(after(noon(), 9_000), 10).await.unwrap().ids.is_empty(), "and that is the end of it");

    // The organizer gives the rest back after all.
    sold.settler.give_back(&booking, &rupees(TOTAL / 4 * 3), payment.id.refund_id("rest"), noon()).await.unwrap();
    sold.settler.reconcile(&payment.id, noon()).await.unwrap();
    let (booking, payment) = sold.now().await;
    assert_eq!((booking.status, payment.status), (BookingStatus::Refunded, PaymentStatus::Refunded));
    assert_eq!(sold.bank.books(|books| books.kept()), 0);
}

#[tokio::test]
async fn a_part_goes_back_only_after_the_whole_was_taken() {
    let sold = Sold::new().await;
    // The same, with a payment that was only authorized when its owner calls it off by terms that keep a half.
    let world = &sold.world;
    let ben = somebody();
    world.place(&ben, &["S-A-5"], noon()).await.unwrap();
    let hold = world.store.book_hold(&world.show.id, &ben, noon()).await.unwrap();
    let booking = Booking::of(&hold, &world.show, Provider::Stripe, noon());
    let asked = NewPayment::of(&booking);
    let started = sold.stripe.start(&asked).await.unwrap();
    let payment = world.store.create_payment(&asked.payment(Provider::Stripe, &started, noon()), after(noon(), 30)).await.unwrap();
    world.store.create_booking(&booking).await.unwrap();
    sold.bank.books(|books| books.authorize(&payment.provider_reference));
    let report = sold.stripe.report(&payment).await.unwrap();
    let booking = sold.settler.settle(booking, &payment, &report, noon()).await.unwrap();
    let half = Show {
        refund_terms: RefundTerms { steps: vec![RefundStep { until_hours: 0, rate: 5_000 }], fee_back: true },
        ..world.show.clone()
    };

    sold.bank.fail(Asked::Capture, Fault::BrokenBefore, 2);
    assert!(sold.settler.cancel(&booking, &half, CancelBy::Owner, noon()).await.is_err(), "not yet");
    assert_eq!(world.store.booking_of(&ben, &booking.id).await.unwrap().unwrap().status, BookingStatus::Confirmed);
    sold.settler.cancel(&booking, &half, CancelBy::Owner, noon()).await.unwrap();
    sold.settler.follow_up(&ben, &booking.id, noon()).await.unwrap();
    assert_eq!(world.store.booking_of(&ben, &booking.id).await.unwrap().unwrap().status, BookingStatus::PartiallyRefunded);
    assert_eq!(sold.bank.books(|books| books.kept()), TOTAL + 29_500, "and half of one place");
}

#[tokio::test]
async fn while_the_bank_wants_the_money_back_nobody_comes_in_and_nothing_is_refunded() {
    let sold = Sold::new().await;
    let reference = sold.payment.provider_reference.clone();
    sold.bank.books(|books| books.dispute(&reference, "needs_response", TOTAL));
    sold.hear().await;
    assert_eq!(sold.door("nonce-0001").await, Outcome::Revoked);
    assert_eq!((sold.on(Account::Stripe).await, sold.on(Account::Buyers).await), (0, TOTAL), "the bank has it");
    let (booking, _) = sold.now().await;
    let refused = sold.settler.cancel(&booking, &sold.world.show, CancelBy::Owner, noon()).await;
    assert!(matches!(refused, Err(TakeBackError::NotRefundable)), "{refused:?}");
    let refused = sold.settler.give_back(&booking, &rupees(1), sold.payment.id.refund_id("x"), noon()).await;
    assert!(matches!(refused, Err(TakeBackError::NotRefundable)));
    assert_eq!(sold.now().await.0.status, BookingStatus::Confirmed);

    sold.bank.books(|books| books.dispute(&reference, "won", TOTAL));
    sold.hear().await;
    assert_eq!((sold.on(Account::Stripe).await, sold.on(Account::Buyers).await), (TOTAL, 0));
    assert_eq!(sold.door("nonce-0002").await, Outcome::Admitted);
}

#[tokio::test]
async fn a_dispute_that_is_lost_costs_the_buyer_the_places_and_is_not_refunded_again() {
    let sold = Sold::new().await;
    assert_eq!(sold.door("nonce-0001").await, Outcome::Admitted, "somebody was inside already");
    let reference = sold.payment.provider_reference.clone();
    // We hear of it only when it is over; and twice.
    for _ in 0..2 {
        sold.bank.books(|books| books.dispute(&reference, "lost", TOTAL));
        sold.hear().await;
    }
    let (booking, payment) = sold.now().await;
    assert_eq!((booking.status, booking.cancel_reason), (BookingStatus::Cancelled, Some(CancelReason::ChargedBack)));
    sold.settler.follow_up(&booking.user, &booking.id, noon()).await.unwrap();
    sold.settler.reconcile(&payment.id, after(noon(), 60)).await.unwrap();
    assert_eq!(sold.world.row("A", noon()).await, "AAAAAAAAAA");
    assert!(sold.world.store.refunds_of(&payment.id).await.unwrap().is_empty(), "the bank took it by itself");
    assert_eq!((sold.on(Account::Stripe).await, sold.on(Account::Buyers).await, sold.on(Account::Sales).await), (0, 0, 0));
    let ticket = sold.world.store.ticket(&booking.id.ticket_id(1)).await.unwrap().unwrap();
    assert_eq!(ticket.status, TicketStatus::Revoked);
}

#[tokio::test]
async fn the_comparison_finds_what_differs_and_nothing_else() {
    let sold = Sold::new().await;
    let window = Window { from: noon(), until: after(noon(), 86_400) };
    let same = sold.settler.compare(Provider::Stripe, &window, noon()).await.unwrap();
    assert_eq!((same.compared, same.foreign, same.differences.len()), (1, 0, 0));
    let found = sold.settler.compare_unlisted(&sold.payment.id, &same.listed, noon()).await.unwrap();
    assert_eq!(found, None);
    assert!(sold.world.store.payments_due(after(noon(), 9_000), 10).await.unwrap().ids.is_empty());

    sold.bank.books(|books| books.forge(&sold.payment.provider_reference, TOTAL - 1));
    let other = sold.settler.compare(Provider::Stripe, &window, noon()).await.unwrap();
    assert_eq!(other.differences[0].captured, (Some(TOTAL - 1), TOTAL));
    assert_eq!(sold.world.store.payments_due(noon(), 10).await.unwrap().ids, std::slice::from_ref(&sold.payment.id), "it is looked after");
    assert!(sold.world.store.audit_of(sold.payment.id.as_str()).await.unwrap().contains(&"payment.differs".to_owned()));
}
