//! Every story of a payment × every call to its provider × every way in which that call fails, while web hooks come once, twice,
//! reversed or never: in the end the places and the money agree. Who was confirmed has paid, and nobody else has.

use crate::emulator;
use domain::booking::{Booking, BookingStatus};
use domain::ledger::Account;
use domain::money::Money;
use domain::payment::{Payment, PaymentStatus, Provider};
use domain::refund::{RefundStep, RefundTerms};
use domain::show::Show;
use jiff::{SignedDuration, Timestamp};
use payments::{CancelBy, NewPayment, PaymentProvider, Providers, Razorpay, RazorpaySettings, Settler, Stripe, StripeSettings, Woken};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use store::Store;
use tests::fake::sandbox::Faulty;
use tests::fake::{ASKED, Asked, FAULTS, Fake, Fault, Hook, razorpay, stripe};
use tests::world::{World, after, noon, somebody};

/// Places in two blocks.
const SEATS: [&str; 2] = ["S-A-1", "S-B-1"];
/// How long a provider is given here.
const TRY_TIME_MAX: Duration = Duration::from_millis(120);
/// When the reconciler runs, in minutes: after each step, when the hold has run out, when the wait for late money is over.
const RECONCILED_AT: [i64; 10] = [1, 2, 3, 13, 30, 42, 43, 45, 47, 49];
/// Providers forget idempotency keys in the meantime.
const KEYS_FORGOTTEN_AT: i64 = 43;
/// Cases at a time: most of them wait for a provider that says nothing.
const AT_ONCE: usize = 24;

/// What happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Story {
    Bought,
    TakenAtOnce,
    DeclinedFirst,
    SeatLost,
    TakenAtOnceSeatLost,
    CalledOff,
    CalledOffBeforeCapture,
    Lapsed,
    Abandoned,
    CalledOffForHalf,
    PartGivenBack,
}

const STORIES: [Story; 11] = [
    Story::Bought,
    Story::TakenAtOnce,
    Story::DeclinedFirst,
    Story::SeatLost,
    Story::TakenAtOnceSeatLost,
    Story::CalledOff,
    Story::CalledOffBeforeCapture,
    Story::Lapsed,
    Story::Abandoned,
    Story::CalledOffForHalf,
    Story::PartGivenBack,
];

/// How web hooks come.
#[derive(Debug, Clone, Copy)]
enum Delivery {
    Once,
    Lost,
    Twice,
    Reversed,
}

const DELIVERIES: [Delivery; 4] = [Delivery::Once, Delivery::Lost, Delivery::Twice, Delivery::Reversed];

#[derive(Debug, Clone, Copy)]
struct Case {
    provider: Provider,
    story: Story,
    fault: Option<(Asked, Fault)>,
    delivery: Delivery,
}

/// One of the fakes.
enum Bank {
    Stripe(Fake<stripe::Stripe>),
    Razorpay(Fake<razorpay::Razorpay>),
    Sandbox(Arc<Faulty>),
}

impl Bank {
    async fn of(provider: Provider, store: &Store) -> (Self, Arc<dyn PaymentProvider>) {
        match provider {
            Provider::Stripe => {
                let fake = Fake::start(stripe::Stripe::at(noon().as_second())).await;
                let settings = StripeSettings::new("sk_fake", stripe::WEBHOOK_SECRET, &fake.base);
                let ours = Stripe::new(&StripeSettings { try_time_max: TRY_TIME_MAX, ..settings });
                (Self::Stripe(fake), Arc::new(ours))
            }
            Provider::Razorpay => {
                let fake = Fake::start(razorpay::Razorpay::default()).await;
                let settings = RazorpaySettings::new("rzp_fake", razorpay::KEY_SECRET, razorpay::WEBHOOK_SECRET, &fake.base);
                let ours = Razorpay::new(&RazorpaySettings { try_time_max: TRY_TIME_MAX, ..settings });
                (Self::Razorpay(fake), Arc::new(ours))
            }
            Provider::Sandbox => {
                let faulty = Arc::new(Faulty::new(store.clone(), noon()));
                (Self::Sandbox(faulty.clone()), faulty)
            }
            Provider::Free => unreachable!("nothing can go wrong with it"),
        }
    }

    fn fail(&self, asked: Asked, fault: Fault) {
        // Both tries of one call.
        match self {
            Self::Stripe(fake) => fake.fail(asked, fault, 2),
            Self::Razorpay(fake) => fake.fail(asked, fault, 2),
            Self::Sandbox(faulty) => faulty.fail(asked, fault, 2),
        }
    }

    async fn pay(&self, reference: &str, at_once: bool) {
        match self {
            Self::Stripe(fake) if at_once => fake.books(|books| books.pay_at_once(reference)),
            Self::Stripe(fake) => fake.books(|books| books.authorize(reference)),
            Self::Razorpay(fake) => drop(fake.books(|books| books.authorize(reference))),
            Self::Sandbox(faulty) => {
                faulty.becomes(reference, PaymentStatus::Authorized).await;
                if at_once {
                    faulty.becomes(reference, PaymentStatus::Captured).await;
                }
            }
        }
    }

    async fn decline(&self, reference: &str) {
        match self {
            Self::Stripe(fake) => fake.books(|books| books.decline(reference)),
            Self::Razorpay(fake) => fake.books(|books| books.decline(reference)),
            Self::Sandbox(faulty) => faulty.becomes(reference, PaymentStatus::Declined).await,
        }
    }

    async fn lapse(&self, reference: &str) {
        match self {
            Self::Stripe(fake) => fake.books(|books| books.lapse(reference)),
            Self::Razorpay(fake) => fake.books(|books| books.lapse(reference)),
            Self::Sandbox(faulty) => faulty.becomes(reference, PaymentStatus::Voided).await,
        }
    }

    fn forget_keys(&self) {
        match self {
            Self::Stripe(fake) => fake.books(stripe::Stripe::forget_keys),
            Self::Razorpay(fake) => fake.books(razorpay::Razorpay::forget_keys),
            // It forgets nothing.
            Self::Sandbox(_) => {}
        }
    }

    async fn kept(&self) -> i64 {
        match self {
            Self::Stripe(fake) => fake.books(|books| books.kept()),
            Self::Razorpay(fake) => fake.books(|books| books.kept()),
            Self::Sandbox(faulty) => faulty.kept().await,
        }
    }

    fn hooks(&self) -> Vec<Hook> {
        match self {
            Self::Stripe(fake) => fake.books(|books| std::mem::take(&mut books.hooks)),
            Self::Razorpay(fake) => fake.books(|books| std::mem::take(&mut books.hooks)),
            Self::Sandbox(faulty) => faulty.hooks(),
        }
    }
}

struct Run {
    case: Case,
    world: World,
    bank: Bank,
    provider: Arc<dyn PaymentProvider>,
    settler: Settler,
}

impl Run {
    async fn of(case: Case) -> Self {
        let world = World::new(Store::new(emulator::client(), emulator::tables().await)).await;
        let (bank, provider) = Bank::of(case.provider, &world.store).await;
        let settler = Settler {
            store: world.store.clone(),
            providers: Providers::default().with(case.provider, provider.clone()),
            ask_every: SignedDuration::from_secs(30),
            wait_for_late: SignedDuration::from_secs(1_800),
        };
        if let Some((asked, fault)) = case.fault {
            bank.fail(asked, fault);
        }
        Self { case, world, bank, provider, settler }
    }

    /// What `POST /v1/bookings` does, three times if need be.
    async fn book(&self) -> Option<(Booking, Payment)> {
        let anna = somebody();
        self.world.place(&anna, &SEATS, noon()).await.unwrap();
        let hold = self.world.store.book_hold(&self.world.show.id, &anna, noon()).await.unwrap();
        let booking = self.world.booking_of(&hold, noon());
        let asked = NewPayment::of(&booking);
        for _ in 0..3 {
            let Ok(started) = self.provider.start(&asked).await else { continue };
            let payment = asked.payment(self.case.provider, &started, noon());
            let payment = self.world.store.create_payment(&payment, after(noon(), 30)).await.unwrap();
            self.world.store.create_booking(&booking).await.unwrap();
            return Some((booking, payment));
        }
        None
    }

    /// Brings the web hooks that wait, as this case has it.
    async fn deliver(&self, now: Timestamp) {
        let hooks = self.bank.hooks();
        let came: Vec<&Hook> = match self.case.delivery {
            Delivery::Once => hooks.iter().collect(),
            Delivery::Lost => vec![],
            Delivery::Twice => hooks.iter().flat_map(|hook| [hook, hook]).collect(),
            Delivery::Reversed => hooks.iter().rev().collect(),
        };
        for hook in came {
            let header = |name: &str| hook.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
            let event = self.provider.verify_webhook(&header, &hook.body, noon()).unwrap();
            match self.settler.take_event(self.case.provider, &event, now).await {
                Ok(Some(Woken::Payment(payment))) => drop(self.settler.look(&payment, now).await),
                Ok(Some(Woken::Dispute(payment, dispute))) => drop(self.settler.look_at_dispute(&payment, &dispute, now).await),
                Ok(None) | Err(_) => {}
            }
        }
    }

    /// What `/confirm` does after its proof.
    async fn settle(&self, booking: &Booking, payment: &Payment, now: Timestamp) {
        let Ok(report) = self.provider.report(payment).await else { return };
        let current = self.world.store.booking_of(&booking.user, &booking.id).await.unwrap().unwrap();
        let _ = self.settler.settle(current, payment, &report, now).await;
    }

    async fn call_off(&self, booking: &Booking, now: Timestamp) {
        let _ = World::call_off(&self.world.store, booking, now).await;
        let _ = self.settler.follow_up(&booking.user, &booking.id, now).await;
    }

    /// By terms that give half of it back.
    async fn call_off_for_half(&self, booking: &Booking, now: Timestamp) {
        let refund_terms = RefundTerms { steps: vec![RefundStep { until_hours: 0, rate: 5_000 }], fee_back: true };
        let show = Show { refund_terms, ..self.world.show.clone() };
        let current = self.world.store.booking_of(&booking.user, &booking.id).await.unwrap().unwrap();
        let _ = self.settler.cancel(&current, &show, CancelBy::Owner, now).await;
        let _ = self.settler.follow_up(&booking.user, &booking.id, now).await;
    }

    /// Ten rupees, asked for twice.
    async fn give_part_back(&self, booking: &Booking, payment: &Payment, now: Timestamp) {
        let amount = Money { amount: 1_000, ..payment.amount.clone() };
        for _ in 0..2 {
            let current = self.world.store.booking_of(&booking.user, &booking.id).await.unwrap().unwrap();
            let _ = self.settler.give_back(&current, &amount, payment.id.refund_id("goodwill"), now).await;
            let _ = self.settler.follow_up(&booking.user, &booking.id, now).await;
        }
    }

    async fn tell(&self, booking: &Booking, payment: &Payment) {
        let (reference, late) = (payment.provider_reference.as_str(), after(noon(), 700));
        match self.case.story {
            Story::Bought | Story::CalledOff | Story::CalledOffForHalf | Story::PartGivenBack => self.bank.pay(reference, false).await,
            Story::TakenAtOnce => self.bank.pay(reference, true).await,
            Story::DeclinedFirst => {
                self.bank.decline(reference).await;
                self.bank.pay(reference, false).await;
            }
            Story::SeatLost | Story::TakenAtOnceSeatLost => {
                self.world.place(&somebody(), &SEATS[1..], late).await.unwrap();
                self.bank.pay(reference, self.case.story == Story::TakenAtOnceSeatLost).await;
                return self.deliver(late).await;
            }
            Story::CalledOffBeforeCapture => {
                self.bank.pay(reference, false).await;
                self.settle(booking, payment, noon()).await;
                self.call_off(booking, noon()).await;
            }
            Story::Lapsed => {
                self.bank.pay(reference, false).await;
                self.settle(booking, payment, noon()).await;
                self.bank.lapse(reference).await;
            }
            Story::Abandoned => {}
        }
        self.deliver(noon()).await;
        let _ = self.settler.follow_up(&booking.user, &booking.id, noon()).await;
        match self.case.story {
            Story::CalledOff => self.call_off(booking, noon()).await,
            Story::CalledOffForHalf => self.call_off_for_half(booking, noon()).await,
            Story::PartGivenBack => self.give_part_back(booking, payment, noon()).await,
            Story::Bought
            | Story::TakenAtOnce
            | Story::DeclinedFirst
            | Story::SeatLost
            | Story::TakenAtOnceSeatLost
            | Story::CalledOffBeforeCapture
            | Story::Lapsed
            | Story::Abandoned => {}
        }
        self.deliver(noon()).await;
    }

    async fn reconcile(&self, payment: &Payment) {
        for minute in RECONCILED_AT {
            let now = after(noon(), minute * 60);
            if minute == KEYS_FORGOTTEN_AT {
                self.bank.forget_keys();
            }
            if self.settler.reconcile(&payment.id, now).await.is_err() {
                self.world.store.set_payment_due(&payment.id, Some(now)).await.unwrap();
            }
            self.deliver(now).await;
        }
    }
}

/// Plays a case to its end and checks it. Returns how the booking ended, if there was one.
async fn played(case: Case) -> Option<BookingStatus> {
    let run = Run::of(case).await;
    let Some((booking, payment)) = run.book().await else {
        assert_eq!(run.bank.kept().await, 0, "{case:?}");
        return None;
    };
    run.tell(&booking, &payment).await;
    run.reconcile(&payment).await;

    let store = &run.world.store;
    assert!(store.payments_due(after(noon(), 90_000), 50).await.unwrap().ids.is_empty(), "{case:?}: something is due for ever");
    let booking = store.booking_of(&booking.user, &booking.id).await.unwrap().unwrap();
    let payment = store.payment(&payment.id).await.unwrap().unwrap();
    let sold = run.world.row("A", noon()).await.matches('B').count() + run.world.row("B", noon()).await.matches('B').count();
    let kept = run.bank.kept().await;
    books_add_up(store, &payment, kept, case).await;
    let total = booking.quote.total.amount;
    match booking.status {
        BookingStatus::Confirmed => {
            let given_back = if case.story == Story::PartGivenBack { [0, 1_000] } else { [0, 0] };
            assert_eq!((payment.status, sold), (PaymentStatus::Captured, SEATS.len()), "{case:?}: confirmed unpaid");
            assert!(given_back.contains(&(total - kept)), "{case:?}: {kept}");
        }
        BookingStatus::PartiallyRefunded => {
            assert_eq!((case.story, kept, sold), (Story::CalledOffForHalf, total / 2, 0), "{case:?}");
        }
        BookingStatus::Cancelled | BookingStatus::Expired | BookingStatus::Refunded => {
            assert_eq!((kept, sold), (0, 0), "{case:?}: {:?} {:?} charged for nothing", booking.status, payment.status);
        }
        BookingStatus::Pending => panic!("{case:?}"),
    }
    Some(booking.status)
}

/// The books say what the bank says, and nobody is owed anything.
async fn books_add_up(store: &Store, payment: &Payment, kept: i64, case: Case) {
    let postings = store.postings_of(&payment.id).await.unwrap();
    let on = |account| postings.iter().map(|posting| posting.on(account)).sum::<i64>();
    assert_eq!(on(Account::at(case.provider)), kept, "{case:?}: the bank has other money than our books: {postings:#?}");
    assert_eq!(on(Account::Buyers), 0, "{case:?}: somebody is owed: {postings:#?}");
    assert_eq!(on(Account::Sales) + on(Account::Fees) + on(Account::Tax), -kept, "{case:?}");
    assert_eq!(payment.captured - payment.refunded, kept, "{case:?}");
}

fn cases() -> Vec<Case> {
    let faults = ASKED.into_iter().flat_map(|asked| FAULTS.into_iter().map(move |fault| Some((asked, fault))));
    let faults: Vec<_> = faults.collect();
    let mut cases = Vec::new();
    for provider in [Provider::Stripe, Provider::Razorpay, Provider::Sandbox] {
        for story in STORIES {
            cases.extend(DELIVERIES.map(|delivery| Case { provider, story, fault: None, delivery }));
            for fault in &faults {
                // The ways of web hooks take turns: all of them with every fault would take minutes.
                let delivery = DELIVERIES[cases.len() % DELIVERIES.len()];
                cases.push(Case { provider, story, fault: *fault, delivery });
            }
        }
    }
    cases
}

#[tokio::test(flavor = "multi_thread")]
async fn after_any_failure_the_places_and_the_money_agree() {
    let (mut running, mut endings, mut played_cases) = (tokio::task::JoinSet::new(), BTreeMap::new(), 0);
    let note = |endings: &mut BTreeMap<_, usize>, (case, ending): (Case, Option<BookingStatus>)| {
        *endings.entry((case.provider, case.story, ending)).or_default() += 1;
    };
    for case in cases() {
        if running.len() >= AT_ONCE {
            note(&mut endings, running.join_next().await.unwrap().unwrap());
        }
        running.spawn(async move { (case, Box::pin(played(case)).await) });
        played_cases += 1;
    }
    while let Some(ended) = running.join_next().await {
        note(&mut endings, ended.unwrap());
    }
    eprintln!("{played_cases} cases of failure ended well: {endings:#?}");
    let confirmed = |story| endings.keys().any(|(_, told, ending)| *told == story && *ending == Some(BookingStatus::Confirmed));
    let halved = endings.keys().filter(|(_, _, ending)| *ending == Some(BookingStatus::PartiallyRefunded)).count();
    assert_eq!(halved, 3, "for each provider");
    assert!(confirmed(Story::Bought) && confirmed(Story::TakenAtOnce) && confirmed(Story::DeclinedFirst));
    assert!(
        !confirmed(Story::SeatLost) && !confirmed(Story::TakenAtOnceSeatLost) && !confirmed(Story::Lapsed) && !confirmed(Story::Abandoned)
    );
}
