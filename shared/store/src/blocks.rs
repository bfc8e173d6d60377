//! Blocks: holding, extending, selling, freeing and closing places. Each is one conditional `UpdateItem` on one item.
//!
//! Claims are matched by their holder, not by the whole string: a hold whose extension stopped half-way still owns, frees
//! and sells all of its places (docs/decisions/0003).

use crate::database::{DatabaseError, Item, Write, n, s, send_write};
use crate::{Store, key, record};
use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::operation::update_item::builders::UpdateItemFluentBuilder;
use aws_sdk_dynamodb::types::{AttributeValue, ReturnValuesOnConditionCheckFailure};
use domain::block::{Block, BlockKey, FIRST_VERSION};
use domain::claim::{Claim, SOLD_PREFIX, hex_seconds};
use domain::id::{Holder, ShowId};
use domain::seat::{SeatId, SectionCode};
use jiff::Timestamp;
use std::fmt::Write as _;

/// Why places could not be claimed.
#[derive(Debug, thiserror::Error)]
pub enum ClaimError {
    /// Somebody else has these; the block as it is now comes along.
    #[error("{} of the places are taken", .taken.len())]
    Taken {
        /// The places that are gone.
        taken: Vec<SeatId>,
        /// Their block.
        block: Box<Block>,
    },
    /// The show was called off, or was never put on sale.
    #[error("the show is closed")]
    Closed,
    /// The database could not do it.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

/// Why places could not be sold.
#[derive(Debug, thiserror::Error)]
pub enum SellError {
    /// The hold had lapsed and somebody else has these.
    #[error("{} of the places are lost", .0.len())]
    Lost(Vec<SeatId>),
    /// The show was called off.
    #[error("the show is closed")]
    Closed,
    /// The database could not do it.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

/// A block of a show as it is now: what the live map is told.
#[derive(Debug, Clone)]
pub struct BlockChange {
    /// Of which show.
    pub show: ShowId,
    /// As it is.
    pub block: Block,
}

/// Which of a holder's claims may be removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Freeing {
    /// Those that would lapse anyway; never a sold one.
    Held,
    /// Sold ones too: the booking is called off.
    HeldOrSold,
}

impl Store {
    /// Pattern 1: claims these numbers of a block until `until`, or none. Claims that the same hold left there earlier
    /// are no obstacle, so that a repeated request finishes what a crash cut short.
    pub(crate) async fn claim(
        &self,
        show: &ShowId,
        block: &BlockKey,
        numbers: &[u16],
        holder: &Holder,
        until: Timestamp,
        now: Timestamp,
    ) -> Result<(), ClaimError> {
        let claim = Claim::held(until, holder);
        let condition = "(attribute_not_exists(#p) OR #p < :now OR (contains(#p, :holder) AND #p <= :claim))";
        let mut numbers = numbers.to_vec();
        while !numbers.is_empty() {
            let request = self
                .change_block(show, block, &numbers, &Set::To(&claim), condition)
                .expression_attribute_values(":now", s(hex_seconds(now)))
                .expression_attribute_values(":holder", s(holder.as_str()));
            let Write::Refused(item) = send_write!(self.client, "claim places", UpdateItemError, request)? else { return Ok(()) };
            let block = open_block(item)?.ok_or(ClaimError::Closed)?;
            let taken = block.taken(&numbers, holder.as_str(), now);
            if !taken.is_empty() {
                return Err(ClaimError::Taken { taken, block: Box::new(block) });
            }
            // Some were extended meanwhile: those are ours for longer already.
            let before = numbers.len();
            numbers.retain(|number| block.claims.get(number).is_none_or(|theirs| theirs.holder() != holder.as_str() || *theirs <= claim));
            if numbers.len() == before {
                return Err(DatabaseError::Contended { operation: "claim places" }.into());
            }
        }
        Ok(())
    }

    /// Pattern 2: makes the holder's claims on these numbers last until `until`. False if a place is no longer theirs.
    pub(crate) async fn extend_claim(
        &self,
        show: &ShowId,
        block: &BlockKey,
        numbers: &[u16],
        holder: &Holder,
        until: Timestamp,
    ) -> Result<bool, DatabaseError> {
        let claim = Claim::held(until, holder);
        let condition = "(contains(#p, :holder) AND NOT begins_with(#p, :sold))";
        let request = self
            .change_block(show, block, numbers, &Set::To(&claim), condition)
            .expression_attribute_values(":holder", s(holder.as_str()))
            .expression_attribute_values(":sold", s(SOLD_PREFIX));
        Ok(matches!(send_write!(self.client, "extend claims", UpdateItemError, request)?, Write::Done(_)))
    }

    /// Pattern 3: sells these numbers of a block to the holder if they are still theirs, or lapsed and free. Selling what
    /// is sold to them already changes nothing.
    pub(crate) async fn sell(
        &self,
        show: &ShowId,
        block: &BlockKey,
        numbers: &[u16],
        holder: &Holder,
        now: Timestamp,
    ) -> Result<(), SellError> {
        let claim = Claim::sold(holder);
        let condition = "(attribute_not_exists(#p) OR #p < :now OR contains(#p, :holder))";
        let request = self
            .change_block(show, block, numbers, &Set::To(&claim), condition)
            .expression_attribute_values(":now", s(hex_seconds(now)))
            .expression_attribute_values(":holder", s(holder.as_str()));
        match send_write!(self.client, "sell places", UpdateItemError, request)? {
            Write::Done(_) => Ok(()),
            Write::Refused(item) => {
                let block = open_block(item)?.ok_or(SellError::Closed)?;
                Err(SellError::Lost(block.taken(numbers, holder.as_str(), now)))
            }
        }
    }

    /// Pattern 4: frees those of these numbers that the holder has. Repeating it, or freeing what somebody else has by
    /// now, changes nothing.
    pub(crate) async fn free(
        &self,
        show: &ShowId,
        block: &BlockKey,
        numbers: &[u16],
        holder: &Holder,
        which: Freeing,
    ) -> Result<(), DatabaseError> {
        let condition = match which {
            Freeing::Held => "(contains(#p, :holder) AND NOT begins_with(#p, :sold))",
            Freeing::HeldOrSold => "contains(#p, :holder)",
        };
        let mut numbers = numbers.to_vec();
        while !numbers.is_empty() {
            let mut request = self
                .change_block(show, block, &numbers, &Set::Nothing, condition)
                .expression_attribute_values(":holder", s(holder.as_str()));
            if which == Freeing::Held {
                request = request.expression_attribute_values(":sold", s(SOLD_PREFIX));
            }
            let Write::Refused(Some(item)) = send_write!(self.client, "free places", UpdateItemError, request)? else { return Ok(()) };
            // Some are somebody else's by now: leave those out. Each round leaves out at least one, so this ends.
            let (_, block) = record::block(&item)?;
            let before = numbers.len();
            numbers.retain(|number| {
                let claim = block.claims.get(number).filter(|claim| claim.holder() == holder.as_str());
                claim.is_some_and(|claim| which == Freeing::HeldOrSold || !claim.is_for_good())
            });
            if numbers.len() == before {
                return Err(DatabaseError::Contended { operation: "free places" });
            }
        }
        Ok(())
    }

    /// One update of one block: the same change and the same condition for each number, all or nothing. The version
    /// rises, and the block must exist; except for freeing it must be open. `:claim` is set by `set`.
    fn change_block(&self, show: &ShowId, block: &BlockKey, numbers: &[u16], set: &Set<'_>, condition: &str) -> UpdateItemFluentBuilder {
        let key = key::block(show, block);
        let mut update = String::from(match set {
            Set::To(_) => "SET ",
            Set::Nothing => "REMOVE ",
        });
        let mut all = String::from(match set {
            Set::To(_) => "attribute_exists(pk) AND attribute_not_exists(closed)",
            Set::Nothing => "attribute_exists(pk)",
        });
        let mut request = self.client.update_item().table_name(self.inventory()).key("pk", key.pk()).key("sk", key.sk());
        for (i, number) in numbers.iter().enumerate() {
            let name = format!("#p{number}");
            let comma = if i == 0 { "" } else { ", " };
            let _ = match set {
                Set::To(_) => write!(update, "{comma}{name} = :claim"),
                Set::Nothing => write!(update, "{comma}{name}"),
            };
            let _ = write!(all, " AND {}", condition.replace("#p", &name));
            request = request.expression_attribute_names(name, number.to_string());
        }
        if let Set::To(claim) = set {
            request = request.expression_attribute_values(":claim", s(claim.as_str()));
        }
        update.push_str(" ADD version :one");
        request
            .update_expression(update)
            .condition_expression(all)
            .expression_attribute_values(":one", AttributeValue::N("1".to_owned()))
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
    }

    /// Pattern 5: makes a block unless it exists. A block that was closed before it was made stays closed.
    pub async fn create_block(&self, show: &ShowId, block: &BlockKey, size: u16) -> Result<(), DatabaseError> {
        let key = key::block(show, block);
        let request = self
            .client
            .put_item()
            .table_name(self.inventory())
            .set_item(Some(key.attributes()))
            .item("size", AttributeValue::N(size.to_string()))
            .item("version", n(FIRST_VERSION))
            .condition_expression("attribute_not_exists(pk)");
        send_write!(self.client, "create a block", PutItemError, request).map(|_| ())
    }

    /// Pattern 6: closes a block for good: nothing in it can be held or sold any more. It need not exist yet, so that a
    /// publication which is still under way cannot open it behind us.
    pub async fn close_block(&self, show: &ShowId, block: &BlockKey, size: u16) -> Result<(), DatabaseError> {
        let key = key::block(show, block);
        let request = self
            .client
            .update_item()
            .table_name(self.inventory())
            .key("pk", key.pk())
            .key("sk", key.sk())
            .update_expression("SET closed = :yes, #size = :size ADD version :one")
            .condition_expression("attribute_not_exists(closed)")
            .expression_attribute_names("#size", "size") // a word that DynamoDB reserves
            .expression_attribute_values(":yes", AttributeValue::Bool(true))
            .expression_attribute_values(":size", AttributeValue::N(size.to_string()))
            .expression_attribute_values(":one", AttributeValue::N("1".to_owned()));
        send_write!(self.client, "close a block", UpdateItemError, request).map(|_| ())
    }

    /// Pattern 7: the blocks of one section. May be a moment old: it only advises.
    pub async fn blocks_of_section(&self, show: &ShowId, section: &SectionCode) -> Result<Vec<Block>, DatabaseError> {
        let mut pages = self
            .client
            .query()
            .table_name(self.inventory())
            .key_condition_expression("pk = :pk AND begins_with(sk, :block)")
            .expression_attribute_values(":pk", s(key::section(show, section)))
            .expression_attribute_values(":block", s(key::BLOCK_PREFIX))
            .into_paginator()
            .items()
            .send();
        let mut blocks = Vec::new();
        while let Some(item) = pages.next().await {
            let item = item.map_err(|error| DatabaseError::of("read a section", error))?;
            blocks.push(record::block(&item)?.1);
        }
        Ok(blocks)
    }
}

/// What a change makes of each place.
enum Set<'a> {
    To(&'a Claim),
    Nothing,
}

/// The block that refused, unless there is none or it is closed.
fn open_block(item: Option<Item>) -> Result<Option<Block>, DatabaseError> {
    let Some(item) = item else { return Ok(None) };
    if item.contains_key("closed") {
        return Ok(None);
    }
    record::block(&item).map(|(_, block)| Some(block))
}
