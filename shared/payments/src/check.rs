//! The books against themselves: whoever paid has what they paid for, or has their money, or it is known why not yet.

use crate::settle::{SettleError, Settler};
use domain::id::{OrganizationId, PaymentId};
use domain::ledger::{Account, unexplained};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;
use store::AuditEntry;

/// Postings of a page.
const PAGE: u16 = 1_000;
/// What moved within this time may be under way: holds, late payments and their captures are over by then.
const UNDER_WAY: SignedDuration = SignedDuration::from_hours(2);

/// What a check came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checked {
    /// Postings that were read; each sums to zero, or reading it fails.
    pub postings: u64,
    /// Payments that they are about.
    pub payments: u64,
    /// Payments whose buyers are owed something, or owe something, that nothing explains; and how much, in minor units.
    pub unexplained: Vec<(PaymentId, i64)>,
}

/// What these days' postings say of a payment.
struct Moved {
    last: Timestamp,
    balance: i64,
}

impl Settler {
    /// Reads an organization's books of these days and every payment that moved in them. What cannot be explained is written to
    /// the payment's audit log and looked after from now on.
    pub async fn check_books(&self, of: &OrganizationId, days: (Date, Date), now: Timestamp) -> Result<Checked, SettleError> {
        let mut checked = Checked::default();
        for (payment, Moved { last, balance }) in self.payments_in_books(of, days, &mut checked).await? {
            checked.payments += 1;
            // Nearly all are in balance, by these days alone; the others may have begun before, and are read whole.
            if balance == 0 || now.duration_since(last) < UNDER_WAY {
                continue;
            }
            let amount = self.unexplained(&payment, now).await?;
            if amount != 0 {
                self.note_unexplained(&payment, amount, now).await?;
                checked.unexplained.push((payment, amount));
            }
        }
        Ok(checked)
    }

    /// The payments that moved.
    async fn payments_in_books(
        &self,
        of: &OrganizationId,
        days: (Date, Date),
        checked: &mut Checked,
    ) -> Result<BTreeMap<PaymentId, Moved>, SettleError> {
        let mut moved: BTreeMap<PaymentId, Moved> = BTreeMap::new();
        let mut after = None;
        loop {
            let (postings, next) = self.store.ledger_between(of, days, after.as_ref(), PAGE).await?;
            for posting in postings {
                checked.postings += 1;
                let moved = moved.entry(posting.payment.clone()).or_insert(Moved { last: posting.at, balance: 0 });
                moved.last = moved.last.max(posting.at);
                moved.balance += posting.on(Account::Buyers);
            }
            after = next;
            if after.is_none() {
                return Ok(moved);
            }
        }
    }

    async fn unexplained(&self, id: &PaymentId, now: Timestamp) -> Result<i64, SettleError> {
        let Some(payment) = self.store.payment(id).await? else { return Ok(0) };
        let (postings, refunds) = (self.store.postings_of(id).await?, self.store.refunds_of(id).await?);
        Ok(unexplained(&payment, &postings, &refunds, now))
    }

    async fn note_unexplained(&self, payment: &PaymentId, amount: i64, now: Timestamp) -> Result<(), SettleError> {
        tracing::error!(metric = "ledger_unexplained", payment = payment.as_str(), amount, "the books do not explain what a buyer is owed");
        let entry = AuditEntry {
            subject: payment.to_string(),
            action: "payment.unexplained".to_owned(),
            detail: format!("{amount} in the buyer's account"),
            actor: None,
            at: now,
            id: format!("{payment}-unexplained-{}", now.as_second()),
        };
        self.store.record_audit(&entry).await?;
        Ok(self.store.set_payment_due(payment, Some(now)).await?)
    }
}
