//! The books: postings, each written in the transaction that makes it true, in the partition of the payment that it is about.

use crate::catalog::{BEFORE_ALL, Part};
use crate::database::{DatabaseError, Item, put_write, s};
use crate::{Store, key, record};
use aws_sdk_dynamodb::types::{AttributeValue, Put, TransactWriteItem};
use domain::id::{OrganizationId, PaymentId};
use domain::ledger::{Line, Posting, PostingKind};
use futures_util::{StreamExt, TryStreamExt, stream};
use jiff::Timestamp;
use jiff::civil::Date;

/// Where a page of the ledger ends: the moment and the payment of its last posting, and which of that payment's it was.
pub type LedgerPosition = String;

impl Store {
    /// Pattern 100: a posting as a part of a transaction: written once, never changed. What moves nothing is not written.
    pub(crate) fn posting_write(&self, posting: &Posting) -> Result<Option<TransactWriteItem>, DatabaseError> {
        if posting.lines().is_empty() {
            return Ok(None);
        }
        let put =
            Put::builder().table_name(self.main()).set_item(Some(posting_item(posting))).condition_expression("attribute_not_exists(pk)");
        put_write(put).map(Some)
    }

    /// Pattern 101: what is in the books of a payment. Strongly consistent.
    pub async fn postings_of(&self, payment: &PaymentId) -> Result<Vec<Posting>, DatabaseError> {
        let items = self.payment_items(payment, key::POSTING_PREFIX).await?;
        items.iter().map(posting_from).collect()
    }

    /// Pattern 102: an organization's postings of one day, UTC, oldest first, after `after`; at most `limit`. Each shard is read
    /// that far, so the page is whole.
    pub async fn ledger(
        &self,
        organization: &OrganizationId,
        day: Date,
        after: Option<&LedgerPosition>,
        limit: u16,
    ) -> Result<Vec<(LedgerPosition, Posting)>, DatabaseError> {
        let read = |shard| self.ledger_shard(organization, day, shard, after, limit);
        let shards: Vec<Vec<(LedgerPosition, Posting)>> =
            stream::iter(0..key::LEDGER_SHARDS).map(read).buffered(usize::from(key::LEDGER_SHARDS)).try_collect().await?;
        let mut postings: Vec<_> = shards.into_iter().flatten().collect();
        postings.sort_by(|(a, _), (b, _)| a.cmp(b));
        postings.truncate(usize::from(limit));
        Ok(postings)
    }

    /// The same over several days, both included: a page, and where the next one begins.
    pub async fn ledger_between(
        &self,
        organization: &OrganizationId,
        (from, to): (Date, Date),
        after: Option<&LedgerPosition>,
        limit: u16,
    ) -> Result<(Vec<Posting>, Option<LedgerPosition>), DatabaseError> {
        let mut postings = Vec::new();
        // A position begins with its day.
        let first = after.and_then(|after| after.get(..10)).and_then(|day| day.parse().ok()).unwrap_or(from).max(from);
        for day in first.series(jiff::Span::new().days(1)).take_while(|day| *day <= to) {
            let room = limit - u16::try_from(postings.len()).unwrap_or(limit);
            for (position, posting) in self.ledger(organization, day, after, room).await? {
                postings.push((position, posting));
            }
            if postings.len() >= usize::from(limit) {
                let next = postings.last().map(|(position, _)| position.clone());
                return Ok((postings.into_iter().map(|(_, posting)| posting).collect(), next));
            }
        }
        Ok((postings.into_iter().map(|(_, posting)| posting).collect(), None))
    }

    async fn ledger_shard(
        &self,
        organization: &OrganizationId,
        day: Date,
        shard: u8,
        after: Option<&LedgerPosition>,
        limit: u16,
    ) -> Result<Vec<(LedgerPosition, Posting)>, DatabaseError> {
        let mut after = after.map_or(BEFORE_ALL, String::as_str).to_owned();
        let mut postings = Vec::new();
        loop {
            // One answer of DynamoDB is a megabyte at most: a short one is not the end.
            let room = limit - u16::try_from(postings.len()).unwrap_or(limit);
            let partition = key::gsi_ledger(organization, day, shard);
            let (items, more) = self.index_page("read the ledger", partition, Part::After(after.clone()), room).await?;
            for (position, item) in items {
                after.clone_from(&position);
                postings.push((position, posting_from(&item)?));
            }
            if !more || postings.len() >= usize::from(limit) {
                return Ok(postings);
            }
        }
    }

    /// Everything of one kind in a payment's partition. Strongly consistent.
    pub(crate) async fn payment_items(&self, payment: &PaymentId, prefix: &str) -> Result<Vec<Item>, DatabaseError> {
        let request = self
            .client
            .query()
            .table_name(self.main())
            .key_condition_expression("pk = :pk AND begins_with(sk, :prefix)")
            .expression_attribute_values(":pk", key::payment(payment).pk())
            .expression_attribute_values(":prefix", s(prefix))
            .consistent_read(true);
        let mut items = Vec::new();
        let mut start = None;
        loop {
            let request = request.clone().set_exclusive_start_key(start);
            let output = request.send().await.map_err(|error| DatabaseError::of("read a payment's items", error))?;
            items.extend(output.items.unwrap_or_default());
            start = output.last_evaluated_key;
            if start.is_none() {
                return Ok(items);
            }
        }
    }
}

fn posting_item(posting: &Posting) -> Item {
    let mut item = key::posting(&posting.payment, &posting.name).attributes();
    let lines = posting.lines().iter().map(|line| s(format!("{} {}", line.account.as_str(), line.amount))).collect();
    item.extend([
        ("kind".to_owned(), s(posting.kind.as_str())),
        ("payment_id".to_owned(), s(posting.payment.as_str())),
        ("booking_id".to_owned(), s(posting.booking.as_str())),
        ("show".to_owned(), s(posting.show.as_str())),
        ("organization".to_owned(), s(posting.organization.as_str())),
        ("at".to_owned(), s(posting.at.to_string())),
        ("currency".to_owned(), s(posting.currency.as_str())),
        ("lines".to_owned(), AttributeValue::L(lines)),
    ]);
    let position = key::gsi_moment_position(posting.at, &format!("{}#{}", posting.payment, posting.name));
    let shard = key::shard_of(posting.payment.as_str(), key::LEDGER_SHARDS);
    item.extend(key::gsi(key::gsi_ledger(&posting.organization, day_of(posting.at), shard), position));
    item
}

/// The day on which something is booked: UTC, whatever the venue's clocks say.
pub fn day_of(at: Timestamp) -> Date {
    at.to_zoned(jiff::tz::TimeZone::UTC).date()
}

fn posting_from(item: &Item) -> Result<Posting, DatabaseError> {
    let sk: String = record::text(item, "sk")?;
    let name = sk.strip_prefix(key::POSTING_PREFIX).ok_or_else(|| DatabaseError::Unreadable(sk.clone()))?;
    let kind: PostingKind = record::word(item, "kind")?;
    let lines = item.get("lines").and_then(|value| value.as_l().ok()).ok_or_else(|| DatabaseError::Unreadable("lines".to_owned()))?;
    let lines: Vec<Line> = lines.iter().map(line_from).collect::<Result<_, _>>()?;
    let posting = Posting::empty(
        record::text(item, "payment_id")?,
        name.to_owned(),
        kind,
        record::text(item, "booking_id")?,
        record::text(item, "show")?,
        record::text(item, "organization")?,
        record::text(item, "at")?,
        record::text(item, "currency")?,
    );
    posting.with_lines(lines).map_err(DatabaseError::unreadable)
}

fn line_from(value: &AttributeValue) -> Result<Line, DatabaseError> {
    let spelled = value.as_s().map_or("", String::as_str);
    let (account, amount) = spelled.split_once(' ').ok_or_else(|| DatabaseError::Unreadable(spelled.to_owned()))?;
    let account = serde_json::from_value(account.into()).map_err(DatabaseError::unreadable)?;
    Ok(Line { account, amount: amount.parse().map_err(DatabaseError::unreadable)? })
}
