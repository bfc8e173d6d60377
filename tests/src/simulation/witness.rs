//! What must be true: after every step, of what lies in the tables and of what people were told; and at the end, when nothing is
//! under way any more.

use super::theatre::{HALF_PRICE, HALF_PRICE_USES, SEAT_LIMIT, Theatre};
use domain::claim::{Claim, PlaceState};
use domain::id::UserId;
use domain::money::Money;
use jiff::Timestamp;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Remembers what people were told, and objects.
#[derive(Debug, Default)]
pub(super) struct Witness {
    objections: BTreeSet<String>,
    /// Names of the items that TTL deleted.
    pub(super) expired: BTreeSet<String>,
    /// What people were told they hold, by user.
    holds: BTreeMap<String, ToldHold>,
    /// How many requests of each user are under way that may end their hold.
    giving_up: BTreeMap<String, u32>,
    /// Bookings that people were told are confirmed.
    confirmed: BTreeSet<String>,
    /// The scan that each ticket was admitted by.
    admissions: BTreeMap<String, String>,
    /// What payments at the bank are for.
    asked: BTreeMap<String, Money>,
    /// The hold of each user, as it was a step ago, with the least that its user had bought since it is there.
    before: BTreeMap<String, StoredHold>,
    /// The claims of blocks that were closed a step ago.
    closed: BTreeMap<String, BTreeMap<String, Claim>>,
    sold: usize,
}

#[derive(Debug, Clone)]
struct StoredHold {
    id: String,
    expires_at: i64,
    least_bought: i64,
}

#[derive(Debug)]
struct ToldHold {
    id: String,
    seats: Vec<String>,
    until: Timestamp,
}

impl Witness {
    /// A promise is broken.
    pub(super) fn object(&mut self, what: String) {
        self.objections.insert(what);
    }

    /// Whether any is.
    pub(super) fn objects(&self) -> bool {
        !self.objections.is_empty()
    }

    /// All that are.
    pub(super) fn objections(&self) -> Vec<String> {
        self.objections.iter().cloned().collect()
    }

    /// Places that were somebody's at the end.
    pub(super) fn sold(&self) -> usize {
        self.sold
    }

    /// What a payment is for, if the bank knows it.
    pub(super) fn asked_of(&self, payment: &str) -> Option<Money> {
        self.asked.get(payment).cloned()
    }

    /// Somebody is told that they hold places: nobody else may have been told so of the same ones. That a hold ended while its answer
    /// was on its way, by another tab of its owner, is no lie.
    pub(super) fn told_of_hold(&mut self, user: &UserId, body: &Value, now: Timestamp) {
        let id = body["holdId"].as_str().unwrap_or_default().to_owned();
        let Some(stored) = self.before.get(user.as_str()).filter(|stored| stored.id == id) else { return };
        let seats: Vec<String> = list(&body["seats"]).filter_map(|seat| seat["seat"].as_str()).map(str::to_owned).collect();
        let until: Timestamp = body["expiresAt"].as_str().and_then(|at| at.parse().ok()).unwrap_or_default();
        if stored.least_bought + i64::try_from(seats.len()).unwrap_or(i64::MAX) > i64::from(SEAT_LIMIT) {
            self.objections.insert(format!(
                "{user} was given {} places in {id} and had bought {} before",
                seats.len(),
                stored.least_bought
            ));
        }
        for (other, theirs) in &self.holds {
            let both: Vec<_> = theirs.seats.iter().filter(|seat| seats.contains(seat)).collect();
            let overlap = theirs.until.as_second() >= now.as_second() && until.as_second() >= now.as_second() && !both.is_empty();
            if other != user.as_str() && overlap {
                self.objections.insert(format!("{user} was told of hold {id}, {other} of {}: both have {both:?}", theirs.id));
            }
        }
        if self.giving_up.get(user.as_str()).is_none_or(|under_way| *under_way == 0) {
            self.holds.insert(user.to_string(), ToldHold { id, seats, until });
        }
    }

    /// Somebody asks to give their places back: until that is answered, nothing is promised to them.
    pub(super) fn gives_up_hold(&mut self, user: &UserId) {
        self.holds.remove(user.as_str());
        *self.giving_up.entry(user.to_string()).or_default() += 1;
    }

    /// The answer came, or nobody is there any more to give it.
    pub(super) fn gave_up_hold(&mut self, user: &UserId) {
        *self.giving_up.entry(user.to_string()).or_default() -= 1;
    }

    /// Somebody is told of a booking.
    pub(super) fn told_of_booking(&mut self, id: &str, body: &Value) {
        if body["status"] == "CONFIRMED" {
            self.confirmed.insert(id.to_owned());
        }
    }

    /// Somebody comes in.
    pub(super) fn admitted(&mut self, ticket: &str, nonce: &str) {
        let first = self.admissions.entry(ticket.to_owned()).or_insert_with(|| nonce.to_owned());
        if first != nonce {
            self.objections.insert(format!("{ticket} was admitted twice: by {first} and by {nonce}"));
        }
    }

    /// Looks at the tables as they are this moment.
    pub(super) fn look(&mut self, theatre: &Theatre) {
        let state = State::read(theatre);
        self.asked = state.bank.iter().map(|payment| (payment.id.clone(), payment.amount.clone())).collect();
        self.look_at_places(&state);
        self.look_at_limits(&state);
        self.look_at_closed(&state);
        self.look_at_coupons(&state);
        self.look_at_money(&state);
        self.look_at_what_was_told(&state, theatre.gate.now());
        self.look_at_holds(state, theatre.gate.now());
    }

    /// Whoever has a booking has its places; whatever is sold is somebody's.
    fn look_at_places(&mut self, state: &State) {
        for booking in state.bookings.values().filter(|booking| booking.status == "CONFIRMED") {
            for seat in &booking.seats {
                match state.claims.get(seat) {
                    Some(claim) if claim.is_for_good() && claim.holder() == booking.holder() => {}
                    other => self.object(format!("{} is confirmed, and {seat} is not its own but {other:?}", booking.id)),
                }
            }
        }
        for (seat, claim) in state.claims.iter().filter(|(_, claim)| claim.is_for_good()) {
            let owner = state.bookings.values().find(|booking| booking.holder() == claim.holder());
            if !owner.is_some_and(|owner| owner.seats.contains(seat)) {
                self.objections.insert(format!("{seat} is sold to {} who never asked for it", claim.holder()));
            }
        }
    }

    /// Nobody has more than they may, and what is counted is what is there.
    fn look_at_limits(&mut self, state: &State) {
        let mut have: BTreeMap<&str, i64> = BTreeMap::new();
        for booking in state.bookings.values().filter(|booking| booking.status == "CONFIRMED") {
            *have.entry(&booking.user).or_default() += i64::try_from(booking.seats.len()).unwrap_or(i64::MAX);
        }
        for (user, have) in &have {
            if *have > i64::from(SEAT_LIMIT) {
                self.objections.insert(format!("{user} has {have} places of at most {SEAT_LIMIT}"));
            }
        }
        let users: BTreeSet<&str> = have.keys().copied().chain(state.bought.keys().map(String::as_str)).collect();
        for user in users {
            let (have, counted) = (have.get(user).copied().unwrap_or_default(), state.bought.get(user).copied().unwrap_or_default());
            if have != counted {
                self.objections.insert(format!("{user} has {have} places, and {counted} are counted"));
            }
        }
    }

    /// In a block that is closed nobody has anything any more that they did not have before.
    fn look_at_closed(&mut self, state: &State) {
        for (block, claims) in &state.closed {
            let Some(before) = self.closed.get(block) else { continue };
            for (seat, claim) in claims.iter().filter(|(seat, claim)| before.get(*seat) != Some(*claim)) {
                self.objections.insert(format!("{seat} is closed, and was given to {claim:?}"));
            }
        }
        self.closed.clone_from(&state.closed);
    }

    /// A coupon is used as often as it may be, and what is counted is what was booked with it.
    fn look_at_coupons(&mut self, state: &State) {
        let with_it = state.bookings.values().filter(|booking| booking.coupon == HALF_PRICE);
        let mut uses: BTreeMap<&str, i64> = BTreeMap::new();
        for booking in with_it.filter(|booking| booking.was_confirmed || booking.status == "PENDING") {
            *uses.entry(&booking.user).or_default() += 1;
        }
        let (in_all, counted): (i64, i64) = (uses.values().sum(), state.coupon_uses);
        if in_all > i64::from(HALF_PRICE_USES) || in_all != counted {
            self.objections.insert(format!("{in_all} bookings have a coupon for {HALF_PRICE_USES}, and {counted} are counted"));
        }
        for (user, used) in uses.iter().filter(|(_, used)| **used > 1) {
            self.objections.insert(format!("{user} used a coupon {used} times that is for one"));
        }
    }

    /// Nobody is charged for what they did not get, nor gets more back than they gave.
    fn look_at_money(&mut self, state: &State) {
        for payment in &state.bank {
            let booking = state.bookings.get(&payment.booking);
            if payment.status == "CAPTURED" && !booking.is_some_and(|booking| booking.was_confirmed) {
                self.objections.insert(format!("{} was captured, and its booking was never confirmed", payment.id));
            }
            if payment.refunded > payment.amount.amount || (payment.refunded > 0 && payment.status != "CAPTURED") {
                self.objections.insert(format!(
                    "{} is {} and sent {} of {} back",
                    payment.id, payment.status, payment.refunded, payment.amount.amount
                ));
            }
            if payment.status == "CAPTURED" && booking.is_some_and(|booking| booking.total != payment.amount.amount) {
                self.objections.insert(format!("{} took {} for another quote", payment.id, payment.amount.amount));
            }
        }
        let mut captured: BTreeMap<&str, usize> = BTreeMap::new();
        for payment in state.bank.iter().filter(|payment| payment.status == "CAPTURED" && payment.refunded < payment.amount.amount) {
            *captured.entry(&payment.booking).or_default() += 1;
        }
        for (booking, _) in captured.iter().filter(|(_, times)| **times > 1) {
            self.objections.insert(format!("{booking} was paid twice"));
        }
        for (posting, sum) in state.postings.iter().filter(|(_, sum)| **sum != 0) {
            self.objections.insert(format!("the posting {posting} does not sum to zero but to {sum}"));
        }
    }

    /// Whoever was told of a hold has its places until it has run out, or ended: in a booking, or given up.
    fn look_at_what_was_told(&mut self, state: &State, now: Timestamp) {
        let is_live = |user: &str, told: &ToldHold| state.holds.get(user).is_some_and(|(id, _)| *id == told.id);
        self.holds.retain(|user, told| is_live(user, told) && told.until.as_second() >= now.as_second());
        for (user, told) in &self.holds {
            for seat in &told.seats {
                let theirs = state.claims.get(seat).is_some_and(|claim| told.id.ends_with(claim.holder()));
                if !theirs && state.closed.is_empty() {
                    self.objections.insert(format!(
                        "{user} was told that they hold {seat} until {}, and it is {:?}",
                        told.until,
                        state.claims.get(seat)
                    ));
                }
            }
        }
        for id in &self.confirmed {
            if !state.bookings.get(id).is_some_and(|booking| booking.was_confirmed) {
                self.objections.insert(format!("somebody was told that {id} is confirmed, and it never was"));
            }
        }
    }

    /// A live hold makes room for no other one of its user.
    fn look_at_holds(&mut self, state: State, now: Timestamp) {
        let mut after = BTreeMap::new();
        for (user, (id, expires_at)) in state.holds {
            let bought = state.bought.get(&user).copied().unwrap_or_default();
            let before = self.before.get(&user).cloned();
            if let Some(before) = before.as_ref().filter(|before| before.id != id && before.expires_at >= now.as_second()) {
                self.objections.insert(format!("{user} had the live hold {}, and {id} took its place", before.id));
            }
            let least = before.filter(|before| before.id == id).map_or(bought, |before| before.least_bought.min(bought));
            after.insert(user, StoredHold { id, expires_at, least_bought: least });
        }
        self.before = after;
    }

    /// Nothing is under way any more: every place is free or somebody's, every payment has come to its end.
    pub(super) fn look_at_the_end(&mut self, theatre: &Theatre) {
        self.look(theatre);
        let state = State::read(theatre);
        let now = theatre.gate.now();
        for (seat, claim) in &state.claims {
            let owned = state.bookings.values().any(|booking| booking.status == "CONFIRMED" && booking.holder() == claim.holder());
            if claim.state(now) != PlaceState::Available && !owned {
                self.objections.insert(format!("{seat} is nobody's and not free: {claim:?}"));
            }
            self.sold += usize::from(owned);
        }
        for booking in state.bookings.values() {
            self.look_at_ended(&state, booking);
            if state.called_off && booking.status == "CONFIRMED" {
                self.objections.insert(format!("{} is confirmed, and its event was called off", booking.id));
            }
        }
        for (user, (hold, _)) in &state.holds {
            self.objections.insert(format!("{user} still has hold {hold}"));
        }
        for what in &state.unfinished {
            self.objections.insert(format!("{what} is pending for ever"));
        }
    }

    fn look_at_ended(&mut self, state: &State, booking: &Booking) {
        if !["CONFIRMED", "CANCELLED", "EXPIRED", "REFUNDED", "PARTIALLY_REFUNDED"].contains(&booking.status.as_str()) {
            self.objections.insert(format!("{} is {} for ever", booking.id, booking.status));
        }
        if booking.status == "CANCELLED" && booking.was_confirmed && booking.returned > 0 {
            self.objections.insert(format!("{} had its money back, and its owner is not told so", booking.id));
        }
        let payments = state.bank.iter().filter(|payment| payment.booking == booking.id);
        let kept: i64 =
            payments.clone().filter(|payment| payment.status == "CAPTURED").map(|payment| payment.amount.amount - payment.refunded).sum();
        let owed = if booking.was_confirmed { booking.total - booking.returned } else { 0 };
        if kept != owed {
            self.objections.insert(format!("{} ({}) cost {kept}, and {owed} is owed", booking.id, booking.status));
        }
        for payment in payments.filter(|payment| payment.status == "AUTHORIZED") {
            self.objections.insert(format!("{} is set aside for ever", payment.id));
        }
        if booking.was_confirmed && booking.total > 0 && !state.invoiced.contains(&booking.payment) {
            self.objections.insert(format!("{} has no invoice", booking.id));
        }
    }
}

/// What lies in both tables.
#[derive(Debug, Default)]
struct State {
    claims: BTreeMap<String, Claim>,
    /// The claims of each block that is closed.
    closed: BTreeMap<String, BTreeMap<String, Claim>>,
    called_off: bool,
    /// Id and end, by user.
    holds: BTreeMap<String, (String, i64)>,
    bought: BTreeMap<String, i64>,
    bookings: BTreeMap<String, Booking>,
    bank: Vec<BankPayment>,
    /// Uses of the coupon that few can use, as they are counted for all.
    coupon_uses: i64,
    /// The sum of each.
    postings: BTreeMap<String, i64>,
    /// Payments that an invoice was written for.
    invoiced: BTreeSet<String>,
    unfinished: Vec<String>,
}

#[derive(Debug)]
struct Booking {
    id: String,
    user: String,
    status: String,
    seats: Vec<String>,
    total: i64,
    returned: i64,
    was_confirmed: bool,
    payment: String,
    /// Its code, or nothing.
    coupon: String,
}

impl Booking {
    fn holder(&self) -> &str {
        self.id.trim_start_matches("book_")
    }
}

#[derive(Debug)]
struct BankPayment {
    id: String,
    booking: String,
    status: String,
    amount: Money,
    refunded: i64,
}

impl State {
    fn read(theatre: &Theatre) -> Self {
        let mut state = Self::default();
        let show = theatre.world.show.id.as_str();
        for item in theatre.items("InventoryTable") {
            state.read_inventory(&item, show);
        }
        for item in theatre.items("MainTable") {
            state.read_main(&item, show);
        }
        state
    }

    fn read_inventory(&mut self, item: &Value, show: &str) {
        let (pk, sk) = (text(item, "pk"), text(item, "sk"));
        if let Some(section) = pk.strip_prefix("SHOW#").and_then(|rest| rest.strip_prefix(show)).and_then(|rest| rest.strip_prefix('#')) {
            let row = sk.split('#').nth(1).unwrap_or_default();
            let mut claims = BTreeMap::new();
            for (number, claim) in item.as_object().into_iter().flatten() {
                if let (Ok(number), Some(Ok(claim))) = (number.parse::<u16>(), claim["S"].as_str().map(str::parse)) {
                    claims.insert(format!("{section}-{row}-{number}"), claim);
                }
            }
            if item["closed"]["BOOL"] == true {
                self.closed.insert(format!("{pk} {sk}"), claims.clone());
            }
            self.claims.extend(claims);
        } else if let Some(user) =
            pk.strip_prefix("HOLD#").and_then(|rest| rest.strip_prefix(show)).map(|rest| rest.trim_start_matches('#'))
        {
            if sk == "BOUGHT" {
                self.bought.insert(user.to_owned(), number(item, "places"));
            } else {
                self.holds.insert(user.to_owned(), (text(item, "hold_id").to_owned(), number(item, "expires_at")));
            }
        }
    }

    fn read_main(&mut self, item: &Value, show: &str) {
        let (pk, sk) = (text(item, "pk"), text(item, "sk"));
        if sk.starts_with("BOOKING#") && text(item, "show") == show {
            let booking = Booking {
                id: text(item, "booking_id").to_owned(),
                user: text(item, "user").to_owned(),
                status: text(item, "status").to_owned(),
                seats: list(&item["places"]["L"]).filter_map(|place| place["S"].as_str()?.split(' ').next()).map(str::to_owned).collect(),
                total: numbers(text(item, "quote")).last().copied().unwrap_or_default(),
                returned: numbers(text(item, "returned")).iter().sum(),
                was_confirmed: item["confirmed_at"].is_object(),
                payment: text(item, "payment").to_owned(),
                coupon: text(item, "coupon").split(' ').next().unwrap_or_default().to_owned(),
            };
            self.bookings.insert(booking.id.clone(), booking);
        } else if pk.starts_with("SANDBOX#") {
            let (currency, amount) = text(item, "amount").split_once(' ').unwrap_or_default();
            let refunds = item["refunds"]["M"].as_object().into_iter().flat_map(|refunds| refunds.values());
            self.bank.push(BankPayment {
                id: text(item, "payment_id").to_owned(),
                booking: text(item, "booking_id").to_owned(),
                status: text(item, "status").to_owned(),
                amount: Money { amount: amount.parse().unwrap_or_default(), currency: currency.parse().expect("a currency") },
                refunded: refunds.filter_map(|refund| refund["N"].as_str()?.parse::<i64>().ok()).sum(),
            });
        } else if pk.strip_suffix(|shard: char| shard.is_ascii_digit()).is_some_and(|pk| pk.ends_with(&format!("#{HALF_PRICE}#")))
            && sk == "USES"
        {
            self.coupon_uses += number(item, "used");
        } else if sk.starts_with("POSTING#") {
            let lines = list(&item["lines"]["L"]).filter_map(|line| line["S"].as_str()?.split(' ').nth(1)?.parse::<i64>().ok());
            self.postings.insert(format!("{pk} {sk}"), lines.sum());
        } else if sk.starts_with("DOCUMENT#") {
            self.invoiced.insert(pk.trim_start_matches("PAYMENT#").to_owned());
        } else if sk.starts_with("REFUND#") && text(item, "status") != "DONE" {
            self.unfinished.push(format!("{pk} {sk} ({})", text(item, "status")));
        }
        self.called_off |= sk == "EVENT" && text(item, "status") == "CANCELLED";
        if item["due_at"].is_object() {
            self.unfinished.push(format!("{pk} {sk}"));
        }
    }
}

fn text<'a>(item: &'a Value, name: &str) -> &'a str {
    item[name]["S"].as_str().unwrap_or_default()
}

fn number(item: &Value, name: &str) -> i64 {
    item[name]["N"].as_str().and_then(|number| number.parse().ok()).unwrap_or_default()
}

fn numbers(spelled: &str) -> Vec<i64> {
    spelled.split(' ').filter_map(|number| number.parse().ok()).collect()
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}
