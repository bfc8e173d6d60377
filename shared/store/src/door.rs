//! What those who work the door ask for: their shows, and the tickets of a show that a signature does not tell everything of.

use crate::catalog::{BEFORE_ALL, ListPage, Part};
use crate::database::{DatabaseError, s, send_write};
use crate::tickets::ticket_from;
use crate::{Store, key, record};
use aws_sdk_dynamodb::operation::put_item::PutItemError;
use domain::id::{OrganizationId, ShowId};
use domain::show::Show;
use domain::ticket::Ticket;
use jiff::{SignedDuration, Timestamp};
use std::fmt;
use std::str::FromStr;

/// How much of the list is read again when somebody asks what is new: nobody takes so long to write a change down, and no index
/// to show it.
pub const DOOR_LIST_OVERLAP: SignedDuration = SignedDuration::from_mins(2);

/// Where a page of a show's door list begins. It knows when the reading began and since when changes are asked for, so that all its
/// pages answer the same question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoorPosition {
    /// When the first page was read: what changed later may be missing.
    pub as_of: Timestamp,
    since: Option<Timestamp>,
    shard: u8,
    after: Option<String>,
}

impl DoorPosition {
    /// The beginning of what changed since a list was read, or of everything.
    pub fn first(since: Option<Timestamp>, now: Timestamp) -> Self {
        Self { as_of: now, since, shard: 0, after: None }
    }

    fn part(&self) -> Part {
        let since = self.since.map(|since| key::gsi_moment(since.saturating_sub(DOOR_LIST_OVERLAP).unwrap_or(Timestamp::MIN)));
        Part::After(self.after.clone().or(since).unwrap_or_else(|| BEFORE_ALL.to_owned()))
    }

    fn after(self, position: Option<String>) -> Self {
        Self { after: position.or(self.after), ..self }
    }

    fn next_shard(self) -> Option<Self> {
        let shard = self.shard + 1;
        (shard < key::TICKET_SHARDS).then_some(Self { shard, after: None, ..self })
    }
}

impl fmt::Display for DoorPosition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let since = self.since.map_or_else(|| "-".to_owned(), |since| since.to_string());
        write!(f, "{} {since} {} {}", self.as_of, self.shard, self.after.as_deref().unwrap_or("-"))
    }
}

/// A text is no position of a door list.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("must be a position of a door list")]
pub struct InvalidDoorPosition;

impl FromStr for DoorPosition {
    type Err = InvalidDoorPosition;

    fn from_str(text: &str) -> Result<Self, InvalidDoorPosition> {
        let parts: Vec<&str> = text.split(' ').filter(|part| !part.is_empty()).collect();
        let [as_of, since, shard, after] = parts[..] else { return Err(InvalidDoorPosition) };
        let moment = |text: &str| text.parse::<Timestamp>().map_err(|_| InvalidDoorPosition);
        let shard = shard.parse().ok().filter(|shard| *shard < key::TICKET_SHARDS).ok_or(InvalidDoorPosition)?;
        let since = if since == "-" { None } else { Some(moment(since)?) };
        Ok(Self { as_of: moment(as_of)?, since, shard, after: Some(after.to_owned()).filter(|after| after != "-") })
    }
}

impl Store {
    /// Pattern 122: the card by which those who work its door find a show. It says nothing else: how the show is, its own item says.
    pub async fn list_at_door(&self, show: &Show) -> Result<(), DatabaseError> {
        let mut card = key::show_card(&show.id).attributes();
        card.insert("show".to_owned(), s(show.id.as_str()));
        card.extend(key::gsi(key::gsi_organization_shows(&show.organization), key::gsi_moment_position(show.starts_at, show.id.as_str())));
        let request = self.client.put_item().table_name(self.main()).set_item(Some(card));
        send_write!(self.client, "list a show at its door", PutItemError, request).map(|_| ())
    }

    /// Pattern 123, then 55: an organization's shows that are or were on sale and begin from this moment on, the nearest first; at
    /// most 100.
    pub async fn shows_at_door(
        &self,
        organization: &OrganizationId,
        from: Timestamp,
        after: Option<String>,
        limit: u16,
    ) -> Result<ListPage<Show>, DatabaseError> {
        let part = Part::After(after.unwrap_or_else(|| key::gsi_moment(from)));
        let (cards, more) = self.index_page("list an organization's shows", key::gsi_organization_shows(organization), part, limit).await?;
        let next = cards.last().filter(|_| more).map(|(position, _)| position.clone());
        let ids: Vec<ShowId> = cards.iter().map(|(_, card)| record::text(card, "show")).collect::<Result<_, _>>()?;
        // A card comes before its show is on sale: a publication may have stopped in between.
        let items = self.shows_by_id(&ids).await?.into_iter().filter(Show::is_public).collect();
        Ok(ListPage { items, next })
    }

    /// Pattern 124: tickets of a show that something happened to, as they are now: shard after shard, so that a page costs what it
    /// shows. A ticket that changes meanwhile may be in it twice; what is missing changed after `as_of`.
    pub async fn door_list(
        &self,
        show: &ShowId,
        from: DoorPosition,
        limit: u16,
    ) -> Result<(Vec<Ticket>, Option<DoorPosition>), DatabaseError> {
        let mut tickets = Vec::new();
        let mut open = Some(from);
        while let Some(position) = open {
            let room = limit - u16::try_from(tickets.len()).unwrap_or(limit);
            if room == 0 {
                return Ok((tickets, Some(position)));
            }
            let partition = key::gsi_show_tickets(show, position.shard);
            let (items, more) = self.index_page("read a door list", partition, position.part(), room).await?;
            let last = items.last().map(|(position, _)| position.clone());
            for (_, item) in items {
                tickets.push(ticket_from(&item)?);
            }
            open = if more { Some(position.after(last)) } else { position.next_shard() };
        }
        Ok((tickets, None))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_is_read_back_as_it_was_written_and_anything_else_is_refused() {
        let now: Timestamp = "2026-11-21T10:00:00.25Z".parse().unwrap();
        for since in [None, Some(now)] {
            let first = DoorPosition::first(since, now);
            assert_eq!(first.to_string().parse(), Ok(first.clone()));
            let second = first.after(Some("2026-11-21T10:00:00Z#tick_1".to_owned()));
            assert_eq!(second.to_string().parse(), Ok(second.clone()));
            assert!(matches!(second.part(), Part::After(position) if position == "2026-11-21T10:00:00Z#tick_1"));
        }
        let moment = "2026-11-21T10:00:00Z";
        for bad in
            ["", "-", "- - 0 -", "MOMENT - 8 -", "MOMENT x 0 -", "MOMENT - 0 - -", "MOMENT - 0 "].map(|bad| bad.replace("MOMENT", moment))
        {
            assert_eq!(bad.parse::<DoorPosition>(), Err(InvalidDoorPosition), "{bad}");
        }
    }

    #[test]
    fn what_is_new_begins_a_little_before_it_was_asked_last() {
        let now: Timestamp = "2026-11-21T10:00:00Z".parse().unwrap();
        let part = |since| DoorPosition::first(since, now).part();
        assert!(matches!(part(Some(now)), Part::After(position) if position == "2026-11-21T09:58:00Z"));
        assert!(matches!(part(None), Part::After(position) if position == BEFORE_ALL));
        assert!(matches!(part(Some(Timestamp::MIN)), Part::After(_)), "nobody's clock makes it fail");
    }
}
