//! How domain values lie in items. Short spellings keep what is written on the selling path below one write unit.

use crate::database::{DatabaseError, Item, s};
use crate::key;
use crate::key::{BLOCK_PREFIX, BOOKING_PREFIX, HOLD_PREFIX, Key};
use aws_sdk_dynamodb::types::AttributeValue;
use domain::block::{Block, BlockKey};
use domain::booking::{Booking, BookingStatus};
use domain::coupon::CouponUse;
use domain::event::EventStatus;
use domain::hold::{HeldPlace, Hold};
use domain::id::{EventId, ShowId, UserId};
use domain::money::{Currency, Money};
use domain::quote::Quote;
use domain::refund::Split;
use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::str::FromStr;

/// An item made of a key and a serializable record.
pub(crate) fn to_item(key: &Key, record: &impl Serialize) -> Result<Item, DatabaseError> {
    let mut item: Item = serde_dynamo::to_item(record).map_err(DatabaseError::unreadable)?;
    item.extend(key.attributes());
    Ok(item)
}

/// The record in an item; attributes that it does not know (keys, indexes) are passed over.
pub(crate) fn from_item<T: DeserializeOwned>(item: Item) -> Result<T, DatabaseError> {
    serde_dynamo::from_item(item).map_err(DatabaseError::unreadable)
}

/// A required text attribute, parsed.
pub(crate) fn text<T: FromStr>(item: &Item, name: &str) -> Result<T, DatabaseError> {
    item.get(name)
        .and_then(|value| value.as_s().ok())
        .and_then(|value| value.parse().ok())
        .ok_or_else(|| DatabaseError::Unreadable(name.to_owned()))
}

/// A text attribute that may be absent, parsed.
pub(crate) fn optional_text<T: FromStr>(item: &Item, name: &str) -> Result<Option<T>, DatabaseError> {
    if item.contains_key(name) { text(item, name).map(Some) } else { Ok(None) }
}

/// A required whole number.
pub(crate) fn number<T: FromStr>(item: &Item, name: &str) -> Result<T, DatabaseError> {
    item.get(name)
        .and_then(|value| value.as_n().ok())
        .and_then(|value| value.parse().ok())
        .ok_or_else(|| DatabaseError::Unreadable(name.to_owned()))
}

pub(crate) fn seconds(item: &Item, name: &str) -> Result<Timestamp, DatabaseError> {
    Timestamp::from_second(number(item, name)?).map_err(DatabaseError::unreadable)
}

/// Places as `STALLS-C-12 VIP 50000` each; the currency stands with the quote.
pub(crate) fn places_attribute(places: &[HeldPlace]) -> AttributeValue {
    AttributeValue::L(places.iter().map(|place| s(format!("{} {} {}", place.seat, place.level, place.price.amount))).collect())
}

/// A quote as `INR 50000 0 0 9000 59000`: subtotal, discount, fee, tax, total.
pub(crate) fn quote_attribute(quote: &Quote) -> AttributeValue {
    let Quote { subtotal, discount, fee, tax, total } = quote;
    s(format!("{} {} {} {} {} {}", total.currency, subtotal.amount, discount.amount, fee.amount, tax.amount, total.amount))
}

pub(crate) fn quote(item: &Item) -> Result<Quote, DatabaseError> {
    let spelled: String = text(item, "quote")?;
    let (currency, amounts) = spelled.split_once(' ').ok_or_else(|| DatabaseError::Unreadable(spelled.clone()))?;
    let currency: Currency = currency.parse().map_err(DatabaseError::unreadable)?;
    let amounts: Vec<i64> = amounts.split(' ').map(str::parse).collect::<Result<_, _>>().map_err(DatabaseError::unreadable)?;
    let [subtotal, discount, fee, tax, total] = amounts[..] else { return Err(DatabaseError::Unreadable(spelled)) };
    let money = |amount| Money { amount, currency: currency.clone() };
    Ok(Quote { subtotal: money(subtotal), discount: money(discount), fee: money(fee), tax: money(tax), total: money(total) })
}

/// Parts of a total as `50000 0 9000`: sales, fee, tax; nothing if absent.
pub(crate) fn split(item: &Item, name: &str, currency: &Currency) -> Result<Split, DatabaseError> {
    let Some(spelled) = optional_text::<String>(item, name)? else { return Ok(Split::zero(currency)) };
    let amounts: Vec<i64> = spelled.split(' ').map(str::parse).collect::<Result<_, _>>().map_err(DatabaseError::unreadable)?;
    let [sales, fee, tax] = amounts[..] else { return Err(DatabaseError::Unreadable(spelled)) };
    let money = |amount| Money { amount, currency: currency.clone() };
    Ok(Split { sales: money(sales), fee: money(fee), tax: money(tax) })
}

pub(crate) fn split_spelling(split: &Split) -> String {
    format!("{} {} {}", split.sales.amount, split.fee.amount, split.tax.amount)
}

pub(crate) fn split_attribute(split: &Split) -> AttributeValue {
    s(split_spelling(split))
}

/// A use of a coupon as `WELCOME10 3 user`: its code, its shard or `-`, and `user` or `-`.
pub(crate) fn coupon_use_attribute(used: &CouponUse) -> AttributeValue {
    let shard = used.shard.map_or_else(|| "-".to_owned(), |shard| shard.to_string());
    s(format!("{} {shard} {}", used.code, if used.by_user { "user" } else { "-" }))
}

fn coupon_use(item: &Item) -> Result<Option<CouponUse>, DatabaseError> {
    let Some(spelled) = optional_text::<String>(item, "coupon")? else { return Ok(None) };
    let unreadable = || DatabaseError::Unreadable(spelled.clone());
    let [code, shard, user] = spelled.split(' ').collect::<Vec<_>>()[..] else { return Err(unreadable()) };
    let shard = if shard == "-" { None } else { Some(shard.parse().map_err(|_| unreadable())?) };
    Ok(Some(CouponUse { code: code.parse().map_err(|_| unreadable())?, shard, by_user: user == "user" }))
}

pub(crate) fn places(item: &Item, currency: &Currency) -> Result<Vec<HeldPlace>, DatabaseError> {
    let list = item.get("places").and_then(|value| value.as_l().ok()).ok_or_else(|| DatabaseError::Unreadable("places".to_owned()))?;
    list.iter()
        .map(|value| {
            let spelled = value.as_s().map_or("", String::as_str);
            let mut parts = spelled.split(' ');
            let (Some(seat), Some(level), Some(amount)) = (parts.next(), parts.next(), parts.next()) else {
                return Err(DatabaseError::Unreadable(spelled.to_owned()));
            };
            Ok(HeldPlace {
                seat: seat.parse().map_err(DatabaseError::unreadable)?,
                level: level.parse().map_err(DatabaseError::unreadable)?,
                price: Money { amount: amount.parse().map_err(DatabaseError::unreadable)?, currency: currency.clone() },
            })
        })
        .collect()
}

/// Reads a hold.
pub(crate) fn hold(item: &Item) -> Result<Hold, DatabaseError> {
    let quote = quote(item)?;
    Ok(Hold {
        id: text(item, "hold_id")?,
        show: text(item, "show")?,
        user: text(item, "user")?,
        places: places(item, &quote.total.currency)?,
        quote,
        created_at: seconds(item, "created_at")?,
        expires_at: seconds(item, "expires_at")?,
        request: text(item, "request")?,
        booking: optional_text(item, "booking_id")?,
    })
}

/// Reads a booking.
pub(crate) fn booking(item: &Item) -> Result<Booking, DatabaseError> {
    let quote = quote(item)?;
    Ok(Booking {
        id: text(item, "booking_id")?,
        user: text(item, "user")?,
        show: text(item, "show")?,
        event: text(item, "event")?,
        organization: text(item, "organization")?,
        coupon: coupon_use(item)?,
        returned: split(item, "returned", &quote.total.currency)?,
        places: places(item, &quote.total.currency)?,
        quote,
        seat_limit: number(item, "seat_limit")?,
        status: word(item, "status")?,
        cancel_reason: if item.contains_key("cancel_reason") { Some(word(item, "cancel_reason")?) } else { None },
        payment: text(item, "payment")?,
        created_at: text(item, "created_at")?,
        expires_at: text(item, "expires_at")?,
        confirmed_at: optional_text(item, "confirmed_at")?,
        cancelled_at: optional_text(item, "cancelled_at")?,
    })
}

/// An enum's stored word, read as JSON reads it.
pub(crate) fn word<T: DeserializeOwned>(item: &Item, name: &str) -> Result<T, DatabaseError> {
    let word: String = text(item, name)?;
    serde_json::from_value(serde_json::Value::String(word)).map_err(DatabaseError::unreadable)
}

/// An enum's stored word, spelled as JSON spells it.
pub(crate) fn spelled(value: &impl Serialize) -> AttributeValue {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => s(word),
        _ => unreachable!("only enums without data are spelled"),
    }
}

/// Reads a block; claims are the attributes named by a number.
pub(crate) fn block(item: &Item) -> Result<(ShowId, Block), DatabaseError> {
    let pk: String = text(item, "pk")?;
    let sk: String = text(item, "sk")?;
    let unreadable = || DatabaseError::Unreadable(format!("{pk} {sk}"));
    let (show, section) = pk.strip_prefix(key::SHOW_PREFIX).and_then(|rest| rest.split_once('#')).ok_or_else(unreadable)?;
    let (row, first) = sk.strip_prefix(BLOCK_PREFIX).and_then(|rest| rest.split_once('#')).ok_or_else(unreadable)?;
    let key = BlockKey {
        section: section.parse().map_err(DatabaseError::unreadable)?,
        row: row.parse().map_err(DatabaseError::unreadable)?,
        first: first.parse().map_err(DatabaseError::unreadable)?,
    };
    let mut claims = BTreeMap::new();
    for (name, value) in item {
        if let (Ok(number), Ok(claim)) = (name.parse::<u16>(), value.as_s()) {
            claims.insert(number, claim.parse().map_err(DatabaseError::unreadable)?);
        }
    }
    let size = number(item, "size")?;
    let version = number(item, "version")?;
    Ok((show.parse().map_err(DatabaseError::unreadable)?, Block { key, size, claims, closed: item.contains_key("closed"), version }))
}

/// One record of a stream: an item before and after.
#[derive(Debug, Clone, Default)]
pub struct Change {
    /// The record's own number in its stream: the same however often it is delivered.
    pub id: String,
    /// When it happened, to the second.
    pub at: Timestamp,
    /// The item before, unless it is new.
    pub old: Option<Item>,
    /// The item after, unless it is gone.
    pub new: Option<Item>,
    /// Whether DynamoDB's TTL deleted it.
    pub by_ttl: bool,
}

/// What a change of an item means.
#[derive(Debug, Clone)]
pub enum StoredChange {
    /// A block has new claims.
    Block {
        /// Of which show.
        show: ShowId,
        /// As it is now.
        block: Block,
    },
    /// A hold is over: TTL took it, or its owner's next hold took its place.
    HoldLapsed(Box<Hold>),
    /// A booking is in another state.
    Booking(Box<Booking>),
    /// More of a booking was taken back; its state is the same.
    BookingReturned(Box<Booking>),
    /// An event was called off.
    EventCancelled(EventId),
    /// Anything else.
    Other,
}

impl Change {
    /// The key of the item that changed.
    pub fn key(&self) -> Option<(String, String)> {
        let item = self.new.as_ref().or(self.old.as_ref())?;
        Some((text(item, "pk").ok()?, text(item, "sk").ok()?))
    }

    /// What this change means.
    pub fn meaning(&self) -> Result<StoredChange, DatabaseError> {
        let Some((pk, sk)) = self.key() else { return Ok(StoredChange::Other) };
        if sk.starts_with(BLOCK_PREFIX) {
            let Some(item) = &self.new else { return Ok(StoredChange::Other) };
            let (show, block) = block(item)?;
            return Ok(StoredChange::Block { show, block });
        }
        if pk.starts_with(HOLD_PREFIX) && sk == "HOLD" {
            return self.hold_meaning();
        }
        if sk.starts_with(BOOKING_PREFIX) {
            return self.booking_meaning();
        }
        if sk == key::EVENT {
            return self.event_meaning();
        }
        Ok(StoredChange::Other)
    }

    fn hold_meaning(&self) -> Result<StoredChange, DatabaseError> {
        let Some(old) = &self.old else { return Ok(StoredChange::Other) };
        let old = hold(old)?;
        let lapsed = match &self.new {
            None => self.by_ttl,
            Some(new) => text::<String>(new, "hold_id")? != old.id.to_string(),
        };
        Ok(if lapsed { StoredChange::HoldLapsed(Box::new(old)) } else { StoredChange::Other })
    }

    fn booking_meaning(&self) -> Result<StoredChange, DatabaseError> {
        let Some(new) = &self.new else { return Ok(StoredChange::Other) };
        let status: BookingStatus = word(new, "status")?;
        let before: Option<BookingStatus> = self.old.as_ref().map(|old| word(old, "status")).transpose()?;
        let returned = |item: &Item| item.get("returned").cloned();
        let more_returned = self.old.as_ref().is_some_and(|old| returned(old) != returned(new));
        if before != Some(status) {
            booking(new).map(|booking| StoredChange::Booking(Box::new(booking)))
        } else if more_returned {
            booking(new).map(|booking| StoredChange::BookingReturned(Box::new(booking)))
        } else {
            Ok(StoredChange::Other)
        }
    }

    fn event_meaning(&self) -> Result<StoredChange, DatabaseError> {
        let Some(new) = &self.new else { return Ok(StoredChange::Other) };
        let status: EventStatus = word(new, "status")?;
        let before: Option<EventStatus> = self.old.as_ref().map(|old| word(old, "status")).transpose()?;
        if status != EventStatus::Cancelled || before == Some(status) {
            return Ok(StoredChange::Other);
        }
        text(new, "event").map(StoredChange::EventCancelled)
    }

    /// Who owns the item, where it names a user.
    pub fn user(&self) -> Option<UserId> {
        let item = self.new.as_ref().or(self.old.as_ref())?;
        text(item, "user").ok()
    }
}
