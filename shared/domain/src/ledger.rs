//! The books: every movement of money is a posting whose lines sum to zero, written together with the change that it follows from.
//!
//! | posting | when | debit | credit |
//! |---|---|---|---|
//! | CAPTURED | a provider has taken a buyer's money | provider | buyers |
//! | SOLD | a booking is confirmed | buyers | sales, fees, tax |
//! | RETURNED | (a part of) a confirmed booking is taken back | sales, fees, tax | buyers |
//! | REFUNDED | a refund has reached its buyer | buyers | provider |
//! | `REFUND_FAILED` | … and came back | provider | buyers |
//! | DISPUTED | the buyer's bank has taken the money back | buyers | provider |
//! | `DISPUTE_WON` | … and gave it to us again | provider | buyers |
//!
//! *Buyers* is what we owe them (credit) or they owe us (debit). Once nothing about a payment is open it is zero: whoever paid
//! has what they paid for, or has their money.

use crate::booking::Booking;
use crate::dispute::DisputeStatus;
use crate::id::{BookingId, OrganizationId, PaymentId, RefundId, ShowId};
use crate::money::{Currency, Money};
use crate::payment::{Payment, Provider};
use crate::refund::{Refund, RefundStatus, Split};
use jiff::{SignedDuration, Timestamp};

/// Whose money it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Account {
    /// What Stripe has of ours.
    Stripe,
    /// What Razorpay has of ours.
    Razorpay,
    /// What the sandbox has of ours.
    Sandbox,
    /// What buyers have paid and not yet got, or got and not yet paid.
    Buyers,
    /// What the organizer sold.
    Sales,
    /// Booking fees.
    Fees,
    /// What belongs to the state.
    Tax,
}

impl Account {
    /// All of them.
    pub const ALL: [Self; 7] = [Self::Stripe, Self::Razorpay, Self::Sandbox, Self::Buyers, Self::Sales, Self::Fees, Self::Tax];

    /// What this provider has of ours.
    pub fn at(provider: Provider) -> Self {
        match provider {
            Provider::Stripe => Self::Stripe,
            Provider::Razorpay => Self::Razorpay,
            Provider::Sandbox => Self::Sandbox,
            // Nothing moves: both lines are zero.
            Provider::Free => Self::Buyers,
        }
    }

    /// The word that is stored and shown.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Stripe => "STRIPE",
            Self::Razorpay => "RAZORPAY",
            Self::Sandbox => "SANDBOX",
            Self::Buyers => "BUYERS",
            Self::Sales => "SALES",
            Self::Fees => "FEES",
            Self::Tax => "TAX",
        }
    }
}

/// What happened; the table is at the top of this file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "the module's table says it")]
pub enum PostingKind {
    Captured,
    Sold,
    Returned,
    Refunded,
    RefundFailed,
    Disputed,
    DisputeWon,
}

impl PostingKind {
    /// The word that is stored and shown.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Captured => "CAPTURED",
            Self::Sold => "SOLD",
            Self::Returned => "RETURNED",
            Self::Refunded => "REFUNDED",
            Self::RefundFailed => "REFUND_FAILED",
            Self::Disputed => "DISPUTED",
            Self::DisputeWon => "DISPUTE_WON",
        }
    }
}

/// One side of a posting: debits are positive, credits negative, in minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
pub struct Line {
    /// Whose.
    pub account: Account,
    /// How much.
    pub amount: i64,
}

/// A movement of money. Its lines sum to zero; there is no other way to make one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posting {
    /// Of which payment; its postings lie with it.
    pub payment: PaymentId,
    /// Tells the postings of one payment apart: the same movement has the same name, however often it is written.
    pub name: String,
    /// What happened.
    pub kind: PostingKind,
    /// Of which booking.
    pub booking: BookingId,
    /// Of which show.
    pub show: ShowId,
    /// Whose books.
    pub organization: OrganizationId,
    /// When.
    pub at: Timestamp,
    /// In which money.
    pub currency: Currency,
    lines: Vec<Line>,
}

/// The lines do not sum to zero.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a posting's lines sum to {0}")]
pub struct Unbalanced(i128);

impl Posting {
    /// A provider has taken a payment.
    pub fn captured(payment: &Payment, at: Timestamp) -> Self {
        let amount = payment.amount.amount;
        Self::of(
            payment,
            PostingKind::Captured,
            "captured".to_owned(),
            at,
            transfer(Account::at(payment.provider), Account::Buyers, amount),
        )
    }

    /// A booking is confirmed, paid by its present payment.
    pub fn sold(booking: &Booking, at: Timestamp) -> Self {
        let split = booking.quote.split();
        let lines = vec![
            line(Account::Buyers, split.total()),
            line(Account::Sales, -split.sales.amount),
            line(Account::Fees, -split.fee.amount),
            line(Account::Tax, -split.tax.amount),
        ];
        Self::of_booking(booking, PostingKind::Sold, "sold".to_owned(), at, lines)
    }

    /// So much of a confirmed booking is taken back. `cause` is another for each.
    pub fn returned(booking: &Booking, cause: &str, split: &Split, at: Timestamp) -> Self {
        let lines = vec![
            line(Account::Sales, split.sales.amount),
            line(Account::Fees, split.fee.amount),
            line(Account::Tax, split.tax.amount),
            line(Account::Buyers, -split.total()),
        ];
        Self::of_booking(booking, PostingKind::Returned, format!("returned-{cause}"), at, lines)
    }

    /// A refund has reached its buyer.
    pub fn refunded(payment: &Payment, refund: &Refund, at: Timestamp) -> Self {
        let lines = transfer(Account::Buyers, Account::at(payment.provider), refund.amount.amount);
        Self::of(payment, PostingKind::Refunded, refund_name("refunded", &refund.id, refund.attempt), at, lines)
    }

    /// A refund that had reached its buyer came back to us.
    pub fn refund_failed(payment: &Payment, refund: &Refund, at: Timestamp) -> Self {
        let lines = transfer(Account::at(payment.provider), Account::Buyers, refund.amount.amount);
        Self::of(payment, PostingKind::RefundFailed, refund_name("refund-failed", &refund.id, refund.attempt), at, lines)
    }

    /// The buyer's bank has taken so much back.
    pub fn disputed(payment: &Payment, dispute: &str, amount: &Money, at: Timestamp) -> Self {
        let lines = transfer(Account::Buyers, Account::at(payment.provider), amount.amount);
        Self::of(payment, PostingKind::Disputed, format!("disputed-{dispute}"), at, lines)
    }

    /// The buyer's bank gave it to us again.
    pub fn dispute_won(payment: &Payment, dispute: &str, amount: &Money, at: Timestamp) -> Self {
        let lines = transfer(Account::at(payment.provider), Account::Buyers, amount.amount);
        Self::of(payment, PostingKind::DisputeWon, format!("dispute-won-{dispute}"), at, lines)
    }

    /// The lines of a posting that was written before.
    pub fn with_lines(self, lines: Vec<Line>) -> Result<Self, Unbalanced> {
        match sum(&lines) {
            0 => Ok(Self { lines, ..self }),
            other => Err(Unbalanced(other)),
        }
    }

    /// A posting without lines, to be read into.
    #[expect(clippy::too_many_arguments, reason = "an item's attributes, one by one")]
    pub fn empty(
        payment: PaymentId,
        name: String,
        kind: PostingKind,
        booking: BookingId,
        show: ShowId,
        organization: OrganizationId,
        at: Timestamp,
        currency: Currency,
    ) -> Self {
        Self { payment, name, kind, booking, show, organization, at, currency, lines: vec![] }
    }

    /// What it moves, debits first; accounts that nothing is moved on are left out.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// What it moves on this account.
    pub fn on(&self, account: Account) -> i64 {
        self.lines.iter().filter(|line| line.account == account).map(|line| line.amount).sum()
    }

    fn of(payment: &Payment, kind: PostingKind, name: String, at: Timestamp, lines: Vec<Line>) -> Self {
        balanced(Self {
            payment: payment.id.clone(),
            name,
            kind,
            booking: payment.booking.clone(),
            show: payment.show.clone(),
            organization: payment.organization.clone(),
            at,
            currency: payment.amount.currency.clone(),
            lines,
        })
    }

    fn of_booking(booking: &Booking, kind: PostingKind, name: String, at: Timestamp, lines: Vec<Line>) -> Self {
        balanced(Self {
            payment: booking.payment.clone(),
            name,
            kind,
            booking: booking.id.clone(),
            show: booking.show.clone(),
            organization: booking.organization.clone(),
            at,
            currency: booking.quote.total.currency.clone(),
            lines,
        })
    }
}

/// What a set of postings leaves on each account. Sums are wide: no ledger overflows them.
pub fn balances<'a>(postings: impl IntoIterator<Item = &'a Posting>) -> std::collections::BTreeMap<(Account, Currency), i128> {
    let mut balances = std::collections::BTreeMap::new();
    for posting in postings {
        for line in &posting.lines {
            *balances.entry((line.account, posting.currency.clone())).or_default() += i128::from(line.amount);
        }
    }
    balances
}

/// After this, a refund that is still on its way explains nothing any more: banks take two weeks at most.
const REFUND_TIME_MAX: SignedDuration = SignedDuration::from_hours(24 * 14);

/// What the books say that a payment's buyer is owed (negative) or owes, and that nothing explains: refunds that are not done yet
/// explain what is owed, an open dispute what the bank has meanwhile. Zero for every payment that is settled.
pub fn unexplained(payment: &Payment, postings: &[Posting], refunds: &[Refund], now: Timestamp) -> i64 {
    let balance: i64 = postings.iter().map(|posting| posting.on(Account::Buyers)).sum();
    let explains = |refund: &&Refund| match refund.status {
        RefundStatus::Requested | RefundStatus::Processing => now.duration_since(refund.requested_at) < REFUND_TIME_MAX,
        // Those are listed for the organizer, and an alarm has gone off.
        RefundStatus::Failed => true,
        RefundStatus::Done => false,
    };
    let on_its_way: i64 = refunds.iter().filter(explains).map(|refund| refund.amount.amount).sum();
    let disputed = payment.dispute.as_ref().filter(|dispute| dispute.status == DisputeStatus::Open).map_or(0, |dispute| dispute.amount);
    balance + on_its_way - disputed
}

fn refund_name(what: &str, refund: &RefundId, attempt: u32) -> String {
    format!("{what}-{refund}-{attempt}")
}

fn line(account: Account, amount: i64) -> Line {
    Line { account, amount }
}

fn transfer(to: Account, from: Account, amount: i64) -> Vec<Line> {
    vec![line(to, amount), line(from, -amount)]
}

fn sum(lines: &[Line]) -> i128 {
    lines.iter().map(|line| i128::from(line.amount)).sum()
}

fn balanced(mut posting: Posting) -> Posting {
    posting.lines.retain(|line| line.amount != 0);
    assert_eq!(sum(&posting.lines), 0, "every constructor takes what it gives");
    posting
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::booking::BookingStatus;
    use crate::payment::tests::booking;

    #[test]
    fn a_sale_and_its_return_leave_nothing() {
        let booking = booking(BookingStatus::Confirmed);
        let at = Timestamp::UNIX_EPOCH;
        let postings = [Posting::sold(&booking, at), Posting::returned(&booking, "cancelled", &booking.quote.split(), at)];
        assert!(balances(&postings).values().all(|balance| *balance == 0));
    }

    #[test]
    fn lines_that_do_not_sum_to_zero_are_no_posting() {
        let posting = Posting::sold(&booking(BookingStatus::Confirmed), Timestamp::UNIX_EPOCH);
        let mut lines = posting.lines().to_vec();
        lines[0].amount += 1;
        assert_eq!(posting.with_lines(lines), Err(Unbalanced(1)));
    }
}
