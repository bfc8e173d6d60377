//! `GET /v1/bookings/{bookingId}/invoices/{documentId}/pdf`: an invoice or credit note as pages to print.

use api::{App, Problem, Reply, Request};
use domain::id::{BookingId, DocumentId};
use wire::{DocumentPdf, ProblemView};

/// Prints a document for the booking's owner.
#[utoipa::path(
    get, path = "/v1/bookings/{bookingId}/invoices/{documentId}/pdf", operation_id = "invoices-get-pdf", tag = "invoices",
    summary = "An invoice or credit note to print",
    description = "The document as it was issued, the same bytes every time.",
    params(("bookingId" = BookingId, Path), ("documentId" = DocumentId, Path)),
    responses(
        (status = 200, content_type = "application/pdf", body = DocumentPdf), (status = 401, body = ProblemView),
        (status = 404, body = ProblemView),
    ),
    security(("cognito" = []))
)]
pub async fn handle(app: &App, request: Request) -> Result<Reply, Problem> {
    let caller = request.caller()?;
    let booking_id: BookingId = request.path("bookingId")?;
    let document_id: DocumentId = request.path("documentId")?;

    let booking = app.store.booking_of(&caller.user, &booking_id).await?.ok_or_else(Problem::not_found)?;
    let documents = app.store.documents_of(&booking.payment).await?;
    let wanted = documents.into_iter().find(|document| document.content.document_id == document_id);
    let document = wanted.ok_or_else(Problem::not_found)?;
    let file = format!("inline; filename=\"{}.pdf\"", document.number.file_stem());

    let reply = Reply::bytes("application/pdf", paper::invoice_pdf(&document));
    Ok(reply.header("content-disposition", file).cached("private, no-store"))
}
