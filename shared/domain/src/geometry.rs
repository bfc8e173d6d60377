//! Where places are drawn when nobody drew the venue: a plain plan that is the same for everybody.
//!
//! Coordinates count seats: neighbours are 1 apart, rows 1. The focal point (stage, screen, pitch) is at 0, 0; x grows to
//! the right of who looks at it from above, y away from it. Sections fill bands from the focal point outwards, in the
//! layout's order, side by side while the band is wide enough.

use crate::layout::{Layout, Section};
use crate::seat::RowLabel;

/// Between two bands, and between two sections of a band.
const GAP: u32 = 2;
/// A band is at most this many hundredths of the square root of the venue's places wide, or as its widest section.
const BAND_WIDTH_PERCENT: u32 = 180;

/// A point, in seats.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// To the right.
    pub x: f64,
    /// Away from the focal point.
    pub y: f64,
}

/// One row on the plan.
#[derive(Debug, Clone, PartialEq)]
pub struct RowPlan {
    /// Which row.
    pub row: RowLabel,
    /// How many places it has.
    pub seats: u16,
    /// Its first place; the others follow to the right. Of a standing area: its nearest left corner.
    pub first: Point,
}

/// One section on the plan.
#[derive(Debug, Clone, PartialEq)]
pub struct SectionPlan {
    /// Its nearest left corner.
    pub corner: Point,
    /// From left to right.
    pub width: u32,
    /// From front to back.
    pub depth: u32,
    /// Front to back.
    pub rows: Vec<RowPlan>,
}

/// Draws the sections, in the layout's order.
pub fn plan(layout: &Layout) -> Vec<SectionPlan> {
    let sizes: Vec<(u32, u32)> = layout.sections().iter().map(size).collect();
    let widest = sizes.iter().map(|(width, _)| *width).max().unwrap_or(0);
    let band_width = widest.max(layout.capacity().isqrt() * BAND_WIDTH_PERCENT / 100);

    let mut plans = Vec::with_capacity(sizes.len());
    let (mut begin, mut y) = (0, GAP);
    while begin < sizes.len() {
        let (end, width) = band(&sizes, begin, band_width);
        let depth = sizes[begin..end].iter().map(|(_, depth)| *depth).max().unwrap_or(0);
        let mut x = -f64::from(width) / 2.0;
        for (section, size) in layout.sections()[begin..end].iter().zip(&sizes[begin..end]) {
            plans.push(draw(section, *size, Point { x, y: f64::from(y) }));
            x += f64::from(size.0 + GAP);
        }
        y += depth + GAP;
        begin = end;
    }
    plans
}

/// How far the band that begins here reaches, and how wide it gets.
fn band(sizes: &[(u32, u32)], begin: usize, width_max: u32) -> (usize, u32) {
    let mut width = sizes[begin].0;
    let mut end = begin + 1;
    while end < sizes.len() && width + GAP + sizes[end].0 <= width_max {
        width += GAP + sizes[end].0;
        end += 1;
    }
    (end, width)
}

/// Width and depth of a section. A standing area is a rectangle twice as wide as deep.
fn size(section: &Section) -> (u32, u32) {
    let rows = section.rows();
    if section.is_standing() {
        let depth = (section.capacity() / 2).isqrt().max(1);
        return (section.capacity().div_ceil(depth), depth);
    }
    let width = rows.iter().map(|(_, seats)| u32::from(*seats)).max().unwrap_or(0);
    (width, u32::try_from(rows.len()).unwrap_or(u32::MAX))
}

fn draw(section: &Section, (width, depth): (u32, u32), corner: Point) -> SectionPlan {
    let centre = corner.x + f64::from(width) / 2.0;
    let rows = section.rows().into_iter().zip(0u16..).map(|((row, seats), index)| {
        let x = if section.is_standing() { corner.x } else { centre - f64::from(seats) / 2.0 };
        RowPlan { row, seats, first: Point { x, y: corner.y + f64::from(index) } }
    });
    SectionPlan { corner, width, depth, rows: rows.collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::Places;
    use crate::layout::tests::seated;

    #[test]
    fn sections_stand_one_behind_the_other_and_rows_are_centred() {
        let layout = Layout::new(vec![seated("STALLS", &[("A", 10), ("B", 12)], "X"), seated("CIRCLE", &[("A", 14)], "Y")]).unwrap();
        let plans = plan(&layout);
        assert_eq!(plans[0].corner, Point { x: -6.0, y: 2.0 });
        assert_eq!(plans[0].rows[0].first, Point { x: -5.0, y: 2.0 });
        assert_eq!(plans[0].rows[1].first, Point { x: -6.0, y: 3.0 });
        assert_eq!(plans[1].corner, Point { x: -7.0, y: 6.0 });
    }

    #[test]
    fn sections_never_overlap() {
        let mut sections: Vec<Section> = (0..40).map(|i| seated(&format!("S{i}"), &[("A", 30 + i), ("B", 20), ("C", 35)], "X")).collect();
        sections[7].places = Places::Standing(700);
        let plans = plan(&Layout::new(sections).unwrap());
        for (i, a) in plans.iter().enumerate() {
            for b in &plans[i + 1..] {
                let beside = a.corner.x + f64::from(a.width) <= b.corner.x || b.corner.x + f64::from(b.width) <= a.corner.x;
                let behind = a.corner.y + f64::from(a.depth) <= b.corner.y || b.corner.y + f64::from(b.depth) <= a.corner.y;
                assert!(beside || behind, "{a:?} {b:?}");
            }
        }
    }
}
