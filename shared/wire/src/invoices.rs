//! Invoices and credit notes.

use domain::invoice::Document;
use serde::Serialize;
use utoipa::ToSchema;

/// The documents of one booking.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DocumentList {
    /// The invoice, then credit notes by number; none until the booking is paid and the invoice is written, seconds later.
    pub items: Vec<Document>,
}

/// One page of an organization's documents.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DocumentPage {
    /// By number.
    pub items: Vec<Document>,
    /// Where the next page begins.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// Pages to print: a document as PDF. Only described: its bytes are no JSON.
#[derive(ToSchema)]
#[schema(value_type = String, format = Binary)]
pub struct DocumentPdf(#[expect(dead_code, reason = "stands in the description only")] Vec<u8>);
