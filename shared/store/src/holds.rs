//! Holds: the intent first, then the claims, so that a crash anywhere leaves only things that expire.

use crate::blocks::Freeing;
use crate::database::{DatabaseError, Item, Write, n, s, send_write};
use crate::{ClaimError, Store, key, record};
use aws_sdk_dynamodb::operation::delete_item::DeleteItemError;
use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::types::{ReturnValue, ReturnValuesOnConditionCheckFailure};
use domain::block::Block;
use domain::hold::Hold;
use domain::id::{BookingId, HoldId, Holder, ShowId, UserId};
use domain::layout::by_block;
use domain::seat::SeatId;
use domain::show::whole_seconds;
use jiff::Timestamp;

/// A hold that was placed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Placed {
    /// By this call.
    New(Hold),
    /// By an earlier call with the same request.
    Repeated(Hold),
}

/// Why a hold could not be placed.
#[derive(Debug, thiserror::Error)]
pub enum PlaceHoldError {
    /// The user has another hold of this show.
    #[error("the user already has a hold")]
    Exists(Box<Hold>),
    /// With what the user bought before it would be too many.
    #[error("{bought} bought and {wanted} wanted are more than {limit}")]
    SeatLimit {
        /// Bought before.
        bought: u32,
        /// In this hold.
        wanted: usize,
        /// The show's limit.
        limit: u8,
    },
    /// Somebody else has these; the blocks that refused, as they are now, come along.
    #[error("{} of the places are taken", .taken.len())]
    Taken {
        /// The places that are gone.
        taken: Vec<SeatId>,
        /// Their block.
        block: Box<Block>,
    },
    /// The show was called off.
    #[error("the show is closed")]
    Closed,
    /// The database could not do it.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

/// Why a hold could not be extended.
#[derive(Debug, thiserror::Error)]
pub enum ExtendHoldError {
    /// There is none, or it has run out.
    #[error("the hold has run out")]
    Lapsed,
    /// The database could not do it.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

/// Why a hold could not be released.
#[derive(Debug, thiserror::Error)]
pub enum ReleaseHoldError {
    /// There is none.
    #[error("there is no hold")]
    Missing,
    /// The database could not do it.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

/// Why a hold could not be turned into a booking.
#[derive(Debug, thiserror::Error)]
pub enum BookHoldError {
    /// There is none, or it has run out.
    #[error("the hold has run out")]
    Lapsed,
    /// The database could not do it.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

impl Store {
    /// Places a hold: the intent (pattern 8), the limit (pattern 9), then the claims (pattern 1), in this order. On
    /// refusal nothing stays behind. Four neighbours cost two write units and two read units.
    pub async fn place_hold(&self, hold: &Hold, limit: u8, now: Timestamp) -> Result<Placed, PlaceHoldError> {
        let placed = match self.put_intent(hold, now).await? {
            None => Placed::New(hold.clone()),
            Some(earlier) if earlier.request == hold.request => Placed::Repeated(earlier),
            Some(earlier) => return Err(PlaceHoldError::Exists(Box::new(earlier))),
        };
        let (Placed::New(hold) | Placed::Repeated(hold)) = &placed;
        if hold.booking.is_some() {
            return Ok(placed); // Its places may be sold by now: nothing here may touch them.
        }

        // Read after the intent is written: a sale deletes the hold and raises this in one transaction, so that at every
        // moment one of the two counts.
        let bought = self.bought(&hold.show, &hold.user).await?;
        if hold.places.len() + bought as usize > usize::from(limit) {
            self.end_hold(hold).await?;
            return Err(PlaceHoldError::SeatLimit { bought, wanted: hold.places.len(), limit });
        }
        if let Err(refusal) = self.claim_all(hold, now).await {
            self.end_hold(hold).await?;
            return Err(refusal);
        }
        // A release, or a refused repetition of this request, may have ended the hold while its places were claimed.
        if self.hold_of(&hold.show, &hold.user, now).await?.is_none_or(|live| live.id != hold.id) {
            self.free_places(hold, Freeing::Held).await?;
            return Err(DatabaseError::Contended { operation: "place a hold" }.into());
        }
        Ok(placed)
    }

    async fn claim_all(&self, hold: &Hold, now: Timestamp) -> Result<(), PlaceHoldError> {
        let holder = hold.id.holder();
        for (block, numbers) in by_block(hold.seats()) {
            match self.claim(&hold.show, &block, &numbers, &holder, hold.expires_at, now).await {
                Ok(()) => {}
                Err(ClaimError::Taken { taken, block }) => return Err(PlaceHoldError::Taken { taken, block }),
                Err(ClaimError::Closed) => return Err(PlaceHoldError::Closed),
                Err(ClaimError::Database(error)) => return Err(error.into()),
            }
        }
        Ok(())
    }

    /// Pattern 8: writes the intent unless the user has a live hold of this show; that one is the answer then.
    async fn put_intent(&self, hold: &Hold, now: Timestamp) -> Result<Option<Hold>, DatabaseError> {
        let request = self
            .client
            .put_item()
            .table_name(self.inventory())
            .set_item(Some(hold_item(hold)))
            .condition_expression("attribute_not_exists(pk) OR expires_at < :now")
            .expression_attribute_values(":now", n(now.as_second()))
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
        match send_write!(self.client, "write a hold", PutItemError, request)? {
            Write::Done(_) => Ok(None),
            Write::Refused(Some(item)) => record::hold(&item).map(Some),
            Write::Refused(None) => Err(DatabaseError::Contended { operation: "write a hold" }),
        }
    }

    /// Pattern 9: how many places of the show the user has bought. Strongly consistent.
    pub async fn bought(&self, show: &ShowId, user: &UserId) -> Result<u32, DatabaseError> {
        match self.get(self.inventory(), &key::bought(show, user)).await? {
            Some(item) => record::number(&item, "places"),
            None => Ok(0),
        }
    }

    /// Pattern 10: the user's live hold of this show. Strongly consistent.
    pub async fn hold_of(&self, show: &ShowId, user: &UserId, now: Timestamp) -> Result<Option<Hold>, DatabaseError> {
        let item = self.get(self.inventory(), &key::hold(show, user)).await?;
        let hold = item.map(|item| record::hold(&item)).transpose()?;
        Ok(hold.filter(|hold| hold.is_live(now)))
    }

    /// Extends the user's hold until `until`: the claims first (pattern 2), so that the hold never promises more than
    /// its claims keep, then the hold itself (pattern 11).
    pub async fn extend_hold(&self, hold: &Hold, until: Timestamp, now: Timestamp) -> Result<Hold, ExtendHoldError> {
        let holder = hold.id.holder();
        for (block, numbers) in by_block(hold.seats()) {
            if !self.extend_claim(&hold.show, &block, &numbers, &holder, until).await? {
                return Err(ExtendHoldError::Lapsed);
            }
        }
        let key = key::hold(&hold.show, &hold.user);
        let request = self
            .client
            .update_item()
            .table_name(self.inventory())
            .key("pk", key.pk())
            .key("sk", key.sk())
            .update_expression("SET expires_at = :until")
            .condition_expression("hold_id = :hold AND expires_at >= :now")
            .expression_attribute_values(":until", n(until.as_second()))
            .expression_attribute_values(":hold", s(hold.id.as_str()))
            .expression_attribute_values(":now", n(whole_seconds(now).as_second()))
            .return_values(ReturnValue::AllNew);
        match send_write!(self.client, "extend a hold", UpdateItemError, request).map_err(ExtendHoldError::Database)? {
            Write::Done(Some(item)) => Ok(record::hold(&item)?),
            Write::Done(None) | Write::Refused(_) => Err(ExtendHoldError::Lapsed),
        }
    }

    /// Releases the user's hold: deletes it (pattern 12), then frees its claims (pattern 4).
    pub async fn release_hold(&self, show: &ShowId, user: &UserId, now: Timestamp) -> Result<(), ReleaseHoldError> {
        let hold = self.hold_of(show, user, now).await?.ok_or(ReleaseHoldError::Missing)?;
        self.end_hold(&hold).await?;
        Ok(())
    }

    /// Deletes the hold first, then frees: a request that is still claiming for it finds it gone and frees the rest. A crash
    /// between the two leaves claims that expire.
    async fn end_hold(&self, hold: &Hold) -> Result<(), DatabaseError> {
        self.delete_hold(&hold.show, &hold.user, &hold.id).await?;
        self.free_places(hold, Freeing::Held).await
    }

    /// Frees the claims that a hold left behind when it ran out. Never frees what was sold or what is somebody else's.
    pub async fn tidy_lapsed_hold(&self, hold: &Hold) -> Result<(), DatabaseError> {
        self.free_places(hold, Freeing::Held).await
    }

    async fn free_places(&self, hold: &Hold, which: Freeing) -> Result<(), DatabaseError> {
        self.free_seats(&hold.show, hold.seats(), &hold.id.holder(), which).await
    }

    pub(crate) async fn free_seats<'a>(
        &self,
        show: &ShowId,
        seats: impl Iterator<Item = &'a SeatId>,
        holder: &Holder,
        which: Freeing,
    ) -> Result<(), DatabaseError> {
        for (block, numbers) in by_block(seats) {
            self.free(show, &block, &numbers, holder, which).await?;
        }
        Ok(())
    }

    /// Pattern 12: deletes exactly this hold; another one of the same user stays.
    pub(crate) async fn delete_hold(&self, show: &ShowId, user: &UserId, hold: &HoldId) -> Result<(), DatabaseError> {
        let key = key::hold(show, user);
        let request = self
            .client
            .delete_item()
            .table_name(self.inventory())
            .key("pk", key.pk())
            .key("sk", key.sk())
            .condition_expression("hold_id = :hold")
            .expression_attribute_values(":hold", s(hold.as_str()));
        send_write!(self.client, "delete a hold", DeleteItemError, request).map(|_| ())
    }

    /// Pattern 13: notes in the user's live hold which booking it becomes, and returns it; before that, its claims are completed.
    /// The condition that it is live is the only check there is.
    pub async fn book_hold(&self, show: &ShowId, user: &UserId, now: Timestamp) -> Result<Hold, BookHoldError> {
        let hold = self.hold_of(show, user, now).await?.ok_or(BookHoldError::Lapsed)?;
        self.complete(&hold, now).await?;
        let booking: BookingId = hold.id.booking_id();
        let key = key::hold(show, user);
        let request = self
            .client
            .update_item()
            .table_name(self.inventory())
            .key("pk", key.pk())
            .key("sk", key.sk())
            .update_expression("SET booking_id = :booking")
            .condition_expression("hold_id = :hold AND expires_at >= :now")
            .expression_attribute_values(":booking", s(booking.as_str()))
            .expression_attribute_values(":hold", s(hold.id.as_str()))
            .expression_attribute_values(":now", n(whole_seconds(now).as_second()))
            .return_values(ReturnValue::AllNew);
        match send_write!(self.client, "book a hold", UpdateItemError, request).map_err(BookHoldError::Database)? {
            Write::Done(Some(item)) => Ok(record::hold(&item)?),
            Write::Done(None) | Write::Refused(_) => {
                // It ended after its claims were completed: whoever ended it may have freed too early.
                self.free_places(&hold, Freeing::Held).await?;
                Err(BookHoldError::Lapsed)
            }
        }
    }

    /// Pattern 125: claims what the hold's own request has not claimed yet, or died before it did: an intent is no place, and who books relies
    /// on every place. A read unit a block where nothing is missing; nobody but its own end takes a claim from a live hold.
    async fn complete(&self, hold: &Hold, now: Timestamp) -> Result<(), BookHoldError> {
        let holder = hold.id.holder();
        for (block, numbers) in by_block(hold.seats()) {
            let item = self.get(self.inventory(), &key::block(&hold.show, &block)).await?;
            let stored = item.as_ref().map(record::block).transpose()?;
            let is_claimed = |block: &Block, number| block.claims.get(number).is_some_and(|claim| claim.holder() == holder.as_str());
            if stored.is_some_and(|(_, stored)| numbers.iter().all(|number| is_claimed(&stored, number))) {
                continue;
            }
            match self.claim(&hold.show, &block, &numbers, &holder, hold.expires_at, now).await {
                Ok(()) => {}
                Err(ClaimError::Taken { .. } | ClaimError::Closed) => return Err(BookHoldError::Lapsed),
                Err(ClaimError::Database(error)) => return Err(error.into()),
            }
        }
        Ok(())
    }

    /// One item by its key, strongly consistent.
    pub(crate) async fn get(&self, table: &str, key: &key::Key) -> Result<Option<Item>, DatabaseError> {
        let request = self.client.get_item().table_name(table).key("pk", key.pk()).key("sk", key.sk()).consistent_read(true);
        request.send().await.map(|output| output.item).map_err(|error| DatabaseError::of("read an item", error))
    }
}

fn hold_item(hold: &Hold) -> Item {
    let mut item = key::hold(&hold.show, &hold.user).attributes();
    item.extend([
        ("hold_id".to_owned(), s(hold.id.as_str())),
        ("show".to_owned(), s(hold.show.as_str())),
        ("user".to_owned(), s(hold.user.as_str())),
        ("places".to_owned(), record::places_attribute(&hold.places)),
        ("quote".to_owned(), record::quote_attribute(&hold.quote)),
        ("created_at".to_owned(), n(hold.created_at.as_second())),
        ("expires_at".to_owned(), n(hold.expires_at.as_second())),
        ("request".to_owned(), s(&hold.request)),
    ]);
    item
}
