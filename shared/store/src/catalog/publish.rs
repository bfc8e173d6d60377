//! Publishing and calling off: long work in small steps, each a conditional write that changes nothing when repeated.
//!
//! Both stop at a deadline and are simply called again. What is done is seen from the blocks, so a repeat goes on where
//! the last call stopped, and neither can undo the other: a show goes on sale only from DRAFT, and a block that was closed
//! before it was made stays closed.

use crate::database::{DatabaseError, Write, n, s, send_write};
use crate::{MoveEventError, Store, key, record};
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use domain::block::BlockKey;
use domain::event::{Event, EventCommand, EventStatus, WrongState};
use domain::id::ShowId;
use domain::layout::{Layout, Section};
use domain::listing::Listing;
use domain::show::{Show, ShowStatus};
use futures_util::{StreamExt, TryStreamExt, stream};
use jiff::Timestamp;
use std::collections::BTreeMap;
use tokio::time::Instant;

/// Blocks that are written at the same time.
const BLOCKS_AT_ONCE: usize = 32;

/// How far the work has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// Where the event is in its life now.
    pub status: EventStatus,
    /// Shows that are done.
    pub done: usize,
    /// Shows in all.
    pub of: usize,
    /// Whether nothing is left to do.
    pub complete: bool,
}

/// Why an event could not be published or called off.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// It is in a state that does not allow it.
    #[error(transparent)]
    WrongState(#[from] WrongState),
    /// The database could not do it.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

impl From<MoveEventError> for PublishError {
    fn from(error: MoveEventError) -> Self {
        match error {
            MoveEventError::WrongState(error) => Self::WrongState(error),
            MoveEventError::Database(error) => Self::Database(error),
        }
    }
}

impl Store {
    /// Puts an approved event on sale: the blocks of each show, then the show; after the last one the event, then the
    /// public list. Publishing what is published makes sure that it is listed.
    pub async fn publish_event(&self, event: &Event, now: Timestamp, deadline: Instant) -> Result<Progress, PublishError> {
        let mut event = self.begin_publication(event, now).await?;
        let shows = self.shows_by_id(&event.shows).await?;
        let of = shows.len();
        for (done, show) in shows.iter().enumerate() {
            if show.status == ShowStatus::Draft && !self.publish_show(show, deadline).await? {
                return Ok(Progress { status: event.lifecycle.status, done, of, complete: false });
            }
        }
        if event.lifecycle.status != EventStatus::Published {
            event = match self.move_event(&event, EventCommand::Publish, None).await {
                // Another call of the same publication was faster.
                Err(MoveEventError::WrongState(state)) if state.status == EventStatus::Published => self.event_now(&event.id).await?,
                moved => moved?,
            };
        }
        self.list_event(&Listing::new(&event, &shows)).await?;
        Ok(Progress { status: event.lifecycle.status, done: of, of, complete: true })
    }

    /// Pattern 56: notes that the publication has begun: from here on the event cannot be handed back.
    async fn begin_publication(&self, event: &Event, now: Timestamp) -> Result<Event, PublishError> {
        if event.lifecycle.status == EventStatus::Published {
            return Ok(event.clone());
        }
        event.after(EventCommand::Publish)?;
        let key = key::event(&event.id);
        let request = self
            .client
            .update_item()
            .table_name(self.main())
            .key("pk", key.pk())
            .key("sk", key.sk())
            .update_expression("SET publishing_since = if_not_exists(publishing_since, :now) ADD revision :one")
            .condition_expression("#status = :submitted AND approved = :yes")
            .expression_attribute_names("#status", "status")
            .expression_attribute_values(":submitted", record::spelled(&EventStatus::Submitted))
            .expression_attribute_values(":yes", aws_sdk_dynamodb::types::AttributeValue::Bool(true))
            .expression_attribute_values(":now", s(now.to_string()))
            .expression_attribute_values(":one", n(1));
        let written = send_write!(self.client, "begin a publication", UpdateItemError, request).map_err(PublishError::Database)?;
        let event = self.event_now(&event.id).await?;
        if matches!(written, Write::Refused(_)) && event.lifecycle.status != EventStatus::Published {
            event.after(EventCommand::Publish)?;
        }
        Ok(event)
    }

    /// Makes the blocks of a show that are missing, then puts it on sale. False if the deadline came first.
    async fn publish_show(&self, show: &Show, deadline: Instant) -> Result<bool, PublishError> {
        let venue = self.venue(&show.venue).await?.ok_or_else(|| DatabaseError::Unreadable(show.venue.to_string()))?;
        for section in venue.layout.sections() {
            if Instant::now() >= deadline {
                return Ok(false);
            }
            self.create_blocks(&show.id, section).await?;
        }
        self.list_at_door(show).await?;
        if self.open_show(&show.id).await? {
            return Ok(true);
        }
        let status = self.event_now(&show.event).await?.lifecycle;
        Err(WrongState { status: status.status, approved: status.approved, command: EventCommand::Publish }.into())
    }

    /// Patterns 7 and 5: makes those blocks of a section that are not there yet.
    pub async fn create_blocks(&self, show: &ShowId, section: &Section) -> Result<(), DatabaseError> {
        let blocks = self.block_states(show, section).await?;
        let missing: Vec<(BlockKey, u16)> = section.blocks().filter(|(key, _)| !blocks.contains_key(key)).collect();
        let create = |(block, size): (BlockKey, u16)| async move { self.create_block(show, &block, size).await };
        stream::iter(missing).map(create).buffer_unordered(BLOCKS_AT_ONCE).try_collect().await
    }

    /// Patterns 7 and 6: closes those blocks of a section that are still open, or were not made yet.
    async fn close_blocks(&self, show: &ShowId, section: &Section) -> Result<(), DatabaseError> {
        let blocks = self.block_states(show, section).await?;
        let open: Vec<(BlockKey, u16)> = section.blocks().filter(|(key, _)| blocks.get(key) != Some(&true)).collect();
        let close = |(block, size): (BlockKey, u16)| async move { self.close_block(show, &block, size).await };
        stream::iter(open).map(close).buffer_unordered(BLOCKS_AT_ONCE).try_collect().await
    }

    /// The blocks that exist, each with whether it is closed. May be a moment old; the writes have conditions.
    async fn block_states(&self, show: &ShowId, section: &Section) -> Result<BTreeMap<BlockKey, bool>, DatabaseError> {
        let blocks = self.blocks_of_section(show, &section.code).await?;
        Ok(blocks.into_iter().map(|block| (block.key, block.closed)).collect())
    }

    /// Pattern 57: puts a draft show on sale. False if it was called off.
    async fn open_show(&self, show: &ShowId) -> Result<bool, DatabaseError> {
        let key = key::show(show);
        let request = self
            .client
            .update_item()
            .table_name(self.main())
            .key("pk", key.pk())
            .key("sk", key.sk())
            .update_expression("SET #status = :published")
            .condition_expression("#status IN (:draft, :published)")
            .expression_attribute_names("#status", "status")
            .expression_attribute_values(":draft", record::spelled(&ShowStatus::Draft))
            .expression_attribute_values(":published", record::spelled(&ShowStatus::Published));
        let written = send_write!(self.client, "put a show on sale", UpdateItemError, request)?;
        self.cache.forget_show(show);
        Ok(matches!(written, Write::Done(_)))
    }

    /// Calls an event off: the event first, then its shows and its place in the list, then every block, so that no later
    /// hold or sale can succeed. Calling off what is called off goes on with what is left to close.
    pub async fn cancel_event(&self, event: &Event, deadline: Instant) -> Result<Progress, PublishError> {
        if event.lifecycle.status != EventStatus::Cancelled {
            match self.move_event(event, EventCommand::Cancel, None).await {
                Err(MoveEventError::WrongState(state)) if state.status == EventStatus::Cancelled => {}
                moved => drop(moved?),
            }
        }
        // Read again: nothing can begin to publish it any more, but perhaps something began just before.
        let event = self.event_now(&event.id).await?;
        let shows = self.shows_by_id(&event.shows).await?;
        for show in shows.iter().filter(|show| show.status != ShowStatus::Cancelled) {
            self.cancel_show(&show.id).await?;
        }
        let (status, of) = (event.lifecycle.status, shows.len());
        if event.publishing_since.is_some() {
            self.unlist_event(&Listing::new(&event, &shows)).await?;
            for (done, show) in shows.iter().enumerate() {
                if !self.close_show(show, deadline).await? {
                    return Ok(Progress { status, done, of, complete: false });
                }
            }
        }
        Ok(Progress { status, done: of, of, complete: true })
    }

    /// Pattern 58: takes a show off sale for good.
    async fn cancel_show(&self, show: &ShowId) -> Result<(), DatabaseError> {
        let key = key::show(show);
        let request = self
            .client
            .update_item()
            .table_name(self.main())
            .key("pk", key.pk())
            .key("sk", key.sk())
            .update_expression("SET #status = :cancelled")
            .condition_expression("attribute_exists(pk)")
            .expression_attribute_names("#status", "status")
            .expression_attribute_values(":cancelled", record::spelled(&ShowStatus::Cancelled));
        send_write!(self.client, "call a show off", UpdateItemError, request)?;
        self.cache.forget_show(show);
        Ok(())
    }

    /// Closes every block of a show. False if the deadline came first.
    async fn close_show(&self, show: &Show, deadline: Instant) -> Result<bool, DatabaseError> {
        let venue = self.venue(&show.venue).await?.ok_or_else(|| DatabaseError::Unreadable(show.venue.to_string()))?;
        let layout: &Layout = &venue.layout;
        for section in layout.sections() {
            if Instant::now() >= deadline {
                return Ok(false);
            }
            self.close_blocks(&show.id, section).await?;
        }
        Ok(true)
    }
}
