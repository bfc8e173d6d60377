//! The invoice or credit note as pages: who sold what to whom, what it is made of, and the tax on it.

use crate::amount::{amount, percent, signed_amount};
use crate::document::{Area, Document, Ink, PAGE_HEIGHT, PAGE_WIDTH, Page, Point, Role, Style, Width, millimetres};
use crate::face::Weight;
use domain::invoice::{self, DocumentContent, DocumentKind, DocumentLine, DocumentLineKind};
use domain::region::RegionCode;
use jiff::tz::TimeZone;

/// The sheet is in English; what organizers and buyers wrote is in whatever they wrote it in.
const LANGUAGE: &str = "en";
const MARGIN: f32 = millimetres(18.0);
const RIGHT: f32 = PAGE_WIDTH - MARGIN;
const CONTENT: f32 = RIGHT - MARGIN;
/// Where the second column begins.
const MIDDLE: f32 = MARGIN + CONTENT * 0.55;
const COLUMN_GAP: f32 = 16.0;
/// Where the columns of numbers end.
const QUANTITY_ENDS: f32 = MARGIN + CONTENT * 0.58;
const PRICE_ENDS: f32 = MARGIN + CONTENT * 0.79;
const ROW: f32 = 20.0;
/// No row stands below it; the foot does.
const LAST_BASELINE: f32 = PAGE_HEIGHT - MARGIN - 44.0;
const FOOT_BASELINE: f32 = PAGE_HEIGHT - MARGIN;

const LABEL: Style = Style { size: 8.5, weight: Weight::Regular, ink: Ink::Grey };
const NOTE: Style = Style { size: 9.0, weight: Weight::Regular, ink: Ink::Grey };
const BODY: Style = Style { size: 10.0, weight: Weight::Regular, ink: Ink::Black };
const STRONG: Style = Style { size: 10.5, weight: Weight::Bold, ink: Ink::Black };
const TITLE: Style = Style { size: 22.0, weight: Weight::Bold, ink: Ink::Black };
const TOTAL: Style = Style { size: 13.0, weight: Weight::Bold, ink: Ink::Black };

/// The document as PDF: A4, as many pages as it takes, the same bytes for the same document.
pub fn invoice_pdf(invoice: &invoice::Document) -> Vec<u8> {
    let title = format!("{} {}", title_of(&invoice.content), invoice.number);
    let mut sheet = Sheet { invoice, pages: Document::new(&title, LANGUAGE), y: 0.0 };
    sheet.head();
    sheet.parties();
    sheet.event();
    sheet.table();
    sheet.sums();
    sheet.notes();
    sheet.feet();
    sheet.pages.into_pdf()
}

/// What a document calls itself: only who is registered issues tax invoices (CGST Act 2017, sections 31 and 34).
fn title_of(content: &DocumentContent) -> &'static str {
    match (content.kind, &content.seller.registration) {
        (DocumentKind::Invoice, Some(_)) if !content.taxes.is_empty() => "Tax invoice",
        (DocumentKind::Invoice, Some(_) | None) => "Invoice",
        (DocumentKind::CreditNote, Some(_) | None) => "Credit note",
    }
}

/// The pages so far, and the last baseline that was written on.
struct Sheet<'a> {
    invoice: &'a invoice::Document,
    pages: Document,
    y: f32,
}

impl Sheet<'_> {
    fn content(&self) -> &DocumentContent {
        &self.invoice.content
    }

    fn page(&mut self) -> &mut Page {
        self.pages.last_page()
    }

    fn head(&mut self) {
        let title = title_of(self.content());
        let number = self.invoice.number.to_string();
        let date = self.content().date.strftime("%-d %B %Y").to_string();
        let corrects =
            self.content().corrects.as_ref().map(|invoice| (invoice.number.to_string(), invoice.date.strftime("%-d %B %Y").to_string()));
        let page = self.pages.page();
        page.fill(Area { left: MARGIN, top: MARGIN, width: CONTENT, height: 4.0 }, Ink::Accent);
        let y = MARGIN + 36.0;
        let width = Width { width: MIDDLE - MARGIN, lines_max: 1, leading: 24.0 };
        page.paragraph(Point { x: MARGIN, y }, width, TITLE, Role::Heading, title);
        let mut facts = vec![("NUMBER", number), ("DATE", date)];
        if let Some((number, date)) = corrects {
            facts.extend([("FOR INVOICE", number), ("OF", date)]);
        }
        self.y = y - 12.0;
        for (label, value) in facts {
            self.y += 16.0;
            let y = self.y;
            let page = self.page();
            page.text(Point { x: MIDDLE, y }, LABEL, label);
            page.text_right(Point { x: RIGHT, y }, STRONG, &value);
        }
    }

    /// Who sold on the left, who bought on the right.
    fn parties(&mut self) {
        let top = self.y + 34.0;
        let seller = seller_lines(self.content());
        let buyer = self.content().buyer.clone();
        let place = self.content().place_of_supply.as_ref().map(region_line);
        let booking = self.content().booking_id.number();
        let left = Width { width: MIDDLE - MARGIN - COLUMN_GAP, lines_max: 3, leading: 13.5 };
        let right = Width { width: RIGHT - MIDDLE, ..left };
        let page = self.page();
        page.text(Point { x: MARGIN, y: top }, LABEL, "SOLD BY");
        let mut y = top + 16.0;
        for (i, line) in seller.iter().enumerate() {
            let style = if i == 0 { STRONG } else { BODY };
            y = page.paragraph(Point { x: MARGIN, y }, Width { lines_max: 5, ..left }, style, Role::Paragraph, line);
        }
        page.text(Point { x: MIDDLE, y: top }, LABEL, "SOLD TO");
        let mut beside = top + 16.0;
        if let Some(buyer) = buyer {
            beside = page.paragraph(Point { x: MIDDLE, y: beside }, right, STRONG, Role::Paragraph, buyer.name.as_str());
            beside = page.paragraph(Point { x: MIDDLE, y: beside }, right, BODY, Role::Paragraph, buyer.email.as_str());
        }
        beside = page.paragraph(Point { x: MIDDLE, y: beside }, right, BODY, Role::Paragraph, &format!("Booking {booking}"));
        if let Some(place) = place {
            page.text(Point { x: MIDDLE, y: beside + 8.0 }, LABEL, "PLACE OF SUPPLY");
            beside = page.paragraph(Point { x: MIDDLE, y: beside + 23.0 }, right, BODY, Role::Paragraph, &place);
        }
        self.y = y.max(beside);
    }

    /// What the places are for.
    fn event(&mut self) {
        let content = self.content();
        let zone = TimeZone::get(content.time_zone.as_str()).unwrap_or(TimeZone::UTC);
        let starts = content.starts_at.to_zoned(zone).strftime("%A, %-d %B %Y, %H:%M").to_string();
        let place = format!("{}, {}", content.venue_name, content.city);
        let (title, label) = (content.title.to_string(), self.y + 16.0);
        let width = Width { width: CONTENT, lines_max: 2, leading: 14.0 };
        let page = self.page();
        page.text(Point { x: MARGIN, y: label }, LABEL, "ADMISSION TO");
        let y = page.paragraph(Point { x: MARGIN, y: label + 16.0 }, Width { lines_max: 4, ..width }, STRONG, Role::Paragraph, &title);
        let y = page.paragraph(Point { x: MARGIN, y }, width, BODY, Role::Paragraph, &place);
        self.y = page.paragraph(Point { x: MARGIN, y }, width, BODY, Role::Paragraph, &starts);
    }

    fn table(&mut self) {
        self.y += 20.0;
        self.table_head();
        for line in self.invoice.content.lines.clone() {
            self.row();
            self.line(&line);
        }
    }

    fn table_head(&mut self) {
        let y = self.y;
        let code = self.content().service_code.as_ref().map(|code| format!(" (SAC {code})")).unwrap_or_default();
        let page = self.page();
        page.text(Point { x: MARGIN, y }, LABEL, &format!("DESCRIPTION{code}"));
        page.text_right(Point { x: QUANTITY_ENDS, y }, LABEL, "QUANTITY");
        page.text_right(Point { x: PRICE_ENDS, y }, LABEL, "PRICE");
        page.text_right(Point { x: RIGHT, y }, LABEL, "AMOUNT");
        page.fill(Area { left: MARGIN, top: y + 6.0, width: CONTENT, height: 0.75 }, Ink::Pale);
    }

    fn line(&mut self, line: &DocumentLine) {
        let (y, kind) = (self.y, self.content().kind);
        let description = match (line.kind, &line.price_level, kind) {
            (DocumentLineKind::Places, Some(level), _) => format!("Places · {}", level.as_str().replace('_', " ")),
            (DocumentLineKind::Places, None, DocumentKind::CreditNote) => "Places, taken back".to_owned(),
            (DocumentLineKind::Places, None, DocumentKind::Invoice) => "Places".to_owned(),
            (DocumentLineKind::Fee, _, DocumentKind::CreditNote) => "Booking fee, taken back".to_owned(),
            (DocumentLineKind::Fee, _, DocumentKind::Invoice) => "Booking fee".to_owned(),
            (DocumentLineKind::Discount, _, _) => "Discount".to_owned(),
        };
        let sum = match line.kind {
            DocumentLineKind::Places | DocumentLineKind::Fee => amount(&line.amount),
            DocumentLineKind::Discount => signed_amount(-line.amount.amount, &line.amount.currency),
        };
        let page = self.page();
        page.text(Point { x: MARGIN, y }, BODY, &description);
        if let Some(quantity) = line.quantity {
            page.text_right(Point { x: QUANTITY_ENDS, y }, BODY, &quantity.to_string());
        }
        if let Some(price) = &line.unit_price {
            page.text_right(Point { x: PRICE_ENDS, y }, BODY, &amount(price));
        }
        page.text_right(Point { x: RIGHT, y }, BODY, &sum);
    }

    fn sums(&mut self) {
        let content = self.content().clone();
        let rule = self.y + 8.0;
        self.page().fill(Area { left: MARGIN, top: rule, width: CONTENT, height: 0.75 }, Ink::Pale);
        self.y = rule;
        self.sum(BODY, "Before tax", &amount(&content.taxable));
        for tax in &content.taxes {
            self.sum(BODY, &format!("{} {}", tax.label, percent(tax.rate)), &amount(&tax.amount));
        }
        let label = match content.kind {
            DocumentKind::Invoice => "Total",
            DocumentKind::CreditNote => "Credited in all",
        };
        self.y += 4.0;
        self.sum(TOTAL, label, &amount(&content.total));
    }

    fn sum(&mut self, style: Style, label: &str, value: &str) {
        self.row();
        let y = self.y;
        let page = self.page();
        let room = RIGHT - MIDDLE - COLUMN_GAP - style.width_of(value);
        page.text(Point { x: MIDDLE, y }, style.fitting(label, room), label);
        page.text_right(Point { x: RIGHT, y }, style, value);
    }

    fn notes(&mut self) {
        let mut notes = vec!["Issued electronically; no signature is needed."];
        if self.content().service_code.is_some() {
            notes.insert(0, "Tax is not payable on reverse charge.");
        }
        self.y += 16.0;
        for note in notes {
            self.row();
            let y = self.y;
            self.page().text(Point { x: MARGIN, y }, NOTE, note);
        }
    }

    /// Goes on to the next row, on a further page if this one is full.
    fn row(&mut self) {
        self.y += ROW;
        if self.y > LAST_BASELINE {
            self.pages.page();
            self.y = MARGIN + 24.0;
            self.table_head();
            self.y += ROW;
        }
    }

    /// Which page of which document, on every one.
    fn feet(&mut self) {
        let foot = format!("{} {}", title_of(self.content()), self.invoice.number);
        let pages = self.pages.pages();
        let count = pages.len();
        for (i, page) in pages.iter_mut().enumerate() {
            page.fill(Area { left: MARGIN, top: FOOT_BASELINE - 16.0, width: CONTENT, height: 0.75 }, Ink::Pale);
            page.text(Point { x: MARGIN, y: FOOT_BASELINE }, NOTE, &foot);
            page.text_right(Point { x: RIGHT, y: FOOT_BASELINE }, NOTE, &format!("Page {} of {count}", i + 1));
        }
    }
}

fn seller_lines(content: &DocumentContent) -> Vec<String> {
    let seller = &content.seller;
    let name = seller.name.to_string();
    let address = seller.address.as_ref().map(ToString::to_string);
    let region = seller.region.as_ref().map(region_line);
    let label = if content.service_code.is_some() { "GSTIN" } else { "Tax number" };
    let registration = seller.registration.as_ref().map(|number| format!("{label} {number}"));
    [Some(name), address, region, registration].into_iter().flatten().collect()
}

/// A region by its name, in India with the code that accountants know it by.
fn region_line(region: &RegionCode) -> String {
    region.state().map_or_else(|| region.to_string(), |state| format!("{} (state code {})", state.name, state.gst))
}
