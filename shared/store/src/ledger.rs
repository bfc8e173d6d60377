//! Postings: each lies in its payment's partition, under its own name, and is never changed.

use crate::database::{DatabaseError, Item, s, send_write};
use crate::{Store, key, record};
use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::types::AttributeValue;
use domain::id::PaymentId;
use domain::ledger::{Line, Posting};

impl Store {
    /// The postings of a payment. Strongly consistent.
    pub async fn postings_of(&self, payment: &PaymentId) -> Result<Vec<Posting>, DatabaseError> {
        let request = self
            .client
            .query()
            .table_name(self.main())
            .key_condition_expression("pk = :pk AND begins_with(sk, :posting)")
            .expression_attribute_values(":pk", s(key::payment(payment).pk))
            .expression_attribute_values(":posting", s(key::POSTING_PREFIX))
            .consistent_read(true);
        let output = request.send().await.map_err(|error| DatabaseError::of("read postings", error))?;
        output.items().iter().map(posting_from).collect()
    }

    /// Writes a posting unless it is there.
    pub async fn record_posting(&self, posting: &Posting) -> Result<(), DatabaseError> {
        let request = self
            .client
            .put_item()
            .table_name(self.main())
            .set_item(Some(posting_item(posting)))
            .condition_expression("attribute_not_exists(pk)");
        send_write!("write a posting", PutItemError, request).map(|_| ())
    }
}

fn posting_item(posting: &Posting) -> Item {
    let lines = posting.lines().iter().map(|line| s(format!("{} {}", line.account.as_str(), line.amount)));
    let mut item = key::posting(&posting.payment, &posting.name).attributes();
    item.extend([
        ("name".to_owned(), s(&posting.name)),
        ("kind".to_owned(), s(posting.kind.as_str())),
        ("payment_id".to_owned(), s(posting.payment.as_str())),
        ("booking_id".to_owned(), s(posting.booking.as_str())),
        ("show".to_owned(), s(posting.show.as_str())),
        ("organization".to_owned(), s(posting.organization.as_str())),
        ("at".to_owned(), s(posting.at.to_string())),
        ("currency".to_owned(), s(posting.currency.as_str())),
        ("lines".to_owned(), AttributeValue::L(lines.collect())),
    ]);
    item
}

fn posting_from(item: &Item) -> Result<Posting, DatabaseError> {
    let sk: String = record::text(item, "sk")?;
    let posting = Posting::empty(
        record::text(item, "payment_id")?,
        sk.trim_start_matches(key::POSTING_PREFIX).to_owned(),
        record::word(item, "kind")?,
        record::text(item, "booking_id")?,
        record::text(item, "show")?,
        record::text(item, "organization")?,
        record::text(item, "at")?,
        record::text(item, "currency")?,
    );
    let lines = item.get("lines").and_then(|value| value.as_l().ok()).ok_or_else(|| DatabaseError::Unreadable("lines".to_owned()))?;
    let lines = lines.iter().map(line_from).collect::<Result<_, _>>()?;
    posting.with_lines(lines).map_err(DatabaseError::unreadable)
}

fn line_from(value: &AttributeValue) -> Result<Line, DatabaseError> {
    let spelled = value.as_s().map_or("", String::as_str);
    let unreadable = || DatabaseError::Unreadable(spelled.to_owned());
    let (account, amount) = spelled.split_once(' ').ok_or_else(unreadable)?;
    let account = serde_json::from_value(serde_json::Value::String(account.to_owned())).map_err(DatabaseError::unreadable)?;
    Ok(Line { account, amount: amount.parse().map_err(DatabaseError::unreadable)? })
}
