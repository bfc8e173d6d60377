//! Venues, events and shows: what is sold, where and when, and how the public finds it.

mod events;
mod listing;
mod publish;
mod shows;
mod venues;

pub use events::{AddImageError, EventSummary, MoveEventError, UpdateEventError};
pub use listing::{Found, ListPosition};
pub use publish::{Progress, PublishError};
pub use venues::VenueCard;

use crate::database::{DatabaseError, Item, s};
use crate::{Store, key, record};

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListPage<T> {
    /// In the list's order.
    pub items: Vec<T>,
    /// Where the next page begins, if there may be one.
    pub next: Option<String>,
}

/// Every position of the index is greater than this.
pub(crate) const BEFORE_ALL: &str = " ";

/// Which part of an index partition to read.
pub(crate) enum Part {
    /// Everything, newest first.
    Newest,
    /// What comes before this position, newest first.
    Before(String),
    /// What comes after this position, oldest first.
    After(String),
    /// From one position to another, both included, oldest first.
    Between(String, String),
}

impl Store {
    /// One request to the index: items with their positions, and whether there may be more.
    pub(crate) async fn index_page(
        &self,
        operation: &'static str,
        partition: String,
        part: Part,
        limit: u16,
    ) -> Result<(Vec<(String, Item)>, bool), DatabaseError> {
        let forward = matches!(part, Part::After(_) | Part::Between(..));
        let (condition, bounds) = match part {
            Part::Newest => ("gsi1pk = :pk", vec![]),
            Part::Before(position) => ("gsi1pk = :pk AND gsi1sk < :a", vec![(":a", position)]),
            Part::After(position) => ("gsi1pk = :pk AND gsi1sk > :a", vec![(":a", position)]),
            Part::Between(from, to) => ("gsi1pk = :pk AND gsi1sk BETWEEN :a AND :b", vec![(":a", from), (":b", to)]),
        };
        let mut request = self
            .client
            .query()
            .table_name(self.main())
            .index_name(key::GSI)
            .key_condition_expression(condition)
            .expression_attribute_values(":pk", s(partition))
            .scan_index_forward(forward)
            .limit(i32::from(limit));
        for (name, value) in bounds {
            request = request.expression_attribute_values(name, s(value));
        }
        let output = request.send().await.map_err(|error| DatabaseError::of(operation, error))?;
        let more = output.last_evaluated_key.is_some();
        let positioned = |item: Item| record::text(&item, "gsi1sk").map(|position| (position, item));
        let items = output.items.unwrap_or_default().into_iter().map(positioned).collect::<Result<_, _>>()?;
        Ok((items, more))
    }
}
