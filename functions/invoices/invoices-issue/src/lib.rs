//! Works through the invoices queue: issues a booking's invoice, and a credit note for everything that was taken back of it.

use api::{App, Error};
use domain::booking::Booking;
use domain::invoice::{Document, DocumentContent, DocumentKind, Sale};
use domain::ledger::{Posting, PostingKind};
use domain::organization::Organization;
use queues::InvoiceMessage;

/// One document per posting, decided by what lies in the books: a repeated message changes nothing.
pub async fn handle(app: &App, message: InvoiceMessage) -> Result<(), Error> {
    let InvoiceMessage::BookingMoved { user, booking } = message;
    let Some(booking) = app.store.booking_of(&user, &booking).await? else { return Ok(()) };
    let mut postings = app.store.postings_of(&booking.payment).await?;
    let Some(sold) = postings.iter().position(|posting| posting.kind == PostingKind::Sold) else { return Ok(()) };
    let sold = postings.swap_remove(sold);
    postings.retain(|posting| posting.kind == PostingKind::Returned);
    postings.sort_by(|a, b| (a.at, &a.name).cmp(&(b.at, &b.name)));

    let organization = app.store.organization(&booking.organization).await?.ok_or("an organization that sells is not there")?;
    let mut documents = app.store.documents_of(&booking.payment).await?;
    let invoice = match documents.iter().position(|document| document.content.kind == DocumentKind::Invoice) {
        Some(issued) => documents.swap_remove(issued),
        None => issue_invoice(app, &booking, &organization, &sold).await?,
    };
    issue_credit_notes(app, &organization, &invoice, documents, &postings).await
}

async fn issue_invoice(app: &App, booking: &Booking, organization: &Organization, sold: &Posting) -> Result<Document, Error> {
    let show = app.store.show(&booking.show, app.clock.now()).await?.ok_or("a show that was sold is not there")?;
    let venue = app.store.venue(&show.venue).await?.ok_or("a venue that was sold is not there")?;
    let buyer = app.store.profile(&booking.user).await?;
    let held = venue.region.as_ref();
    let sale = Sale { posting: sold, booking, show: &show, held, organization, buyer: buyer.as_ref() };
    Ok(app.store.issue_document(&DocumentContent::invoice(&sale)?, &organization.invoice_prefix).await?)
}

/// Those that are missing, in the order in which things were taken back; `issued` were before.
async fn issue_credit_notes(
    app: &App,
    organization: &Organization,
    invoice: &Document,
    mut issued: Vec<Document>,
    returned: &[Posting],
) -> Result<(), Error> {
    for posting in returned {
        if issued.iter().any(|note| note.content.posting == posting.name) {
            continue;
        }
        let before = issued.iter().map(|note| note.content.tax()).sum();
        let content = DocumentContent::credit_note(invoice, posting, before)?;
        issued.push(app.store.issue_document(&content, &organization.invoice_prefix).await?);
    }
    Ok(())
}
