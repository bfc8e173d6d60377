//! What a seat map is drawn from: geometry, and how every place stands.

use crate::SectionKind;
use domain::geometry::plan;
use domain::id::ShowId;
use domain::layout::{Layout, Section};
use domain::money::Money;
use domain::seat::{PriceLevel, RowLabel, SectionCode};
use domain::show::Show;
use domain::text::Text;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

/// Layouts never change: a rebuilt hall is a new venue.
const LAYOUT_VERSION: u32 = 1;

/// Where the places of a show are. Coordinates count seats; the stage, screen or pitch is at 0, 0 and y grows away from it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LayoutView {
    /// Of which show.
    pub show_id: ShowId,
    /// Another layout would have another version.
    pub version: u32,
    /// Where everybody looks.
    pub focal_point: PointView,
    /// From the focal point outwards.
    pub sections: Vec<SectionPlanView>,
    /// What each price level costs.
    pub levels: Vec<LevelView>,
}

/// A point, in seats.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct PointView {
    /// To the right.
    pub x: f64,
    /// Away from the focal point.
    pub y: f64,
}

/// A section on the plan.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SectionPlanView {
    /// Which section.
    pub section: SectionCode,
    /// What people call it.
    pub name: Text<1, 80>,
    /// Whether people sit or stand.
    pub kind: SectionKind,
    /// What its places cost, by name.
    pub price_level: PriceLevel,
    /// How many places it has.
    pub capacity: u32,
    /// Its nearest left corner.
    pub x: f64,
    /// Its nearest left corner.
    pub y: f64,
    /// From left to right.
    pub width: u32,
    /// From front to back.
    pub depth: u32,
    /// Front to back; a standing area has one, `0`.
    pub rows: Vec<RowPlanView>,
}

/// A row on the plan.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RowPlanView {
    /// Which row.
    pub row: RowLabel,
    /// How many seats it has, numbered from 1.
    pub seats: u16,
    /// Its first seat; the others follow to the right, 1 apart.
    pub x: f64,
    /// How far back it is.
    pub y: f64,
}

/// What a price level costs.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct LevelView {
    /// By name.
    pub level: PriceLevel,
    /// Before fee and tax.
    pub price: Money,
}

impl LayoutView {
    /// The plan of a show in this layout.
    pub fn new(show: &Show, layout: &Layout) -> Self {
        let sections = layout.sections().iter().zip(plan(layout)).map(|(section, plan)| SectionPlanView {
            section: section.code.clone(),
            name: section.name.clone(),
            kind: kind_of(section),
            price_level: section.level.clone(),
            capacity: section.capacity(),
            x: plan.corner.x,
            y: plan.corner.y,
            width: plan.width,
            depth: plan.depth,
            rows: plan.rows.into_iter().map(|row| RowPlanView { row: row.row, seats: row.seats, x: row.first.x, y: row.first.y }).collect(),
        });
        Self {
            show_id: show.id.clone(),
            version: LAYOUT_VERSION,
            focal_point: PointView { x: 0.0, y: 0.0 },
            sections: sections.collect(),
            levels: show.prices.iter().map(|(level, price)| LevelView { level: level.clone(), price: price.clone() }).collect(),
        }
    }
}

/// Whether people sit or stand in a section.
pub fn kind_of(section: &Section) -> SectionKind {
    if section.is_standing() { SectionKind::Standing } else { SectionKind::Seated }
}

/// How every place of a show stands.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SeatMapView {
    /// Which show.
    pub show_id: ShowId,
    /// When the places were read.
    #[schema(value_type = String, format = DateTime)]
    pub as_of: Timestamp,
    /// The server's clock.
    #[schema(value_type = String, format = DateTime)]
    pub server_time: Timestamp,
    /// As in the layout.
    pub sections: Vec<SectionStatesView>,
}

/// How the places of a section stand.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SectionStatesView {
    /// Which section.
    pub section: SectionCode,
    /// Front to back.
    pub rows: Vec<RowStatesView>,
}

/// How the places of a row stand.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RowStatesView {
    /// Which row.
    pub row: RowLabel,
    /// The number of the first place.
    pub first: u16,
    /// One letter a place: `A`vailable, `H`eld, `B`ooked, `X` blocked.
    #[schema(pattern = "^[AHBX]*$", example = "AAHHBBAAX")]
    pub states: String,
}
