//! Who comes: buyers, some with two tabs open, who ask for anything at any time; an organizer who sends money back; staff at the
//! door. They remember what they were told, and hold the theatre to it.

use super::theatre::{FOR_NOTHING, HALF_PRICE, Theatre};
use crate::function_event::{Person, event};
use crate::stage::Answered;
use serde_json::{Value, json};
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// Few enough to be fought for, in three rows and four blocks.
const SEATS: [&str; 8] = ["S-A-1", "S-A-2", "S-A-3", "S-B-1", "S-B-2", "S-C-32", "S-C-33", "S-C-34"];
/// How often somebody does what leads on, rather than anything, of a thousand times.
const GOES_ON: u32 = 500;
/// Whoever gets no answer asks again so often, at most.
const TRIES_MAX: u32 = 3;

/// One of a buyer's tabs.
pub(super) struct Tab {
    /// As `ben-2`.
    pub(super) name: &'static str,
    /// Whose.
    pub(super) person: Person,
    /// What this buyer has; the same for all of their tabs.
    pub(super) wallet: Rc<Wallet>,
}

/// What a buyer has.
pub(super) struct Wallet {
    /// What leads on from here.
    next: Cell<Wish>,
    bookings: RefCell<Vec<String>>,
    payments: RefCell<Vec<String>>,
    proofs: RefCell<Vec<(String, Value)>>,
    tickets: RefCell<Vec<String>>,
    keys: Cell<u32>,
}

impl Default for Wallet {
    fn default() -> Self {
        Self {
            next: Cell::new(Wish::Hold),
            bookings: RefCell::default(),
            payments: RefCell::default(),
            proofs: RefCell::default(),
            tickets: RefCell::default(),
            keys: Cell::default(),
        }
    }
}

/// What everybody in the house can see.
#[derive(Default)]
pub(super) struct Foyer {
    /// Every booking that anybody has heard of.
    bookings: RefCell<Vec<String>>,
    /// Tickets with their codes.
    codes: RefCell<Vec<(String, String)>>,
}

#[derive(Clone, Copy)]
enum Wish {
    Hold,
    HoldBest,
    Extend,
    Release,
    Book,
    Pay,
    Confirm,
    PayAgain,
    Cancel,
    Look,
    Ticket,
}

const WISHES: [(Wish, u32); 11] = [
    (Wish::Hold, 26),
    (Wish::HoldBest, 4),
    (Wish::Extend, 4),
    (Wish::Release, 5),
    (Wish::Book, 18),
    (Wish::Pay, 20),
    (Wish::Confirm, 18),
    (Wish::PayAgain, 5),
    (Wish::Cancel, 5),
    (Wish::Look, 3),
    (Wish::Ticket, 6),
];

/// Somebody wants something, again and again.
pub(super) async fn buyer(theatre: Rc<Theatre>, foyer: Rc<Foyer>, tab: Tab) {
    loop {
        theatre.gate.turn(tab.name).await;
        let wish = if theatre.dice.permille(GOES_ON) { tab.wallet.next.get() } else { theatre.dice.weighted(&WISHES) };
        match wish {
            Wish::Hold => tab.hold(&theatre, &json!({ "seats": some_seats(&theatre) })).await,
            Wish::HoldBest => tab.hold(&theatre, &json!({ "quantity": 1 + theatre.dice.below(3) })).await,
            Wish::Extend => {
                drop(tab.ask(&theatre, "holds-extend", "POST", "/v1/shows/{showId}/hold/extend", &show(&theatre), None).await);
            }
            Wish::Release => tab.release(&theatre).await,
            Wish::Book => tab.book(&theatre, &foyer).await,
            Wish::Pay => tab.pay(&theatre).await,
            Wish::Confirm => tab.confirm(&theatre).await,
            Wish::PayAgain => tab.pay_again(&theatre).await,
            Wish::Cancel => tab.cancel(&theatre).await,
            Wish::Look => tab.look(&theatre).await,
            Wish::Ticket => tab.ticket(&theatre, &foyer).await,
        }
    }
}

fn some_seats(theatre: &Theatre) -> Vec<&'static str> {
    let first = theatre.dice.below(SEATS.len());
    (0..=theatre.dice.below(3)).map(|i| SEATS[(first + i) % SEATS.len()]).collect()
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

fn some<T: Clone>(theatre: &Theatre, of: &RefCell<Vec<T>>) -> Option<T> {
    let of = of.borrow();
    // Mostly the newest.
    let at = if theatre.dice.permille(600) { of.len().checked_sub(1)? } else { theatre.dice.below(of.len().max(1)) };
    of.get(at).cloned()
}

fn remember<T: PartialEq>(in_: &RefCell<Vec<T>>, what: T) {
    let mut in_ = in_.borrow_mut();
    if !in_.contains(&what) {
        in_.push(what);
    }
}

/// The path parameter of everything that is about the show.
fn show(theatre: &Theatre) -> [(&'static str, String); 1] {
    [("showId", theatre.world.show.id.to_string())]
}

type Parameters = [(&'static str, String)];

impl Tab {
    /// Asks, and asks again with the same key if nobody answers, or only that something went wrong.
    async fn ask(
        &self,
        theatre: &Theatre,
        function: &'static str,
        method: &str,
        route: &str,
        parameters: &Parameters,
        body: Option<Value>,
    ) -> Option<Answered> {
        let parameters: Vec<(&str, &str)> = parameters.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let mut request = event(method, route, &parameters, Some(&self.person), body.as_ref());
        if method == "POST" && theatre.dice.permille(500) {
            self.wallet.keys.set(self.wallet.keys.get() + 1);
            request["headers"]["idempotency-key"] = format!("key-{}", self.wallet.keys.get()).into();
        }
        for _ in 0..TRIES_MAX {
            match theatre.call(self.name, function, &request).await {
                Some(answered) if answered.status < 500 => return Some(answered),
                Some(_) | None if theatre.dice.permille(600) => {}
                Some(_) | None => return None,
            }
        }
        None
    }

    async fn hold(&self, theatre: &Theatre, wanted: &Value) {
        let answered = self.ask(theatre, "holds-place", "POST", "/v1/shows/{showId}/hold", &show(theatre), Some(wanted.clone())).await;
        let Some(answered) = answered.filter(|answered| answered.status < 300) else { return };
        self.wallet.next.set(Wish::Book);
        theatre.witness.borrow_mut().told_of_hold(&self.person.user, &answered.body, theatre.gate.now());
    }

    async fn release(&self, theatre: &Theatre) {
        theatre.witness.borrow_mut().gives_up_hold(&self.person.user);
        self.ask(theatre, "holds-release", "DELETE", "/v1/shows/{showId}/hold", &show(theatre), None).await;
        theatre.witness.borrow_mut().gave_up_hold(&self.person.user);
    }

    async fn book(&self, theatre: &Theatre, foyer: &Foyer) {
        let mut body = json!({ "showId": theatre.world.show.id.to_string(), "provider": "sandbox" });
        match theatre.dice.below(10) {
            0..=2 => body["couponCode"] = HALF_PRICE.into(),
            3 => body["couponCode"] = FOR_NOTHING.into(),
            _ => {}
        }
        let answered = self.ask(theatre, "bookings-create", "POST", "/v1/bookings", &[], Some(body)).await;
        self.wallet.next.set(Wish::Hold);
        let Some(answered) = answered.filter(|answered| answered.status < 300) else { return };
        self.wallet.next.set(Wish::Pay);
        let Some(booking) = text(&answered.body["bookingId"]) else { return };
        theatre.witness.borrow_mut().told_of_booking(&booking, &answered.body);
        remember(&foyer.bookings, booking.clone());
        remember(&self.wallet.bookings, booking);
        self.remember_payment(&answered);
    }

    fn remember_payment(&self, answered: &Answered) {
        if let Some(payment) = text(&answered.body["payment"]["paymentId"]) {
            remember(&self.wallet.payments, payment);
        }
    }

    async fn pay(&self, theatre: &Theatre) {
        let Some(payment) = some(theatre, &self.wallet.payments) else { return };
        let action = theatre.dice.weighted(&[("authorize", 5), ("decline", 1)]);
        let webhook = *theatre.dice.one_of(&["now", "never", "twice", "late"]);
        let body = json!({ "action": action, "webhook": webhook });
        let parameters = [("paymentId", payment)];
        let answered = self.ask(theatre, "sandbox-payments-act", "POST", "/v1/sandbox/payments/{paymentId}", &parameters, Some(body)).await;
        self.wallet.next.set(Wish::Confirm);
        let Some(proof) = answered.map(|answered| answered.body["proof"].clone()).filter(Value::is_object) else { return };
        for booking in self.wallet.bookings.borrow().iter() {
            remember(&self.wallet.proofs, (booking.clone(), proof.clone()));
        }
    }

    async fn confirm(&self, theatre: &Theatre) {
        self.wallet.next.set(Wish::Hold);
        let Some((booking, proof)) = some(theatre, &self.wallet.proofs) else { return };
        let parameters = [("bookingId", booking.clone())];
        let answered = self.ask(theatre, "bookings-confirm", "POST", "/v1/bookings/{bookingId}/confirm", &parameters, Some(proof)).await;
        let Some(answered) = answered.filter(|answered| answered.status == 200) else { return };
        theatre.witness.borrow_mut().told_of_booking(&booking, &answered.body);
        for ticket in answered.body["tickets"].as_array().into_iter().flatten().filter_map(|ticket| text(&ticket["ticketId"])) {
            remember(&self.wallet.tickets, ticket);
        }
    }

    async fn pay_again(&self, theatre: &Theatre) {
        let Some(booking) = some(theatre, &self.wallet.bookings) else { return };
        let route = "/v1/bookings/{bookingId}/payment-attempts";
        let body = Some(json!({ "provider": "sandbox" }));
        let answered = self.ask(theatre, "payment-attempts-create", "POST", route, &[("bookingId", booking)], body).await;
        if let Some(answered) = answered.filter(|answered| answered.status < 300) {
            self.remember_payment(&answered);
        }
    }

    async fn cancel(&self, theatre: &Theatre) {
        let Some(booking) = some(theatre, &self.wallet.bookings) else { return };
        theatre.witness.borrow_mut().gives_up_hold(&self.person.user);
        self.ask(theatre, "bookings-cancel", "POST", "/v1/bookings/{bookingId}/cancel", &[("bookingId", booking)], None).await;
        theatre.witness.borrow_mut().gave_up_hold(&self.person.user);
    }

    async fn look(&self, theatre: &Theatre) {
        let Some(booking) = some(theatre, &self.wallet.bookings) else { return };
        let answered = self.ask(theatre, "bookings-get", "GET", "/v1/bookings/{bookingId}", &[("bookingId", booking.clone())], None).await;
        let Some(answered) = answered.filter(|answered| answered.status == 200) else { return };
        theatre.witness.borrow_mut().told_of_booking(&booking, &answered.body);
        for ticket in answered.body["tickets"].as_array().into_iter().flatten().filter_map(|ticket| text(&ticket["ticketId"])) {
            remember(&self.wallet.tickets, ticket);
        }
    }

    async fn ticket(&self, theatre: &Theatre, foyer: &Foyer) {
        let Some(ticket) = some(theatre, &self.wallet.tickets) else { return };
        let answered = self.ask(theatre, "tickets-get", "GET", "/v1/tickets/{ticketId}", &[("ticketId", ticket.clone())], None).await;
        let Some(code) = answered.and_then(|answered| text(&answered.body["code"])) else { return };
        remember(&foyer.codes, (ticket, code));
    }
}

/// Somebody scans tickets: new ones, known ones, the same one again.
pub(super) async fn staff(theatre: Rc<Theatre>, foyer: Rc<Foyer>, name: &'static str, person: Person) {
    let mut scans = 0;
    loop {
        theatre.gate.turn(name).await;
        let Some((ticket, code)) = some(&theatre, &foyer.codes) else { continue };
        // Whoever lost the answer asks again with the same nonce.
        if scans == 0 || theatre.dice.permille(800) {
            scans += 1;
        }
        let nonce = format!("nonce-{name}-{scans}-{ticket}");
        let body = json!({ "code": code, "nonce": nonce });
        let request = event("POST", "/v1/check-ins", &[], Some(&person), Some(&body));
        let Some(answered) = theatre.call(name, "check-ins-create", &request).await else { continue };
        if answered.body["outcome"] == "ADMITTED" {
            theatre.witness.borrow_mut().admitted(&ticket, &nonce);
        }
    }
}

/// The organizer sends money back, and may call everything off.
pub(super) async fn organizer(theatre: Rc<Theatre>, foyer: Rc<Foyer>, person: Person) {
    let name = "organizer";
    loop {
        theatre.gate.turn(name).await;
        if theatre.weather.call_off && theatre.dice.permille(60) {
            let parameters = [("eventId", theatre.world.show.event.as_str())];
            let request = event("POST", "/v1/events/{eventId}/cancel", &parameters, Some(&person), None);
            theatre.call(name, "events-cancel", &request).await;
            continue;
        }
        let Some(booking) = some(&theatre, &foyer.bookings).filter(|_| theatre.dice.permille(300)) else { continue };
        let parameters = [("showId", theatre.world.show.id.as_str()), ("bookingId", booking.as_str())];
        if theatre.dice.permille(400) {
            let request = event("POST", "/v1/organizer/shows/{showId}/bookings/{bookingId}/cancel", &parameters, Some(&person), None);
            theatre.call(name, "show-bookings-cancel", &request).await;
        } else {
            let body = json!({ "amount": { "amount": theatre.dice.between(1, 30_000), "currency": "INR" } });
            let route = "/v1/organizer/shows/{showId}/bookings/{bookingId}/refunds";
            let request = event("POST", route, &parameters, Some(&person), Some(&body));
            theatre.call(name, "refunds-create", &request).await;
        }
    }
}
