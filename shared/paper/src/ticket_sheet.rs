//! The ticket as a page: what is played, when, where, in which place, and the code that the door scans.

use crate::document::{Area, Document, Ink, PAGE_HEIGHT, PAGE_WIDTH, Page, Point, Role, Style, Width, millimetres};
use crate::face::Weight;
use domain::id::TicketId;
use domain::seat::{PriceLevel, RowLabel};
use domain::text::ZoneName;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use qrcode::QrCode;

/// The sheet is in English; what organizers wrote is in whatever they wrote it in.
const LANGUAGE: &str = "en";
const MARGIN: f32 = millimetres(18.0);
const RIGHT: f32 = PAGE_WIDTH - MARGIN;
const CONTENT: f32 = RIGHT - MARGIN;
/// Where the second column begins.
const MIDDLE: f32 = MARGIN + CONTENT * 0.52;
/// The code with its quiet zone: its modules alone are wider than 60 mm, so that a tired scanner reads a crumpled sheet.
const QR_SIDE: f32 = millimetres(76.0);
const FRAME_PADDING: f32 = 16.0;
/// The stub that shows the code.
const STUB: f32 = QR_SIDE + FRAME_PADDING;

/// What is printed on a ticket.
#[derive(Clone)]
pub struct TicketSheet<'a> {
    /// What is played.
    pub title: &'a str,
    /// When it begins.
    pub starts_at: Timestamp,
    /// Where the venue's clocks are.
    pub zone: &'a ZoneName,
    /// What people call the venue.
    pub venue_name: &'a str,
    /// Street and number.
    pub address: &'a str,
    /// Where it is.
    pub city: &'a str,
    /// What people call the section.
    pub section: &'a str,
    /// Where in it.
    pub place: Place<'a>,
    /// Which places cost as much.
    pub level: &'a PriceLevel,
    /// The number that people read to each other.
    pub booking_number: &'a str,
    /// Key.
    pub ticket: &'a TicketId,
    /// What the door scans.
    pub qr: &'a QrCode,
}

/// Where in a section.
#[derive(Debug, Clone)]
pub enum Place<'a> {
    /// On this chair.
    Seat {
        /// In which row.
        row: &'a RowLabel,
        /// Which one.
        number: u16,
    },
    /// Wherever there is room.
    Standing,
}

const LABEL: Style = Style { size: 8.5, weight: Weight::Regular, ink: Ink::Grey };
const NOTE: Style = Style { size: 10.0, weight: Weight::Regular, ink: Ink::Grey };
const BODY: Style = Style { size: 10.5, weight: Weight::Regular, ink: Ink::Black };
const STRONG: Style = Style { size: 14.0, weight: Weight::Bold, ink: Ink::Black };
const HUGE: Style = Style { size: 52.0, weight: Weight::Bold, ink: Ink::Black };

impl TicketSheet<'_> {
    /// The sheet as PDF: one page, the same bytes for the same ticket.
    pub fn to_pdf(&self) -> Vec<u8> {
        let mut document = Document::new(&format!("{} – {}", self.title, self.booking_number), LANGUAGE);
        let page = document.page();
        let y = self.head(page);
        let y = self.when_and_where(page, y);
        let y = self.stub(page, y);
        self.foot(page, y);
        document.into_pdf()
    }

    fn head(&self, page: &mut Page) -> f32 {
        page.fill(Area { left: MARGIN, top: MARGIN, width: CONTENT, height: 5.0 }, Ink::Accent);
        let y = MARGIN + 27.0;
        page.text(Point { x: MARGIN, y }, Style { ink: Ink::Accent, ..STRONG }, "Frontrow");
        page.text_right(Point { x: RIGHT, y }, NOTE, "Ticket · admits one");
        let (style, width) = title_style(self.title);
        let at = Point { x: MARGIN, y: y + 28.0 + style.size };
        page.paragraph(at, width, style, Role::Heading, self.title) - width.leading
    }

    fn when_and_where(&self, page: &mut Page, above: f32) -> f32 {
        let label = above + 34.0;
        let (date, time) = date_and_time(self.starts_at, self.zone);
        page.text(Point { x: MARGIN, y: label }, LABEL, "WHEN");
        let width = Width { width: MIDDLE - MARGIN - FRAME_PADDING, lines_max: 2, leading: 18.0 };
        let y = page.paragraph(Point { x: MARGIN, y: label + 19.0 }, width, STRONG, Role::Paragraph, &date);
        let when_ends = page.paragraph(Point { x: MARGIN, y }, width, STRONG, Role::Paragraph, &time);

        page.text(Point { x: MIDDLE, y: label }, LABEL, "WHERE");
        let width = Width { width: RIGHT - MIDDLE, lines_max: 2, leading: 18.0 };
        let y = page.paragraph(Point { x: MIDDLE, y: label + 19.0 }, width, STRONG, Role::Paragraph, self.venue_name);
        let width = Width { lines_max: 4, leading: 14.5, ..width };
        let y = page.paragraph(Point { x: MIDDLE, y }, width, BODY, Role::Paragraph, self.address);
        let width = Width { lines_max: 1, ..width };
        let where_ends = page.paragraph(Point { x: MIDDLE, y }, width, BODY, Role::Paragraph, self.city);
        when_ends.max(where_ends)
    }

    /// The framed part: the place on the left, the code on the right of the perforation.
    fn stub(&self, page: &mut Page, above: f32) -> f32 {
        let frame = Area { left: MARGIN, top: above + 6.0, width: CONTENT, height: QR_SIDE + 2.0 * FRAME_PADDING };
        let (bottom, tear) = (frame.top + frame.height, RIGHT - STUB - FRAME_PADDING);
        page.frame(frame, 10.0, 1.0, Ink::Pale);
        page.dashes(Point { x: tear, y: frame.top + 1.0 }, Point { x: tear, y: bottom - 1.0 }, 1.0, Ink::Pale);

        let left = MARGIN + FRAME_PADDING + 2.0;
        let room = tear - left - FRAME_PADDING;
        page.text(Point { x: left, y: frame.top + 28.0 }, LABEL, "SECTION");
        let section = Style { size: 20.0, ..STRONG };
        let width = Width { width: room, lines_max: 2, leading: 25.0 };
        page.paragraph(Point { x: left, y: frame.top + 52.0 }, width, section, Role::Paragraph, self.section);
        self.place(page, Point { x: left, y: frame.top + 108.0 }, room);
        page.text(Point { x: left, y: bottom - 40.0 }, LABEL, "PRICE LEVEL");
        page.text(Point { x: left, y: bottom - 21.0 }, STRONG, &self.level.as_str().replace('_', " "));

        let corner = Point { x: tear + FRAME_PADDING / 2.0, y: frame.top + FRAME_PADDING };
        page.qr(corner, QR_SIDE, self.qr, "The code that is scanned at the entrance");
        bottom
    }

    fn place(&self, page: &mut Page, at: Point, room: f32) {
        match self.place {
            Place::Seat { row, number } => {
                let (number, half) = (number.to_string(), room * 0.42);
                let seat = at.x + half + FRAME_PADDING;
                page.text(at, LABEL, "ROW");
                page.text(Point { y: at.y + 50.0, ..at }, HUGE.fitting(row.as_str(), half), row.as_str());
                page.text(Point { x: seat, ..at }, LABEL, "SEAT");
                page.text(Point { x: seat, y: at.y + 50.0 }, HUGE.fitting(&number, at.x + room - seat), &number);
            }
            Place::Standing => {
                page.text(at, LABEL, "PLACE");
                page.text(Point { y: at.y + 42.0, ..at }, Style { size: 44.0, ..HUGE }.fitting("Standing", room), "Standing");
                page.text(Point { y: at.y + 64.0, ..at }, NOTE, "Free choice of place within the section");
            }
        }
    }

    fn foot(&self, page: &mut Page, above: f32) {
        let y = above + 32.0;
        let width = Width { width: CONTENT, lines_max: 1, leading: 16.0 };
        let at_the_door = "At the entrance: show this code, on paper or on your phone. It lets one person in, once.";
        let y = page.paragraph(Point { x: MARGIN, y }, width, Style { size: 11.0, ..BODY }, Role::Paragraph, at_the_door);
        page.text(Point { x: MARGIN, y }, NOTE, "Whoever has the code can use it: keep it to yourself.");

        let y = PAGE_HEIGHT - MARGIN - 36.0;
        page.fill(Area { left: MARGIN, top: y, width: CONTENT, height: 0.75 }, Ink::Pale);
        page.text(Point { x: MARGIN, y: y + 17.0 }, LABEL, "BOOKING");
        page.text(Point { x: MARGIN, y: y + 34.0 }, STRONG, self.booking_number);
        page.text(Point { x: MIDDLE, y: y + 17.0 }, LABEL, "TICKET");
        page.text(Point { x: MIDDLE, y: y + 34.0 }, BODY, self.ticket.as_str());
    }
}

/// Large if it fits in two lines, smaller if it needs more.
fn title_style(title: &str) -> (Style, Width) {
    let large = Style { size: 32.0, weight: Weight::Bold, ink: Ink::Black };
    if large.line_count(title, CONTENT) <= 2 {
        (large, Width { width: CONTENT, lines_max: 2, leading: 40.0 })
    } else {
        (Style { size: 23.0, ..large }, Width { width: CONTENT, lines_max: 5, leading: 30.0 })
    }
}

/// As the clocks at the venue show it, and by how much they differ from everybody's: `19:30 IST (UTC+05:30)`.
fn date_and_time(at: Timestamp, zone: &ZoneName) -> (String, String) {
    let local: Zoned = at.to_zoned(TimeZone::get(zone.as_str()).unwrap_or(TimeZone::UTC));
    let date = local.strftime("%A, %-d %B %Y").to_string();
    // Zones without an abbreviation have their offset in its place.
    let abbreviation = local.strftime("%Z").to_string();
    let named = abbreviation.bytes().all(|b| b.is_ascii_alphabetic());
    let time = if named { local.strftime("%H:%M %Z (UTC%:z)") } else { local.strftime("%H:%M (UTC%:z)") };
    (date, time.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_modules_of_a_code_are_at_least_sixty_millimetres_wide_together() {
        let code = QrCode::new("F".repeat(200)).unwrap();
        let modules = Page::default().qr(Point { x: 0.0, y: 0.0 }, QR_SIDE, &code, "A code");
        assert!(modules.width >= millimetres(60.0) && modules.left > 0.0);
    }

    #[test]
    fn a_venue_without_a_zone_abbreviation_has_its_offset_once() {
        let at: Timestamp = "2026-06-21T14:00:00Z".parse().unwrap();
        let time = |zone: &str| date_and_time(at, &zone.parse().unwrap());
        assert_eq!(time("Asia/Kolkata"), ("Sunday, 21 June 2026".to_owned(), "19:30 IST (UTC+05:30)".to_owned()));
        assert_eq!(time("Asia/Dubai").1, "18:00 (UTC+04:00)");
        assert_eq!(time("Pacific/Kiritimati").0, "Monday, 22 June 2026");
    }
}
