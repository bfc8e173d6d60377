//! A venue: an address with a layout.

use crate::id::{OrganizationId, VenueId};
use crate::layout::Layout;
use crate::region::RegionCode;
use crate::text::{Text, ZoneName};
use jiff::Timestamp;

/// Amenities per venue.
pub const AMENITIES_MAX: usize = 30;

/// A building or field. Its layout never changes, so that what was sold stays where it was; a rebuilt hall is a new venue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Venue {
    /// Key.
    pub id: VenueId,
    /// Who described it.
    pub organization: OrganizationId,
    /// What people call it.
    pub name: Text<1, 120>,
    /// Street and number.
    pub address: Text<1, 300>,
    /// For filtering.
    pub city: Text<1, 80>,
    /// In which region that is, for the tax.
    pub region: Option<RegionCode>,
    /// Where its clocks are.
    pub zone: ZoneName,
    /// What visitors find there.
    pub amenities: Vec<Text<1, 60>>,
    /// Its places.
    pub layout: Layout,
    /// When it was described.
    pub created_at: Timestamp,
}
