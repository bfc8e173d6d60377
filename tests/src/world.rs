//! A small world: one show with two rows in one block each and a long row of two blocks, and people who want its places.

use domain::block::BlockKey;
use domain::booking::{Booking, CancelReason};
use domain::hold::Hold;
use domain::id::{EventId, HoldId, ID_ENTROPY_BYTES, OrganizationId, ShowId, UserId, VenueId};
use domain::layout::{Layout, Places, Row, Section};
use domain::money::Money;
use domain::organization::Organization;
use domain::payment::{PaymentStatus, Provider};
use domain::quote::{Charges, TAX_RATE_DEFAULT};
use domain::refund::{Refund, RefundReason, RefundTerms};
use domain::seat::SeatId;
use domain::show::{Show, ShowStatus};
use domain::tax::Tax;
use jiff::{SignedDuration, Timestamp};
use payments::{NewPayment, StartedPayment};
use std::sync::atomic::{AtomicU64, Ordering};
use store::{Admitted, Cancellation, ReturnError, Store};

static COUNTER: AtomicU64 = AtomicU64::new(1);

/// Ten bytes that nobody else in this process has.
pub fn entropy() -> [u8; 10] {
    let number = COUNTER.fetch_add(1, Ordering::Relaxed).to_be_bytes();
    std::array::from_fn(|i| if i < 2 { 0 } else { number[i - 2] })
}

/// A moment to begin at.
pub fn noon() -> Timestamp {
    Timestamp::from_second(1_800_000_000).expect("a moment")
}

/// So many seconds later.
pub fn after(at: Timestamp, seconds: i64) -> Timestamp {
    at + SignedDuration::from_secs(seconds)
}

/// Somebody.
pub fn somebody() -> UserId {
    let number = COUNTER.fetch_add(1, Ordering::Relaxed);
    UserId::from_subject(&format!("00000000-0000-4000-8000-{number:012x}")).expect("a UUID")
}

/// Seats by their names.
pub fn seats(names: &[&str]) -> Vec<SeatId> {
    names.iter().map(|name| name.parse().expect("a seat")).collect()
}

/// One show and its hall.
pub struct World {
    /// Where it is kept.
    pub store: Store,
    /// Rows A and B of 10 seats, row C of 40: two blocks.
    pub layout: Layout,
    /// On sale.
    pub show: Show,
}

impl World {
    /// A show whose blocks exist.
    pub async fn new(store: Store) -> Self {
        Self::drawn(store, entropy).await
    }

    /// The same, with identifiers drawn from here.
    pub async fn drawn(store: Store, mut entropy: impl FnMut() -> [u8; ID_ENTROPY_BYTES]) -> Self {
        let rows = [("A", 10), ("B", 10), ("C", 40)];
        let rows = rows.map(|(label, seats)| Row { label: label.parse().expect("a label"), seats });
        let section = Section {
            code: "S".parse().expect("a code"),
            name: "Stalls".parse().expect("a name"),
            places: Places::Seated(rows.to_vec()),
            level: "STD".parse().expect("a level"),
        };
        let layout = Layout::new(vec![section]).expect("a layout");
        let price = Money { amount: 50_000, currency: "INR".parse().expect("a currency") };
        let show = Show {
            id: ShowId::from_entropy(entropy()),
            event: EventId::from_entropy(entropy()),
            title: "A play".parse().expect("a title"),
            organization: OrganizationId::from_entropy(entropy()),
            venue: VenueId::from_entropy(entropy()),
            venue_name: "The hall".parse().expect("a name"),
            city: "Pune".parse().expect("a city"),
            zone: "Asia/Kolkata".parse().expect("a zone"),
            starts_at: after(noon(), 86_400),
            sales_open_at: None,
            sales_close_at: None,
            prices: [("STD".parse().expect("a level"), price)].into(),
            seat_limit: 6,
            hold_seconds: 600,
            charges: Charges::default(),
            refund_terms: RefundTerms::default(),
            status: ShowStatus::Published,
        };
        for (block, size) in layout.blocks() {
            store.create_block(&show.id, &block, size).await.expect("a block");
        }
        Self { store, layout, show }
    }

    /// A hold as a request for these seats would make it.
    pub fn hold(&self, user: &UserId, names: &[&str], now: Timestamp) -> Hold {
        let id = HoldId::from_entropy(entropy());
        self.show.hold(&self.layout, id, user.clone(), &seats(names), names.join(","), now).expect("a hold")
    }

    /// Places such a hold.
    pub async fn place(&self, user: &UserId, names: &[&str], now: Timestamp) -> Result<store::Placed, store::PlaceHoldError> {
        self.store.place_hold(&self.hold(user, names, now), self.show.seat_limit, now).await
    }

    /// The pending booking that a placed hold becomes.
    pub async fn book(&self, user: &UserId, now: Timestamp) -> Booking {
        let hold = self.store.book_hold(&self.show.id, user, now).await.expect("a live hold");
        let booking = self.booking_of(&hold, now);
        let started = StartedPayment { reference: "reference".to_owned(), ..StartedPayment::default() };
        let payment = NewPayment::of(&booking).payment(Provider::Sandbox, &started, now);
        self.store.create_payment(&payment, after(now, 30)).await.expect("a payment");
        self.store.create_booking(&booking).await.expect("a new booking");
        booking
    }

    /// The booking that a hold becomes, not yet written.
    pub fn booking_of(&self, hold: &Hold, now: Timestamp) -> Booking {
        Booking::of(hold, &self.show, Provider::Sandbox, now)
    }

    /// The owner calls a confirmed booking off and has everything back.
    pub async fn call_off(store: &Store, booking: &Booking, now: Timestamp) -> Result<(), ReturnError> {
        let reason = CancelReason::Owner;
        loop {
            let payment = store.payment(&booking.payment).await?.expect("a payment");
            let whole = booking.rest();
            let id = payment.id.refund_id(&payment.refunded.to_string());
            let refund = Refund::of(&payment, id, whole.total_money(), RefundReason::Cancelled, now);
            let refund = Some(refund).filter(|_| payment.status == PaymentStatus::Captured);
            let cancellation = Cancellation { reason, back: whole, refund, admitted: Admitted::Refused };
            match store.cancel_confirmed(booking, &payment, &cancellation, now).await {
                // Somebody captured it in between.
                Err(ReturnError::NotRefundable) => {}
                outcome => return outcome,
            }
        }
    }

    /// Who sells it: registered in Maharashtra.
    pub fn organization(&self) -> Organization {
        let registration = Some("27AAPFU0939F1ZV".parse().expect("a GSTIN"));
        Organization {
            region: Some("IN-MH".parse().expect("a region")),
            tax: Tax::GstIndia { rate: TAX_RATE_DEFAULT, registration },
            ..Organization::new(self.show.organization.clone(), "Royal Productions".parse().expect("a name"))
        }
    }

    /// The letters of one row, as the seat map shows them.
    pub async fn row(&self, row: &str, now: Timestamp) -> String {
        let section = "S".parse().expect("a code");
        let mut blocks = self.store.blocks_of_section(&self.show.id, &section).await.expect("blocks");
        blocks.retain(|block| block.key.row.as_str() == row);
        blocks.sort_by_key(|block| block.key.first);
        blocks.iter().map(|block| block.states(now)).collect()
    }

    /// Closes every block, as cancelling the event does.
    pub async fn close(&self) {
        for (block, size) in self.layout.blocks() {
            self.store.close_block(&self.show.id, &block, size).await.expect("closed");
        }
    }

    /// The first block of row A.
    pub fn first_block(&self) -> BlockKey {
        BlockKey::of(&"S-A-1".parse().expect("a seat"))
    }
}
