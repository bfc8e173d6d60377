//! Bookings: one item in their owner's partition, so that nobody else's key ever reaches them.

use crate::blocks::Freeing;
use crate::database::{DatabaseError, Item, Transaction, Write, n, s, send_write, transact, update_write};
use crate::{SellError, Store, key, record};
use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::types::builders::UpdateBuilder;
use aws_sdk_dynamodb::types::{Delete, ReturnValue, ReturnValuesOnConditionCheckFailure, Select, TransactWriteItem, Update};
use domain::booking::{Booking, BookingStatus, CancelReason};
use domain::id::{BookingId, Holder, PaymentId, ShowId, UserId};
use domain::layout::by_block;
use domain::ledger::Posting;
use domain::seat::SeatId;
use jiff::Timestamp;
use std::fmt::Write as _;

/// Why a booking could not be made.
#[derive(Debug, thiserror::Error)]
pub enum CreateBookingError {
    /// The hold became this booking before.
    #[error("the booking exists")]
    Exists(Box<Booking>),
    /// The database could not do it.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

/// Why a booking could not be confirmed.
#[derive(Debug, thiserror::Error)]
pub enum ConfirmError {
    /// It is not pending.
    #[error("the booking is in another state")]
    WrongState,
    /// The owner has as many places of the show as one person may have.
    #[error("the owner has too many places")]
    SeatLimit,
    /// The database could not do it.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

/// Why a booking could not be moved to another state.
#[derive(Debug, thiserror::Error)]
pub enum MoveBookingError {
    /// It is in a state that does not lead there.
    #[error("the booking is in another state")]
    WrongState(Box<Booking>),
    /// There is none.
    #[error("there is no such booking")]
    Missing,
    /// The database could not do it.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

impl Store {
    /// Pattern 14: writes a new booking.
    pub async fn create_booking(&self, booking: &Booking) -> Result<(), CreateBookingError> {
        let request = self
            .client
            .put_item()
            .table_name(self.main())
            .set_item(Some(booking_item(booking)))
            .condition_expression("attribute_not_exists(pk)")
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
        match send_write!(self.client, "write a booking", PutItemError, request)? {
            Write::Done(_) => Ok(()),
            Write::Refused(Some(item)) => Err(CreateBookingError::Exists(Box::new(record::booking(&item)?))),
            Write::Refused(None) => Err(DatabaseError::Contended { operation: "write a booking" }.into()),
        }
    }

    /// Pattern 15: a booking of this user. Strongly consistent.
    pub async fn booking_of(&self, user: &UserId, booking: &BookingId) -> Result<Option<Booking>, DatabaseError> {
        let item = self.get(self.main(), &key::booking(user, booking)).await?;
        item.map(|item| record::booking(&item)).transpose()
    }

    /// Pattern 16: the user's bookings, newest first. `after` is the last one of the page before.
    pub async fn bookings_of(&self, user: &UserId, after: Option<&BookingId>, limit: u16) -> Result<Vec<Booking>, DatabaseError> {
        let mut request = self
            .client
            .query()
            .table_name(self.main())
            .key_condition_expression("pk = :pk AND begins_with(sk, :booking)")
            .expression_attribute_values(":pk", s(key::user_partition(user)))
            .expression_attribute_values(":booking", s(key::BOOKING_PREFIX))
            .scan_index_forward(false)
            .limit(i32::from(limit));
        if let Some(after) = after {
            request = request.set_exclusive_start_key(Some(key::booking(user, after).attributes()));
        }
        let output = request.send().await.map_err(|error| DatabaseError::of("list bookings", error))?;
        output.items().iter().map(record::booking).collect()
    }

    /// Pattern 17: how many bookings the user has made, as far as one page of the table reaches.
    pub async fn booking_count_of(&self, user: &UserId) -> Result<u32, DatabaseError> {
        let request = self
            .client
            .query()
            .table_name(self.main())
            .key_condition_expression("pk = :pk AND begins_with(sk, :booking)")
            .expression_attribute_values(":pk", s(key::user_partition(user)))
            .expression_attribute_values(":booking", s(key::BOOKING_PREFIX))
            .select(Select::Count);
        let output = request.send().await.map_err(|error| DatabaseError::of("count bookings", error))?;
        Ok(u32::try_from(output.count()).unwrap_or(0))
    }

    /// Sells every place of a booking (pattern 3), block by block in key order. Stops at the first that refuses; what
    /// was sold until then is freed by `free_places_of`, after the booking is called off and not before.
    pub async fn sell_places_of(&self, booking: &Booking, now: Timestamp) -> Result<(), SellError> {
        self.sell_seats(&booking.show, booking.seats(), &booking.id.holder(), now).await
    }

    /// Sells these places to a holder (pattern 3), block by block in key order; stops at the first that refuses.
    pub async fn sell_seats<'a>(
        &self,
        show: &ShowId,
        seats: impl IntoIterator<Item = &'a SeatId>,
        holder: &Holder,
        now: Timestamp,
    ) -> Result<(), SellError> {
        for (block, numbers) in by_block(seats) {
            self.sell(show, &block, &numbers, holder, now).await?;
        }
        Ok(())
    }

    /// Frees whatever places of a booking are still its own (pattern 4), and ends the hold it came from (pattern 12), so
    /// that the owner can choose again. Only for bookings that can no longer be confirmed; repeating it is harmless.
    pub async fn free_places_of(&self, booking: &Booking) -> Result<(), DatabaseError> {
        let holder = booking.id.holder();
        self.delete_hold(&booking.show, &booking.user, &holder.hold_id()).await?;
        self.free_seats(&booking.show, booking.seats(), &holder, Freeing::HeldOrSold).await
    }

    /// Pattern 18: confirms a booking whose places are sold to it: booking, limit and hold in one transaction.
    pub async fn confirm_booking(&self, booking: &Booking, now: Timestamp) -> Result<(), ConfirmError> {
        let confirm = Self::status_update(booking, BookingStatus::Confirmed, &[BookingStatus::Pending])?;
        let confirm = listed_with_its_show(confirm.also("confirmed_at", now), booking);
        let count = booking.places.len();
        let room = i64::from(booking.seat_limit) - i64::try_from(count).unwrap_or(i64::MAX);
        let bought = key::bought(&booking.show, &booking.user);
        let raise = Update::builder()
            .table_name(self.inventory())
            .key("pk", bought.pk())
            .key("sk", bought.sk())
            .update_expression("ADD places :count")
            .condition_expression("attribute_not_exists(places) OR places <= :room")
            .expression_attribute_values(":count", n(count))
            .expression_attribute_values(":room", n(room));
        let hold = key::hold(&booking.show, &booking.user);
        let delete = Delete::builder()
            .table_name(self.inventory())
            .key("pk", hold.pk())
            .key("sk", hold.sk())
            .condition_expression("attribute_not_exists(pk) OR hold_id = :hold")
            .expression_attribute_values(":hold", s(booking.id.holder().hold_id().as_str()));
        let mut writes = vec![update_write(self.in_transaction(confirm))?, update_write(raise)?];
        writes.extend(self.posting_write(&Posting::sold(booking, now))?);
        let without_hold = writes.len();
        writes.push(delete_write(delete)?);
        loop {
            let with_hold = writes.len() > without_hold;
            match transact(&self.client, "confirm a booking", writes.clone()).await? {
                Transaction::Done => return Ok(()),
                Transaction::Refused(refused) if refused.first() == Some(&true) => return Err(ConfirmError::WrongState),
                Transaction::Refused(refused) if refused.get(1) == Some(&true) => return Err(ConfirmError::SeatLimit),
                // The owner holds other places by now; that hold stays.
                Transaction::Refused(_) if with_hold => writes.truncate(without_hold),
                Transaction::Refused(_) => return Err(DatabaseError::Contended { operation: "confirm a booking" }.into()),
            }
        }
    }

    /// Pattern 20: calls a booking off that was never confirmed; with a coupon whose uses are counted, pattern 84.
    pub async fn cancel_unconfirmed(&self, booking: &Booking, reason: CancelReason, now: Timestamp) -> Result<Booking, MoveBookingError> {
        let cancel = Self::status_update(booking, BookingStatus::Cancelled, &[BookingStatus::Pending])?;
        self.give_up_booking(booking, cancel.also("cancelled_at", now).because(reason)).await
    }

    /// Pattern 20: marks a booking that was not paid in time; with a coupon whose uses are counted, pattern 84.
    pub async fn expire_booking(&self, booking: &Booking) -> Result<Booking, MoveBookingError> {
        self.give_up_booking(booking, Self::status_update(booking, BookingStatus::Expired, &[BookingStatus::Pending])?).await
    }

    /// A pending booking comes to nothing: whatever its coupon counted for it is given back in the same write.
    async fn give_up_booking(&self, booking: &Booking, change: StatusUpdate) -> Result<Booking, MoveBookingError> {
        match booking.coupon.as_ref().filter(|used| used.is_counted()) {
            None => self.move_booking(change).await,
            Some(used) => self.give_up_with_use(booking, used, update_write(self.in_transaction(change))?).await,
        }
    }

    /// Pattern 20: marks a booking that was called off and whose money went back: all of it, or as much as the terms say.
    pub async fn refund_booking(&self, booking: &Booking, to: BookingStatus) -> Result<Booking, MoveBookingError> {
        let from: Vec<BookingStatus> =
            [BookingStatus::Cancelled, BookingStatus::PartiallyRefunded].into_iter().filter(|from| from.may_become(to)).collect();
        self.move_booking(Self::status_update(booking, to, &from)?).await
    }

    /// Pattern 67: has a booking that waits for its money paid by another payment. Refused if it waits no longer, or waits
    /// for a third one.
    pub async fn change_payment(&self, booking: &Booking, to: &PaymentId) -> Result<Booking, MoveBookingError> {
        let key = key::booking(&booking.user, &booking.id);
        let request = self
            .client
            .update_item()
            .table_name(self.main())
            .set_key(Some(key.attributes()))
            .update_expression("SET payment = :to")
            .condition_expression("#status = :pending AND payment IN (:from, :to)")
            .expression_attribute_names("#status", "status")
            .expression_attribute_values(":pending", s(BookingStatus::Pending.as_str()))
            .expression_attribute_values(":from", s(booking.payment.as_str()))
            .expression_attribute_values(":to", s(to.as_str()))
            .return_values(ReturnValue::AllNew)
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
        match send_write!(self.client, "change a booking's payment", UpdateItemError, request)? {
            Write::Done(item) => Ok(record::booking(&item.unwrap_or_default())?),
            Write::Refused(Some(item)) => Err(MoveBookingError::WrongState(Box::new(record::booking(&item)?))),
            Write::Refused(None) => Err(MoveBookingError::Missing),
        }
    }

    async fn move_booking(&self, change: StatusUpdate) -> Result<Booking, MoveBookingError> {
        let mut request = self
            .client
            .update_item()
            .table_name(self.main())
            .update_expression(change.set)
            .condition_expression(change.condition)
            .set_key(Some(change.key))
            .return_values(ReturnValue::AllNew)
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
            .expression_attribute_names("#status", "status");
        for (name, value) in change.values {
            request = request.expression_attribute_values(name, value);
        }
        match send_write!(self.client, "move a booking", UpdateItemError, request)? {
            Write::Done(item) => Ok(record::booking(&item.unwrap_or_default())?),
            Write::Refused(Some(item)) => Err(MoveBookingError::WrongState(Box::new(record::booking(&item)?))),
            Write::Refused(None) => Err(MoveBookingError::Missing),
        }
    }

    pub(crate) fn in_transaction(&self, change: StatusUpdate) -> UpdateBuilder {
        Update::builder()
            .table_name(self.main())
            .set_key(Some(change.key))
            .update_expression(change.set)
            .condition_expression(change.condition)
            .expression_attribute_names("#status", "status")
            .set_expression_attribute_values(Some(change.values))
    }

    /// The booking's change of state, from these states; from and to the same state if there are none.
    pub(crate) fn status_update(booking: &Booking, to: BookingStatus, from: &[BookingStatus]) -> Result<StatusUpdate, DatabaseError> {
        if let Some(wrong) = from.iter().find(|from| !from.may_become(to)) {
            return Err(DatabaseError::Unreadable(format!("a booking that is {wrong:?} never becomes {to:?}")));
        }
        let mut values = Item::from([(":to".to_owned(), s(to.as_str()))]);
        let mut any = if from.is_empty() { vec![":to".to_owned()] } else { vec![] };
        for (i, from) in from.iter().enumerate() {
            values.insert(format!(":from{i}"), s(from.as_str()));
            any.push(format!(":from{i}"));
        }
        Ok(StatusUpdate {
            key: key::booking(&booking.user, &booking.id).attributes(),
            set: "SET #status = :to".to_owned(),
            condition: format!("#status IN ({})", any.join(", ")),
            values,
        })
    }
}

/// A change of a booking's status with the states it may start from: the state machine's own table as a condition.
pub(crate) struct StatusUpdate {
    pub(crate) key: Item,
    pub(crate) set: String,
    pub(crate) condition: String,
    pub(crate) values: Item,
}

impl StatusUpdate {
    /// Notes when it happened.
    pub(crate) fn also(mut self, name: &str, at: Timestamp) -> Self {
        let _ = write!(self.set, ", {name} = :{name}");
        self.values.insert(format!(":{name}"), s(at.to_string()));
        self
    }

    /// Notes why.
    pub(crate) fn because(mut self, reason: CancelReason) -> Self {
        self.set.push_str(", cancel_reason = :reason");
        self.values.insert(":reason".to_owned(), record::spelled(&reason));
        self
    }
}

/// From its confirmation on a booking is found among those of its show.
fn listed_with_its_show(mut change: StatusUpdate, booking: &Booking) -> StatusUpdate {
    let shard = key::shard_of(booking.id.as_str(), key::BOOKING_SHARDS);
    change.set.push_str(", gsi1pk = :list, gsi1sk = :position");
    change.values.insert(":list".to_owned(), s(key::gsi_show_bookings(&booking.show, shard)));
    change.values.insert(":position".to_owned(), s(booking.id.as_str()));
    change
}

fn delete_write(builder: aws_sdk_dynamodb::types::builders::DeleteBuilder) -> Result<TransactWriteItem, DatabaseError> {
    let delete = builder.build().map_err(DatabaseError::unreadable)?;
    Ok(TransactWriteItem::builder().delete(delete).build())
}

pub(crate) fn booking_item(booking: &Booking) -> Item {
    let mut item = key::booking(&booking.user, &booking.id).attributes();
    item.extend([
        ("booking_id".to_owned(), s(booking.id.as_str())),
        ("user".to_owned(), s(booking.user.as_str())),
        ("show".to_owned(), s(booking.show.as_str())),
        ("event".to_owned(), s(booking.event.as_str())),
        ("organization".to_owned(), s(booking.organization.as_str())),
        ("places".to_owned(), record::places_attribute(&booking.places)),
        ("quote".to_owned(), record::quote_attribute(&booking.quote)),
        ("seat_limit".to_owned(), n(booking.seat_limit)),
        ("status".to_owned(), s(booking.status.as_str())),
        ("payment".to_owned(), s(booking.payment.as_str())),
        ("created_at".to_owned(), s(booking.created_at.to_string())),
        ("expires_at".to_owned(), s(booking.expires_at.to_string())),
    ]);
    item.extend(booking.coupon.iter().map(|used| ("coupon".to_owned(), record::coupon_use_attribute(used))));
    item
}
