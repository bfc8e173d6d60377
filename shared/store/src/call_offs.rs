//! A called-off show's bookings, a page at a time; and how far each part of them is.

use crate::catalog::{BEFORE_ALL, Part};
use crate::database::{DatabaseError, Item, Write, n, s, send_write};
use crate::{Store, key, record};
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use domain::booking::Booking;
use domain::id::{BookingId, ShowId};
use futures_util::{StreamExt, TryStreamExt, stream};

/// How far one part (shard) of a show's bookings is, in one round.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CallOffProgress {
    /// The last booking that was looked at.
    pub after: Option<BookingId>,
    /// Bookings that were called off because the show was.
    pub called_off: u32,
    /// Bookings whose money could not be sent back.
    pub refused: u32,
    /// Whether all were looked at.
    pub complete: bool,
}

/// The first round finds everybody; the second whoever was confirmed during it.
pub const CALL_OFF_ROUNDS: u8 = 2;

impl Store {
    /// Pattern 118: bookings of a show that were ever confirmed, one shard of them, oldest first, as the index has them.
    pub async fn bookings_of_show(
        &self,
        show: &ShowId,
        shard: u8,
        after: Option<&BookingId>,
        limit: u16,
    ) -> Result<Vec<Booking>, DatabaseError> {
        let part = Part::After(after.map_or(BEFORE_ALL, BookingId::as_str).to_owned());
        let (items, _) = self.index_page("list a show's bookings", key::gsi_show_bookings(show, shard), part, limit).await?;
        items.into_iter().map(|(_, item)| record::booking(&item)).collect()
    }

    /// Pattern 118, once for each shard: a page of a show's bookings, oldest first.
    pub async fn sales_of_show(&self, show: &ShowId, after: Option<&BookingId>, limit: u16) -> Result<Vec<Booking>, DatabaseError> {
        let read = |shard| self.bookings_of_show(show, shard, after, limit);
        let shards: Vec<Vec<Booking>> =
            stream::iter(0..key::BOOKING_SHARDS).map(read).buffered(usize::from(key::BOOKING_SHARDS)).try_collect().await?;
        let mut bookings: Vec<Booking> = shards.into_iter().flatten().collect();
        bookings.sort_by(|a, b| a.id.cmp(&b.id));
        bookings.truncate(usize::from(limit));
        Ok(bookings)
    }

    /// Pattern 119: one booking of a show, whoever's it is; the index leads to it, its own item says how it is.
    pub async fn booking_of_show(&self, show: &ShowId, booking: &BookingId) -> Result<Option<Booking>, DatabaseError> {
        let shard = key::shard_of(booking.as_str(), key::BOOKING_SHARDS);
        let request = self
            .client
            .query()
            .table_name(self.main())
            .index_name(key::GSI)
            .key_condition_expression("gsi1pk = :pk AND gsi1sk = :booking")
            .expression_attribute_values(":pk", s(key::gsi_show_bookings(show, shard)))
            .expression_attribute_values(":booking", s(booking.as_str()));
        let output = request.send().await.map_err(|error| DatabaseError::of("find a show's booking", error))?;
        let Some(found) = output.items().first() else { return Ok(None) };
        let found = record::booking(found)?;
        self.booking_of(&found.user, &found.id).await
    }

    /// Pattern 120: notes a page of a call-off: what was done from `before` on. Returns how far this part is then, by whichever run.
    pub async fn note_call_off(
        &self,
        show: &ShowId,
        round: u8,
        shard: u8,
        before: Option<&BookingId>,
        page: &CallOffProgress,
    ) -> Result<CallOffProgress, DatabaseError> {
        let key = key::call_off(show, round, shard);
        let is_next = if before.is_some() { "looked_at = :before" } else { "attribute_not_exists(looked_at)" };
        let mut request = self
            .client
            .update_item()
            .table_name(self.main())
            .set_key(Some(key.attributes()))
            .update_expression("SET looked_at = :looked_at, complete = :complete ADD called_off :called_off, refused :refused")
            .condition_expression(is_next)
            .expression_attribute_values(":looked_at", s(page.after.as_ref().map_or("", BookingId::as_str)))
            .expression_attribute_values(":complete", aws_sdk_dynamodb::types::AttributeValue::Bool(page.complete))
            .expression_attribute_values(":called_off", n(page.called_off))
            .expression_attribute_values(":refused", n(page.refused));
        if let Some(before) = before {
            request = request.expression_attribute_values(":before", s(before.as_str()));
        }
        if matches!(send_write!(self.client, "note a call-off", UpdateItemError, request)?, Write::Done(_)) {
            return Ok(page.clone());
        }
        // This page was noted before, perhaps by a run that died behind it; or somebody is further.
        let noted = self.get(self.main(), &key).await?;
        Ok(noted.map(|item| progress_from(&item)).transpose()?.unwrap_or_default())
    }

    /// Pattern 121: how far a show's call-off is: of every shard what its last round says.
    pub async fn call_off_of(&self, show: &ShowId) -> Result<Vec<CallOffProgress>, DatabaseError> {
        let request = self
            .client
            .query()
            .table_name(self.main())
            .key_condition_expression("pk = :pk")
            .expression_attribute_values(":pk", key::call_off(show, 1, 0).pk())
            .consistent_read(true);
        let output = request.send().await.map_err(|error| DatabaseError::of("read a call-off", error))?;
        output.items().iter().map(progress_from).collect()
    }
}

fn progress_from(item: &Item) -> Result<CallOffProgress, DatabaseError> {
    let last: String = record::text(item, "looked_at")?;
    Ok(CallOffProgress {
        after: if last.is_empty() { None } else { Some(last.parse().map_err(DatabaseError::unreadable)?) },
        called_off: record::number(item, "called_off")?,
        refused: record::number(item, "refused")?,
        complete: item.get("complete").and_then(|value| value.as_bool().ok()).copied().unwrap_or(false),
    })
}
