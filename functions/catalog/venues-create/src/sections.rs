//! From the sections of a body to a layout, every complaint with its place.

use api::Problem;
use domain::layout::{Layout, LayoutError, Places, Section};
use wire::{SectionBody, SectionKind};

/// The layout that these sections make.
pub(crate) fn layout(bodies: Vec<SectionBody>) -> Result<Layout, Problem> {
    let sections = bodies.into_iter().enumerate().map(|(index, body)| section(index, body)).collect::<Result<_, _>>()?;
    Layout::new(sections).map_err(|error| Problem::invalid(pointer(&error), error))
}

fn section(index: usize, body: SectionBody) -> Result<Section, Problem> {
    let refuse = |member: &str, detail: &str| Err(Problem::invalid(format!("/sections/{index}/{member}"), detail));
    let places = match (body.kind, body.rows, body.capacity) {
        (SectionKind::Seated, Some(rows), None) => Places::Seated(rows),
        (SectionKind::Standing, None, Some(capacity)) => Places::Standing(capacity),
        (SectionKind::Seated, None, _) => return refuse("rows", "a seated section has rows"),
        (SectionKind::Seated, Some(_), Some(_)) => return refuse("capacity", "a seated section has the capacity of its rows"),
        (SectionKind::Standing, Some(_), _) => return refuse("rows", "a standing section has no rows"),
        (SectionKind::Standing, None, None) => return refuse("capacity", "a standing section has a capacity"),
    };
    Ok(Section { code: body.code, name: body.name, places, level: body.price_level })
}

fn pointer(error: &LayoutError) -> String {
    let member = match error {
        LayoutError::SectionCount | LayoutError::TooManyPlaces => return "/sections".to_owned(),
        LayoutError::DuplicateSection(..) => "code",
        LayoutError::RowCount(_) | LayoutError::DuplicateRow(..) | LayoutError::RowSeats(..) => "rows",
        LayoutError::Capacity(_) => "capacity",
    };
    format!("/sections/{}/{member}", error.section_index().unwrap_or_default())
}
