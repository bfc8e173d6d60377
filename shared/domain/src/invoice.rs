//! Documents: the invoice that a sale leads to, and the credit note for each part of it that is taken back.
//!
//! A document says what one posting moved, to the last coin, in the words that the law asks for (Rule 46 CGST Rules 2017 for
//! invoices, Rule 53 for credit notes). What it says is decided here; its number is given when it is written.

mod amounts;
mod number;

pub use number::{DocumentKind, DocumentNumber, FinancialYear, SERIAL_DIGITS, YearScheme};

use crate::booking::Booking;
use crate::id::{BookingId, DocumentId, OrganizationId, PaymentId, ShowId};
use crate::ledger::{Posting, PostingKind};
use crate::money::{BasisPoints, Money, MoneyError};
use crate::organization::{InvoicePrefix, Organization};
use crate::region::RegionCode;
use crate::seat::PriceLevel;
use crate::show::Show;
use crate::tax::{Tax, even_parts};
use crate::text::{Email, Text, ZoneName};
use crate::user::Profile;
use amounts::{Amounts, returned_lines, sold_lines, tax_parts};
use jiff::civil::Date;
use jiff::{Timestamp, tz::TimeZone};

/// India's code of what is sold: recreational, cultural and sporting services, of which admission is one (scheme of classification
/// of services, annexure to notification 11/2017-Central Tax (Rate), heading 9996; four digits do up to a turnover of five crore rupees,
/// notification 78/2020-Central Tax). The booking fee goes with the admission: a composite supply (CGST Act 2017, section 8).
pub const SERVICE_CODE: &str = "9996";

/// Who sells, as it was when the document was issued.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DocumentSeller {
    /// Key.
    pub organization_id: OrganizationId,
    /// What the law calls it.
    pub name: Text<1, 200>,
    /// Where it is registered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<Text<1, 300>>,
    /// In which region that is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<RegionCode>,
    /// Under which number it collects tax: a GSTIN in India.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registration: Option<Text<1, 30>>,
}

/// Who bought.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DocumentBuyer {
    /// What to call them.
    pub name: Text<1, 100>,
    /// Their address.
    pub email: Email,
}

/// What a line is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum DocumentLineKind {
    /// Places; on an invoice those of one price level.
    Places,
    /// What a coupon took away.
    Discount,
    /// The booking fee.
    Fee,
}

/// One line, before tax.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DocumentLine {
    /// What it is about.
    pub kind: DocumentLineKind,
    /// Places of which price level.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub price_level: Option<PriceLevel>,
    /// How many.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quantity: Option<u32>,
    /// What one costs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit_price: Option<Money>,
    /// How much; a discount is taken off, everything else is added.
    pub amount: Money,
}

impl DocumentLine {
    /// What it adds to the sum.
    fn signed(&self) -> i64 {
        match self.kind {
            DocumentLineKind::Places | DocumentLineKind::Fee => self.amount.amount,
            DocumentLineKind::Discount => -self.amount.amount,
        }
    }
}

/// A part of the tax.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TaxPart {
    /// Its name, as `CGST`.
    pub label: Text<1, 20>,
    /// In hundredths of a percent.
    #[schema(value_type = u32)]
    pub rate: BasisPoints,
    /// How much.
    pub amount: Money,
}

/// The invoice that a credit note corrects.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CorrectedInvoice {
    /// Key.
    pub document_id: DocumentId,
    /// Its number.
    pub number: DocumentNumber,
    /// Its date.
    #[schema(value_type = String, format = Date)]
    pub date: Date,
}

/// Everything that a document says but its number.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DocumentContent {
    /// Key.
    pub document_id: DocumentId,
    /// Invoice or credit note.
    pub kind: DocumentKind,
    /// In which year's series.
    pub financial_year: FinancialYear,
    /// When it was sold or taken back, by the venue's clocks.
    #[schema(value_type = String, format = Date)]
    pub date: Date,
    /// Of which booking.
    pub booking_id: BookingId,
    /// Of which payment.
    pub payment_id: PaymentId,
    /// Which of the payment's postings it documents.
    pub posting: String,
    /// Of which show.
    pub show_id: ShowId,
    /// What is played.
    pub title: Text<1, 200>,
    /// When it begins.
    #[schema(value_type = String, format = DateTime)]
    pub starts_at: Timestamp,
    /// The venue's name.
    pub venue_name: Text<1, 120>,
    /// The venue's city.
    pub city: Text<1, 80>,
    /// Where the venue's clocks are.
    pub time_zone: ZoneName,
    /// Who sells.
    pub seller: DocumentSeller,
    /// Who bought.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub buyer: Option<DocumentBuyer>,
    /// Where the event is held, as far as tax is concerned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place_of_supply: Option<RegionCode>,
    /// What India's law calls what is sold.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service_code: Option<String>,
    /// What it is made of, before tax.
    pub lines: Vec<DocumentLine>,
    /// The sum of the lines.
    pub taxable: Money,
    /// What is added to it for the state.
    pub taxes: Vec<TaxPart>,
    /// All of it.
    pub total: Money,
    /// Of a credit note: the invoice that it corrects.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub corrects: Option<CorrectedInvoice>,
}

/// An invoice or credit note. It never changes.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
pub struct Document {
    /// What people call it; no other of its organization has it.
    pub number: DocumentNumber,
    /// Its place in its series, from 1, without gaps.
    pub serial: u32,
    /// What it says.
    #[serde(flatten)]
    pub content: DocumentContent,
}

/// A sale with everything that its invoice tells of.
#[derive(Debug, Clone, Copy)]
pub struct Sale<'a> {
    /// The posting of it.
    pub posting: &'a Posting,
    /// What was bought.
    pub booking: &'a Booking,
    /// Of which show.
    pub show: &'a Show,
    /// In which region that is held.
    pub held: Option<&'a RegionCode>,
    /// Who sells.
    pub organization: &'a Organization,
    /// Who bought.
    pub buyer: Option<&'a Profile>,
}

/// Why a posting leads to no document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DocumentError {
    /// It is about something else than a sale or what is taken back of it.
    #[error("a {0:?} posting leads to no such document")]
    WrongPosting(PostingKind),
    /// The booking, or the invoice, says something else than the posting.
    #[error("the lines do not add up to the posting")]
    DoesNotAddUp,
    /// A sum is out of range.
    #[error(transparent)]
    Money(#[from] MoneyError),
    /// The zone of a venue is not known any more.
    #[error("there is no time zone {0}")]
    UnknownZone(ZoneName),
}

impl DocumentContent {
    /// The invoice of a sale.
    pub fn invoice(sale: &Sale<'_>) -> Result<Self, DocumentError> {
        let Sale { posting, booking, show, held, organization, buyer } = *sale;
        if posting.kind != PostingKind::Sold {
            return Err(DocumentError::WrongPosting(posting.kind));
        }
        let date = local_date(posting.at, &show.zone)?;
        let parts = organization.tax.parts(show.charges.tax_rate, organization.region.as_ref(), held);
        let amounts = Amounts::of(posting, -1)?;
        let shares = even_parts(amounts.tax.amount, parts.len());
        let content = Self {
            document_id: posting.payment.document_id(&posting.name),
            kind: DocumentKind::Invoice,
            financial_year: FinancialYear::of(date, year_scheme(&organization.tax)),
            date,
            booking_id: booking.id.clone(),
            payment_id: posting.payment.clone(),
            posting: posting.name.clone(),
            show_id: show.id.clone(),
            title: show.title.clone(),
            starts_at: show.starts_at,
            venue_name: show.venue_name.clone(),
            city: show.city.clone(),
            time_zone: show.zone.clone(),
            seller: seller_of(organization),
            buyer: buyer.map(|buyer| DocumentBuyer { name: buyer.name.clone(), email: buyer.email.clone() }),
            place_of_supply: held.or(organization.region.as_ref()).cloned(),
            service_code: service_code(&organization.tax),
            lines: sold_lines(booking)?,
            taxable: amounts.taxable()?,
            taxes: tax_parts(parts, &amounts.tax.currency, &shares),
            total: amounts.total()?,
            corrects: None,
        };
        content.adding_up()
    }

    /// The credit note for what a posting takes back of an invoice, of whose tax `before` was taken back already. It repeats whom and
    /// what the invoice names, whatever the organization calls itself by now.
    pub fn credit_note(invoice: &Document, posting: &Posting, before: i64) -> Result<Self, DocumentError> {
        if posting.kind != PostingKind::Returned {
            return Err(DocumentError::WrongPosting(posting.kind));
        }
        let sold = &invoice.content;
        let date = local_date(posting.at, &sold.time_zone)?;
        let amounts = Amounts::of(posting, 1)?;
        // Of an odd sum one part has a coin more. What all notes together give back of each part is never more than the invoice has.
        let count = sold.taxes.len();
        let after = before.checked_add(amounts.tax.amount).ok_or(MoneyError::OutOfRange)?;
        let given =
            even_parts(after, count).into_iter().zip(even_parts(before, count)).map(|(after, before)| after - before).collect::<Vec<_>>();
        let parts = sold.taxes.iter().map(|part| (part.label.clone(), part.rate)).collect();
        let content = Self {
            document_id: posting.payment.document_id(&posting.name),
            kind: DocumentKind::CreditNote,
            financial_year: FinancialYear::of(date, sold.financial_year.scheme()),
            date,
            payment_id: posting.payment.clone(),
            posting: posting.name.clone(),
            lines: returned_lines(&amounts),
            taxable: amounts.taxable()?,
            taxes: tax_parts(parts, &amounts.tax.currency, &given),
            total: amounts.total()?,
            corrects: Some(CorrectedInvoice { document_id: sold.document_id.clone(), number: invoice.number.clone(), date: sold.date }),
            ..sold.clone()
        };
        content.adding_up()
    }

    /// With its place in its series; none if the series is full.
    pub fn numbered(self, prefix: &InvoicePrefix, serial: u32) -> Option<Document> {
        let number = DocumentNumber::of(prefix, self.kind, &self.financial_year, serial)?;
        Some(Document { number, serial, content: self })
    }

    /// All tax of it.
    pub fn tax(&self) -> i64 {
        self.taxes.iter().map(|part| part.amount.amount).sum()
    }

    fn adding_up(self) -> Result<Self, DocumentError> {
        let lines: i64 = self.lines.iter().map(DocumentLine::signed).sum();
        let adds_up = lines == self.taxable.amount && lines + self.tax() == self.total.amount;
        if adds_up { Ok(self) } else { Err(DocumentError::DoesNotAddUp) }
    }
}

fn seller_of(organization: &Organization) -> DocumentSeller {
    let name = organization.legal_name.clone().unwrap_or_else(|| widened(&organization.name));
    DocumentSeller {
        organization_id: organization.id.clone(),
        name,
        address: organization.address.clone(),
        region: organization.region.clone(),
        registration: organization.tax.registration().map(|number| number.parse().expect("a registration is a short text")),
    }
}

fn widened(name: &Text<1, 120>) -> Text<1, 200> {
    name.as_str().parse().expect("a shorter text is no longer")
}

fn service_code(tax: &Tax) -> Option<String> {
    match tax {
        Tax::GstIndia { .. } => Some(SERVICE_CODE.to_owned()),
        Tax::Other { .. } | Tax::None => None,
    }
}

fn year_scheme(tax: &Tax) -> YearScheme {
    match tax {
        Tax::GstIndia { .. } => YearScheme::AprilToMarch,
        Tax::Other { .. } | Tax::None => YearScheme::Calendar,
    }
}

fn local_date(at: Timestamp, zone: &ZoneName) -> Result<Date, DocumentError> {
    let zone = TimeZone::get(zone.as_str()).map_err(|_| DocumentError::UnknownZone(zone.clone()))?;
    Ok(at.to_zoned(zone).date())
}

#[cfg(test)]
pub(crate) mod tests;
