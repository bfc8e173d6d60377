//! The thing advertised, and its way from a draft to the last curtain.

use crate::id::{EventId, ImageId, OrganizationId, ShowId};
use crate::text::{InvalidText, Text};
use jiff::Timestamp;
use std::str::FromStr;

/// Shows per event: they are written in one transaction with it.
pub const SHOWS_MAX: usize = 60;
/// Tags per event.
pub const TAGS_MAX: usize = 10;
/// Pictures per event.
pub const IMAGES_MAX: usize = 8;

/// What kind of evening it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "UPPERCASE")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Category {
    Movie,
    Concert,
    Sports,
    Theater,
    Comedy,
    Conference,
    Other,
}

impl Category {
    /// All of them.
    pub const ALL: [Self; 7] = [Self::Movie, Self::Concert, Self::Sports, Self::Theater, Self::Comedy, Self::Conference, Self::Other];
}

impl FromStr for Category {
    type Err = InvalidText;

    fn from_str(text: &str) -> Result<Self, InvalidText> {
        let spelled = |category: &Self| format!("{category:?}").to_uppercase() == text;
        Self::ALL.into_iter().find(spelled).ok_or_else(|| InvalidText(format!("must be one of {}", all_of(&Self::ALL))))
    }
}

/// Where an event is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum EventStatus {
    /// Being written; nobody else sees it.
    Draft,
    /// Waits for approval, or is approved and waits for publication.
    Submitted,
    /// On sale.
    Published,
    /// The last show is over.
    Completed,
    /// Called off.
    Cancelled,
}

impl EventStatus {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Draft, Self::Submitted, Self::Published, Self::Completed, Self::Cancelled];

    /// Whether the public may see it.
    pub fn is_public(self) -> bool {
        match self {
            Self::Published | Self::Completed | Self::Cancelled => true,
            Self::Draft | Self::Submitted => false,
        }
    }
}

impl FromStr for EventStatus {
    type Err = InvalidText;

    fn from_str(text: &str) -> Result<Self, InvalidText> {
        let spelled = |status: &Self| format!("{status:?}").to_uppercase() == text;
        Self::ALL.into_iter().find(spelled).ok_or_else(|| InvalidText(format!("must be one of {}", all_of(&Self::ALL))))
    }
}

fn all_of(words: &[impl std::fmt::Debug]) -> String {
    words.iter().map(|word| format!("{word:?}").to_uppercase()).collect::<Vec<_>>().join(", ")
}

/// What somebody wants to do with an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventCommand {
    /// Change its text or shows.
    Edit,
    /// Hand it in.
    Submit,
    /// Say yes to it.
    Approve,
    /// Hand it back.
    Reject,
    /// Put it on sale.
    Publish,
    /// Call it off.
    Cancel,
}

/// The command does not fit the state that the event is in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("an event that is {status:?} (approved: {approved}) cannot {command:?}")]
pub struct WrongState {
    /// Where it is.
    pub status: EventStatus,
    /// Whether an admin said yes.
    pub approved: bool,
    /// What was wanted.
    pub command: EventCommand,
}

/// Status and approval together: all that the lifecycle depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lifecycle {
    /// Where it is.
    pub status: EventStatus,
    /// Whether an admin said yes.
    pub approved: bool,
}

impl Lifecycle {
    /// Where the command leads.
    ///
    /// | from | command | to |
    /// |---|---|---|
    /// | DRAFT | edit | DRAFT |
    /// | DRAFT | submit | SUBMITTED |
    /// | SUBMITTED | approve | SUBMITTED, approved |
    /// | SUBMITTED | reject | DRAFT |
    /// | SUBMITTED, approved | publish | PUBLISHED |
    /// | DRAFT, SUBMITTED, PUBLISHED | cancel | CANCELLED |
    pub fn after(self, command: EventCommand) -> Result<Self, WrongState> {
        use EventCommand as C;
        use EventStatus as S;
        let refused = Err(WrongState { status: self.status, approved: self.approved, command });
        match (self.status, command) {
            (S::Draft, C::Edit) => Ok(self),
            (S::Draft, C::Submit) => Ok(Self { status: S::Submitted, approved: false }),
            (S::Submitted, C::Approve) => Ok(Self { status: S::Submitted, approved: true }),
            (S::Submitted, C::Reject) => Ok(Self { status: S::Draft, approved: false }),
            (S::Submitted, C::Publish) if self.approved => Ok(Self { status: S::Published, approved: true }),
            (S::Draft | S::Submitted | S::Published, C::Cancel) => Ok(Self { status: S::Cancelled, approved: self.approved }),
            (S::Draft | S::Submitted | S::Published | S::Completed | S::Cancelled, _) => refused,
        }
    }
}

/// The thing advertised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Key.
    pub id: EventId,
    /// Who sells it.
    pub organization: OrganizationId,
    /// On the poster.
    pub title: Text<1, 200>,
    /// Below the poster.
    pub description: Text<0, 5000>,
    /// What kind of evening.
    pub category: Category,
    /// In which language, as people write it.
    pub language: Option<Text<1, 40>>,
    /// For finding it.
    pub tags: Vec<Text<1, 40>>,
    /// Pictures, the first is the poster.
    pub images: Vec<Image>,
    /// Its dates. They can be exchanged in a draft; afterwards they stay, so that what was sold has a show.
    pub shows: Vec<ShowId>,
    /// Where it is in its life.
    pub lifecycle: Lifecycle,
    /// Why it was handed back.
    pub rejection: Option<Text<1, 500>>,
    /// When its publication began. From then on shows may be on sale: it can only be finished or called off.
    pub publishing_since: Option<Timestamp>,
    /// Raised by every edit, so that of two people who edit at once only one has their way.
    pub revision: u32,
    /// When it was first written.
    pub created_at: Timestamp,
}

impl Event {
    /// Where the command leads this event: as [`Lifecycle::after`], except that nothing is handed back whose shows may
    /// be on sale already.
    pub fn after(&self, command: EventCommand) -> Result<Lifecycle, WrongState> {
        if command == EventCommand::Reject && self.publishing_since.is_some() {
            let Lifecycle { status, approved } = self.lifecycle;
            return Err(WrongState { status, approved, command });
        }
        self.lifecycle.after(command)
    }

    /// Whether the public may see it: a draft that was called off stays private.
    pub fn is_public(&self) -> bool {
        self.lifecycle.status.is_public() && self.publishing_since.is_some()
    }
}

/// A picture of an event in the media bucket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    /// Key.
    pub id: ImageId,
    /// Object key below `/media/`.
    pub key: String,
    /// For those who do not see it.
    pub alt: Text<1, 200>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_answers_every_command_as_the_table_says() {
        use EventCommand as C;
        use EventStatus as S;
        let commands = [C::Edit, C::Submit, C::Approve, C::Reject, C::Publish, C::Cancel];
        let mut allowed = Vec::new();
        for status in EventStatus::ALL {
            for approved in [false, true] {
                for command in commands {
                    if let Ok(next) = (Lifecycle { status, approved }).after(command) {
                        allowed.push((status, approved, command, next.status));
                    }
                }
            }
        }
        let expected = [
            (S::Draft, false, C::Edit, S::Draft),
            (S::Draft, false, C::Submit, S::Submitted),
            (S::Draft, false, C::Cancel, S::Cancelled),
            (S::Draft, true, C::Edit, S::Draft),
            (S::Draft, true, C::Submit, S::Submitted),
            (S::Draft, true, C::Cancel, S::Cancelled),
            (S::Submitted, false, C::Approve, S::Submitted),
            (S::Submitted, false, C::Reject, S::Draft),
            (S::Submitted, false, C::Cancel, S::Cancelled),
            (S::Submitted, true, C::Approve, S::Submitted),
            (S::Submitted, true, C::Reject, S::Draft),
            (S::Submitted, true, C::Publish, S::Published),
            (S::Submitted, true, C::Cancel, S::Cancelled),
            (S::Published, false, C::Cancel, S::Cancelled),
            (S::Published, true, C::Cancel, S::Cancelled),
        ];
        assert_eq!(allowed, expected);
    }
}
