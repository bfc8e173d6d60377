//! The books as organizers read them.

use domain::id::{BookingId, PaymentId, ShowId};
use domain::ledger::{Line, Posting, PostingKind};
use domain::money::Currency;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

/// A movement of money; its lines sum to zero.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PostingView {
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// What happened.
    pub kind: PostingKind,
    /// Tells the postings of one payment apart.
    pub name: String,
    /// Of which payment.
    pub payment_id: PaymentId,
    /// Of which booking.
    pub booking_id: BookingId,
    /// Of which show.
    pub show_id: ShowId,
    /// In which money.
    pub currency: Currency,
    /// Debits are positive, credits negative, in minor units.
    pub lines: Vec<Line>,
}

impl From<&Posting> for PostingView {
    fn from(posting: &Posting) -> Self {
        Self {
            at: posting.at,
            kind: posting.kind,
            name: posting.name.clone(),
            payment_id: posting.payment.clone(),
            booking_id: posting.booking.clone(),
            show_id: posting.show.clone(),
            currency: posting.currency.clone(),
            lines: posting.lines().to_vec(),
        }
    }
}

/// A page of the ledger, oldest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct LedgerPage {
    /// This page.
    pub items: Vec<PostingView>,
    /// Where the next page begins.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// The columns of the ledger as CSV.
pub const LEDGER_COLUMNS: &str = "at,kind,payment,booking,show,account,amount,currency";

/// The lines of a posting as CSV, one row each. No column can hold a comma or a quote: all are identifiers, words or numbers.
pub fn ledger_rows(posting: &Posting) -> impl Iterator<Item = String> + '_ {
    posting.lines().iter().map(|line| {
        let Posting { payment, kind, booking, show, at, currency, .. } = posting;
        format!("{at},{},{payment},{booking},{show},{},{},{currency}", kind.as_str(), line.account.as_str(), line.amount)
    })
}
