//! Who did what: written once, never changed.

use crate::database::{DatabaseError, Item, n, s, send_write};
use crate::{Change, Store, key, record};
use aws_sdk_dynamodb::operation::put_item::PutItemError;
use jiff::{SignedDuration, Timestamp};

/// How long entries are kept.
const AUDIT_AGE_MAX: SignedDuration = SignedDuration::from_hours(24 * 365 * 2);

/// One line of the audit log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntry {
    /// What it is about: a booking, payment, event, user …
    pub subject: String,
    /// What happened, as `booking.status` or `payment.proof-refused`.
    pub action: String,
    /// Before and after, or why; no secrets, no addresses.
    pub detail: String,
    /// Who did it, where that is known.
    pub actor: Option<String>,
    /// When.
    pub at: Timestamp,
    /// Tells entries of one moment apart; the same entry written twice is one entry.
    pub id: String,
}

impl Change {
    /// The entry that a change of this item deserves: bookings, payments, events, shows and who belongs to whom.
    pub fn audit_entry(&self) -> Result<Option<AuditEntry>, DatabaseError> {
        let Some((pk, sk)) = self.key() else { return Ok(None) };
        let kind = match (pk.split('#').next(), sk.split('#').next()) {
            (_, Some("BOOKING")) => "booking",
            (_, Some("DOCUMENT")) => "document",
            (_, Some("REFUND")) => "refund",
            // A posting is a record of its own, and never changes.
            (_, Some("POSTING")) => return Ok(None),
            (Some("PAYMENT"), _) => "payment",
            (_, Some("COUPON")) => "coupon",
            (_, Some("EVENT")) => "event",
            (_, Some("SHOW")) => "show",
            (_, Some("TICKET")) => "ticket",
            (_, Some("PROFILE")) => "profile",
            (_, Some("VENUE")) => "venue",
            (_, Some("ORG")) => "organization",
            _ => return Ok(None),
        };
        let word = |item: &Option<Item>| item.as_ref().and_then(|item| record::text::<String>(item, "status").ok());
        let (before, after) = (word(&self.old), word(&self.new));
        let action = match (&self.old, &self.new) {
            (None, _) => "created",
            (Some(_), None) => "deleted",
            (Some(_), Some(_)) if before != after => "moved",
            (Some(_), Some(_)) if kind == "payment" => return Ok(None),
            (Some(_), Some(_)) => "changed",
        };
        let subject =
            if kind == "booking" { sk.trim_start_matches(key::BOOKING_PREFIX) } else { pk.split_once('#').map_or("", |(_, id)| id) };
        let state = |word: Option<String>| word.unwrap_or_else(|| "-".to_owned());
        Ok(Some(AuditEntry {
            subject: subject.to_owned(),
            action: format!("{kind}.{action}"),
            detail: format!("{} → {}", state(before), state(after)),
            actor: self.user().map(|user| user.to_string()),
            at: self.at,
            id: self.id.clone(),
        }))
    }
}

impl Store {
    /// Pattern 39: adds an entry.
    pub async fn record_audit(&self, entry: &AuditEntry) -> Result<(), DatabaseError> {
        let mut item = key::audit(&entry.subject, &entry.at.to_string(), &entry.id).attributes();
        item.extend([
            ("action".to_owned(), s(&entry.action)),
            ("detail".to_owned(), s(&entry.detail)),
            ("at".to_owned(), s(entry.at.to_string())),
            ("ttl".to_owned(), n((entry.at + AUDIT_AGE_MAX).as_second())),
        ]);
        item.extend(entry.actor.iter().map(|actor| ("actor".to_owned(), s(actor))));
        let request = self.client.put_item().table_name(self.main()).set_item(Some(item));
        send_write!(self.client, "write an audit entry", PutItemError, request).map(|_| ())
    }

    /// Pattern 40: the actions noted about a subject, oldest first.
    pub async fn audit_of(&self, subject: &str) -> Result<Vec<String>, DatabaseError> {
        let request = self
            .client
            .query()
            .table_name(self.main())
            .key_condition_expression("pk = :pk")
            .expression_attribute_values(":pk", s(key::audit_partition(subject)));
        let output = request.send().await.map_err(|error| DatabaseError::of("read the audit log", error))?;
        output.items().iter().map(|item| crate::record::text(item, "action")).collect()
    }
}
