//! Events: one item each, and beside it a second one by which all events of one status are found.
//!
//! Every write raises `revision`. Every change of status repeats in its condition what the lifecycle was decided on.

use super::shows::show_item;
use super::{ListPage, Part};
use crate::database::{DatabaseError, Item, Transaction, Write, n, s, send_write, transact};
use crate::{Store, key, record};
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::types::{AttributeValue, Delete, Put, ReturnValue, TransactWriteItem, Update};
use domain::event::{Category, Event, EventCommand, EventStatus, IMAGES_MAX, Image, Lifecycle, WrongState};
use domain::id::{EventId, ImageId, OrganizationId, ShowId};
use domain::listing::Listing;
use domain::show::Show;
use domain::text::Text;
use domain::user::Seller;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Requests that one page of an organization's events may take, while events of other statuses are passed over.
const PAGE_REQUESTS_MAX: usize = 10;

/// Why an event could not be moved on in its life.
#[derive(Debug, thiserror::Error)]
pub enum MoveEventError {
    /// It is in a state that does not allow it.
    #[error(transparent)]
    WrongState(#[from] WrongState),
    /// The database could not do it.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

/// Why an event could not be edited.
#[derive(Debug, thiserror::Error)]
pub enum UpdateEventError {
    /// It is no longer a draft.
    #[error(transparent)]
    WrongState(#[from] WrongState),
    /// Somebody else edited it at the same time.
    #[error("the event was edited by somebody else")]
    Overtaken,
    /// The database could not do it.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

/// Why an event could not be given a picture.
#[derive(Debug, thiserror::Error)]
pub enum AddImageError {
    /// It has as many as it may have.
    #[error("the event has {IMAGES_MAX} pictures")]
    Full,
    /// It was called off.
    #[error("the event was called off")]
    Cancelled,
    /// The database could not do it.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

/// An event as organizers' and admins' lists show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventSummary {
    /// Key.
    pub event: EventId,
    /// Who sells it.
    pub organization: OrganizationId,
    /// On the poster.
    pub title: Text<1, 200>,
    /// What kind of evening.
    pub category: Category,
    /// Where it is in its life.
    pub status: EventStatus,
    /// Whether an admin said yes.
    pub approved: bool,
    /// How many shows it has.
    pub shows: usize,
    /// When it was first written.
    pub created_at: Timestamp,
}

impl From<&Event> for EventSummary {
    fn from(event: &Event) -> Self {
        Self {
            event: event.id.clone(),
            organization: event.organization.clone(),
            title: event.title.clone(),
            category: event.category,
            status: event.lifecycle.status,
            approved: event.lifecycle.approved,
            shows: event.shows.len(),
            created_at: event.created_at,
        }
    }
}

impl Store {
    /// Pattern 47: writes an event with all its shows, in one transaction. False if it exists already.
    pub async fn create_event(&self, event: &Event, shows: &[Show]) -> Result<bool, DatabaseError> {
        let mut writes = vec![self.put(event_item(event)?, Some("attribute_not_exists(pk)"))?, self.put(summary_item(event)?, None)?];
        for show in shows {
            writes.push(self.put(show_item(show)?, Some("attribute_not_exists(pk)"))?);
        }
        let outcome = transact(&self.client, "write an event", writes).await?;
        Ok(matches!(outcome, Transaction::Done))
    }

    /// Pattern 48: an event, strongly consistent.
    pub async fn event(&self, id: &EventId) -> Result<Option<Event>, DatabaseError> {
        self.get(self.main(), &key::event(id)).await?.map(event_from).transpose()
    }

    /// Pattern 48: an event that this seller may see and change.
    pub async fn event_of(&self, seller: &Seller, id: &EventId) -> Result<Option<Event>, DatabaseError> {
        Ok(self.event(id).await?.filter(|event| seller.speaks_for(&event.organization)))
    }

    /// Pattern 49: writes an edited draft over the one that was read, its shows over those it had. A show keeps its
    /// identifier and its place in the list: shows that are too many are deleted, which only a draft allows.
    pub async fn update_event(&self, before: &Event, edited: &Event, shows: &[Show]) -> Result<Event, UpdateEventError> {
        before.after(EventCommand::Edit)?;
        let edited = Event { revision: before.revision + 1, ..edited.clone() };
        let put = Put::builder()
            .table_name(self.main())
            .set_item(Some(event_item(&edited)?))
            .condition_expression("#status = :draft AND revision = :revision")
            .expression_attribute_names("#status", "status")
            .expression_attribute_values(":draft", record::spelled(&EventStatus::Draft))
            .expression_attribute_values(":revision", n(before.revision));
        let put = TransactWriteItem::builder().put(put.build().map_err(DatabaseError::unreadable)?).build();
        let mut writes = vec![put, self.put(summary_item(&edited)?, None)?];
        for show in shows {
            writes.push(self.put(show_item(show)?, None)?);
        }
        for dropped in before.shows.iter().filter(|show| !edited.shows.contains(show)) {
            let key = key::show(dropped);
            let delete = Delete::builder().table_name(self.main()).key("pk", key.pk()).key("sk", key.sk());
            writes.push(TransactWriteItem::builder().delete(delete.build().map_err(DatabaseError::unreadable)?).build());
        }
        match transact(&self.client, "edit an event", writes).await? {
            Transaction::Done => Ok(edited),
            Transaction::Refused(_) => {
                self.event_now(&before.id).await?.after(EventCommand::Edit)?;
                Err(UpdateEventError::Overtaken)
            }
        }
    }

    /// Pattern 50: moves an event on in its life, and with it its place among the events of its status. The condition
    /// repeats what the lifecycle decided on.
    pub async fn move_event(
        &self,
        event: &Event,
        command: EventCommand,
        rejection: Option<&Text<1, 500>>,
    ) -> Result<Event, MoveEventError> {
        let next = event.after(command)?;
        let writes = vec![self.move_write(event, command, next, rejection)?, self.move_summary(event, next)?];
        match transact(&self.client, "move an event", writes).await? {
            Transaction::Done => Ok(Event {
                lifecycle: next,
                rejection: rejection.cloned().or_else(|| event.rejection.clone().filter(|_| command != EventCommand::Submit)),
                revision: event.revision + 1,
                ..event.clone()
            }),
            Transaction::Refused(_) => {
                let now = self.event_now(&event.id).await?;
                now.after(command)?;
                // The state it is in now would allow it: it was in another one for a moment.
                Err(DatabaseError::Contended { operation: "move an event" }.into())
            }
        }
    }

    fn move_write(
        &self,
        event: &Event,
        command: EventCommand,
        next: Lifecycle,
        rejection: Option<&Text<1, 500>>,
    ) -> Result<TransactWriteItem, DatabaseError> {
        let key = key::event(&event.id);
        let condition = match command {
            EventCommand::Reject => "#status = :from AND approved = :was AND attribute_not_exists(publishing_since)",
            EventCommand::Edit | EventCommand::Submit | EventCommand::Approve | EventCommand::Publish | EventCommand::Cancel => {
                "#status = :from AND approved = :was"
            }
        };
        let mut update = Update::builder()
            .table_name(self.main())
            .key("pk", key.pk())
            .key("sk", key.sk())
            .condition_expression(condition)
            .expression_attribute_names("#status", "status")
            .expression_attribute_values(":from", record::spelled(&event.lifecycle.status))
            .expression_attribute_values(":was", boolean(event.lifecycle.approved))
            .expression_attribute_values(":to", record::spelled(&next.status))
            .expression_attribute_values(":approved", boolean(next.approved))
            .expression_attribute_values(":one", n(1));
        let mut change = "SET #status = :to, approved = :approved".to_owned();
        if let Some(rejection) = rejection {
            change.push_str(", rejection = :rejection");
            update = update.expression_attribute_values(":rejection", s(rejection.as_str()));
        } else if command == EventCommand::Submit {
            change.push_str(" REMOVE rejection");
        }
        let update = update.update_expression(format!("{change} ADD revision :one"));
        Ok(TransactWriteItem::builder().update(update.build().map_err(DatabaseError::unreadable)?).build())
    }

    fn move_summary(&self, event: &Event, next: Lifecycle) -> Result<TransactWriteItem, DatabaseError> {
        let key = key::event_status(&event.id);
        let update = Update::builder()
            .table_name(self.main())
            .key("pk", key.pk())
            .key("sk", key.sk())
            .update_expression("SET #status = :to, approved = :approved, gsi1pk = :partition")
            .expression_attribute_names("#status", "status")
            .expression_attribute_values(":to", record::spelled(&next.status))
            .expression_attribute_values(":approved", boolean(next.approved))
            .expression_attribute_values(":partition", s(key::gsi_status(next.status)));
        Ok(TransactWriteItem::builder().update(update.build().map_err(DatabaseError::unreadable)?).build())
    }

    /// Pattern 51: adds a picture, unless the event has all it may have or was called off; one that it has is not added
    /// again. The first picture of an event that is listed already is its poster there, too (pattern 59).
    pub async fn add_image(&self, event: &EventId, image: &Image) -> Result<(), AddImageError> {
        let event = self.put_image(event, image).await?;
        if event.lifecycle.status == EventStatus::Published && event.images.len() == 1 {
            let shows = self.shows_by_id(&event.shows).await?;
            self.list_event(&Listing::new(&event, &shows)).await?;
        }
        Ok(())
    }

    async fn put_image(&self, event: &EventId, image: &Image) -> Result<Event, AddImageError> {
        let key = key::event(event);
        let added: AttributeValue = serde_dynamo::to_attribute_value(ImageRecord::from(image)).map_err(DatabaseError::unreadable)?;
        let request = self
            .client
            .update_item()
            .table_name(self.main())
            .key("pk", key.pk())
            .key("sk", key.sk())
            .update_expression("SET images = list_append(images, :added) ADD revision :one")
            .condition_expression("size(images) < :most AND NOT #status IN (:completed, :cancelled) AND NOT contains(images, :image)")
            .expression_attribute_names("#status", "status")
            .expression_attribute_values(":added", AttributeValue::L(vec![added.clone()]))
            .expression_attribute_values(":image", added)
            .expression_attribute_values(":most", n(IMAGES_MAX))
            .expression_attribute_values(":completed", record::spelled(&EventStatus::Completed))
            .expression_attribute_values(":cancelled", record::spelled(&EventStatus::Cancelled))
            .expression_attribute_values(":one", n(1))
            .return_values(ReturnValue::AllNew);
        match send_write!(self.client, "add a picture", UpdateItemError, request)? {
            Write::Done(item) => Ok(event_from(item.unwrap_or_default())?),
            Write::Refused(_) => {
                let event = self.event_now(event).await?;
                if event.images.contains(image) {
                    return Ok(event);
                }
                Err(if event.images.len() >= IMAGES_MAX { AddImageError::Full } else { AddImageError::Cancelled })
            }
        }
    }

    /// Pattern 52: an organization's events, newest first, perhaps of one status only.
    pub async fn events_of(
        &self,
        organization: &OrganizationId,
        status: Option<EventStatus>,
        before: Option<String>,
        limit: u16,
    ) -> Result<ListPage<EventSummary>, DatabaseError> {
        let mut found = ListPage { items: vec![], next: before };
        for _ in 0..PAGE_REQUESTS_MAX {
            let part = found.next.take().map_or(Part::Newest, Part::Before);
            let partition = key::gsi_organization_events(organization);
            let (items, more) = self.index_page("list an organization's events", partition, part, limit).await?;
            let count = items.len();
            for (index, (position, item)) in items.into_iter().enumerate() {
                let summary = EventSummary::from(&event_from(item)?);
                if status.is_none_or(|status| status == summary.status) {
                    found.items.push(summary);
                }
                if found.items.len() == usize::from(limit) {
                    found.next = (more || index + 1 < count).then_some(position);
                    return Ok(found);
                }
                found.next = Some(position);
            }
            if !more {
                found.next = None;
                break;
            }
        }
        Ok(found)
    }

    /// Pattern 53: all organizations' events of one status, newest first: for admins. Those that are handed in wait here.
    pub async fn events_with_status(
        &self,
        status: EventStatus,
        before: Option<String>,
        limit: u16,
    ) -> Result<ListPage<EventSummary>, DatabaseError> {
        let part = before.map_or(Part::Newest, Part::Before);
        let (items, more) = self.index_page("list events of a status", key::gsi_status(status), part, limit).await?;
        let next = items.last().filter(|_| more).map(|(position, _)| position.clone());
        let items = items.into_iter().map(|(_, item)| record::from_item(item)).collect::<Result<_, _>>()?;
        Ok(ListPage { items, next })
    }

    /// An event that was there a moment ago: events are never deleted.
    pub(super) async fn event_now(&self, id: &EventId) -> Result<Event, DatabaseError> {
        self.event(id).await?.ok_or_else(|| DatabaseError::Unreadable(id.to_string()))
    }

    fn put(&self, item: Item, condition: Option<&str>) -> Result<TransactWriteItem, DatabaseError> {
        let put = Put::builder().table_name(self.main()).set_item(Some(item)).set_condition_expression(condition.map(str::to_owned));
        Ok(TransactWriteItem::builder().put(put.build().map_err(DatabaseError::unreadable)?).build())
    }
}

fn boolean(value: bool) -> AttributeValue {
    AttributeValue::Bool(value)
}

/// As it lies in the table.
#[derive(Serialize, Deserialize)]
struct EventRecord {
    event: EventId,
    organization: OrganizationId,
    title: Text<1, 200>,
    description: Text<0, 5000>,
    category: Category,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<Text<1, 40>>,
    tags: Vec<Text<1, 40>>,
    images: Vec<ImageRecord>,
    shows: Vec<ShowId>,
    status: EventStatus,
    approved: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    rejection: Option<Text<1, 500>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publishing_since: Option<Timestamp>,
    revision: u32,
    created_at: Timestamp,
}

/// A picture in an event or in a list's entry.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct ImageRecord {
    id: ImageId,
    key: String,
    alt: Text<1, 200>,
}

impl From<&Image> for ImageRecord {
    fn from(image: &Image) -> Self {
        Self { id: image.id.clone(), key: image.key.clone(), alt: image.alt.clone() }
    }
}

impl From<ImageRecord> for Image {
    fn from(record: ImageRecord) -> Self {
        Self { id: record.id, key: record.key, alt: record.alt }
    }
}

fn event_item(event: &Event) -> Result<Item, DatabaseError> {
    let record = EventRecord {
        event: event.id.clone(),
        organization: event.organization.clone(),
        title: event.title.clone(),
        description: event.description.clone(),
        category: event.category,
        language: event.language.clone(),
        tags: event.tags.clone(),
        images: event.images.iter().map(ImageRecord::from).collect(),
        shows: event.shows.clone(),
        status: event.lifecycle.status,
        approved: event.lifecycle.approved,
        rejection: event.rejection.clone(),
        publishing_since: event.publishing_since,
        revision: event.revision,
        created_at: event.created_at,
    };
    let mut item = record::to_item(&key::event(&event.id), &record)?;
    let position = key::gsi_moment_position(event.created_at, event.id.as_str());
    item.extend(key::gsi(key::gsi_organization_events(&event.organization), position));
    Ok(item)
}

pub(super) fn event_from(item: Item) -> Result<Event, DatabaseError> {
    let record: EventRecord = record::from_item(item)?;
    Ok(Event {
        id: record.event,
        organization: record.organization,
        title: record.title,
        description: record.description,
        category: record.category,
        language: record.language,
        tags: record.tags,
        images: record.images.into_iter().map(Image::from).collect(),
        shows: record.shows,
        lifecycle: Lifecycle { status: record.status, approved: record.approved },
        rejection: record.rejection,
        publishing_since: record.publishing_since,
        revision: record.revision,
        created_at: record.created_at,
    })
}

fn summary_item(event: &Event) -> Result<Item, DatabaseError> {
    let mut item = record::to_item(&key::event_status(&event.id), &EventSummary::from(event))?;
    let position = key::gsi_moment_position(event.created_at, event.id.as_str());
    item.extend(key::gsi(key::gsi_status(event.lifecycle.status), position));
    Ok(item)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use domain::id::ID_ENTROPY_BYTES;

    pub(crate) fn event() -> Event {
        let image = |number| Image {
            id: ImageId::from_entropy([number; ID_ENTROPY_BYTES]),
            key: format!("events/{number}.png"),
            alt: "A poster".parse().unwrap(),
        };
        Event {
            id: EventId::from_entropy([1; ID_ENTROPY_BYTES]),
            organization: OrganizationId::from_entropy([2; ID_ENTROPY_BYTES]),
            title: "A play".parse().unwrap(),
            description: "".parse().unwrap(),
            category: Category::Theater,
            language: Some("Marathi".parse().unwrap()),
            tags: vec!["classic".parse().unwrap()],
            images: vec![image(1), image(2)],
            shows: vec![ShowId::from_entropy([7; ID_ENTROPY_BYTES])],
            lifecycle: Lifecycle { status: EventStatus::Submitted, approved: true },
            rejection: Some("No dates".parse().unwrap()),
            publishing_since: Some("2026-11-21T10:00:00Z".parse().unwrap()),
            revision: 3,
            created_at: "2026-11-20T10:00:00.25Z".parse().unwrap(),
        }
    }

    #[test]
    fn an_event_is_read_back_as_it_was_written() {
        let full = event();
        let bare =
            Event { language: None, tags: vec![], images: vec![], shows: vec![], rejection: None, publishing_since: None, ..event() };
        for event in [full, bare] {
            assert_eq!(event_from(event_item(&event).unwrap()).unwrap(), event);
        }
    }

    #[test]
    fn a_summary_is_found_under_its_status_and_survives_being_moved() {
        let item = summary_item(&event()).unwrap();
        assert_eq!(item["gsi1pk"].as_s().unwrap(), "STATUS#SUBMITTED");
        assert_eq!(record::from_item::<EventSummary>(item).unwrap(), EventSummary::from(&event()));
    }
}
