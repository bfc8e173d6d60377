//! What is printed: pages of text, areas and QR codes as PDF, and the sheets that are made of them.
//!
//! The only crate that names `krilla`. Pure: the same values give the same bytes, and no text breaks a page.

mod amount;
mod document;
mod face;
mod invoice_sheet;
mod line;
mod printable;
mod ticket_sheet;
mod wrap;

pub use document::{Area, Document, Ink, PAGE_HEIGHT, PAGE_WIDTH, Page, Point, Role, Style, Width, millimetres};
pub use face::Weight;
pub use invoice_sheet::invoice_pdf;
pub use ticket_sheet::{Place, TicketSheet};
