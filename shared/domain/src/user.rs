//! People and what they may do.

use crate::id::{OrganizationId, UserId};
use crate::text::{Email, Phone, Text};
use jiff::Timestamp;

/// What a person may do besides buying; everybody may buy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum Role {
    /// Everybody with an account.
    User,
    /// Sells for an organization.
    Organizer,
    /// Lets people in.
    Staff,
    /// Runs the platform.
    Admin,
}

impl Role {
    /// The role of a Cognito group; other groups mean nothing here.
    pub fn of_group(group: &str) -> Option<Self> {
        match group {
            "organizer" => Some(Self::Organizer),
            "staff" => Some(Self::Staff),
            "admin" => Some(Self::Admin),
            _ => None,
        }
    }
}

/// A person's own record; made when the address is confirmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// Key.
    pub id: UserId,
    /// Confirmed address.
    pub email: Email,
    /// What to call them.
    pub name: Text<1, 100>,
    /// For the organizer, if they like.
    pub phone: Option<Phone>,
    /// The organization they sell or work for.
    pub organization: Option<OrganizationId>,
    /// When it was made.
    pub created_at: Timestamp,
}

/// On whose behalf somebody works on venues and events, or at the door.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seller {
    /// For one organization.
    Organizer(OrganizationId),
    /// For the platform; perhaps a member of an organization too.
    Admin(Option<OrganizationId>),
}

impl Seller {
    /// Whether they may see and change what this organization sells.
    pub fn speaks_for(&self, organization: &OrganizationId) -> bool {
        match self {
            Self::Organizer(own) => own == organization,
            Self::Admin(_) => true,
        }
    }

    /// The organization that they are a member of.
    pub fn organization(&self) -> Option<&OrganizationId> {
        match self {
            Self::Organizer(own) => Some(own),
            Self::Admin(own) => own.as_ref(),
        }
    }
}
