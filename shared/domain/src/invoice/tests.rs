//! Documents and their postings, to the last coin.

use super::*;
use crate::booking::BookingStatus;
use crate::hold::HeldPlace;
use crate::id::{EventId, ID_ENTROPY_BYTES, UserId, VenueId};
use crate::organization::tests::organization;
use crate::quote::{Charges, quote};
use crate::refund::{RefundTerms, Split};
use crate::show::ShowStatus;
use proptest::prelude::*;
use std::collections::BTreeMap;

fn rupees(amount: i64) -> Money {
    Money { amount, currency: "INR".parse().unwrap() }
}

fn show(tax_rate: BasisPoints) -> Show {
    Show {
        id: ShowId::from_entropy([1; ID_ENTROPY_BYTES]),
        event: EventId::from_entropy([1; ID_ENTROPY_BYTES]),
        title: "A play".parse().unwrap(),
        organization: OrganizationId::from_entropy([2; ID_ENTROPY_BYTES]),
        venue: VenueId::from_entropy([3; ID_ENTROPY_BYTES]),
        venue_name: "Royal Hall".parse().unwrap(),
        city: "Bengaluru".parse().unwrap(),
        zone: "Asia/Kolkata".parse().unwrap(),
        starts_at: "2026-12-01T14:00:00Z".parse().unwrap(),
        sales_open_at: None,
        sales_close_at: None,
        prices: BTreeMap::new(),
        seat_limit: 6,
        hold_seconds: 600,
        charges: Charges { fee_rate: 0, tax_rate },
        refund_terms: RefundTerms::default(),
        status: ShowStatus::Published,
    }
}

/// A confirmed booking of places at these prices, levels by turns.
fn booking(prices: &[i64], charges: Charges) -> Booking {
    let place = |(i, price): (usize, &i64)| HeldPlace {
        seat: format!("S-A-{}", i + 1).parse().unwrap(),
        level: ["STD", "VIP"][i % 2].parse().unwrap(),
        price: rupees(*price),
    };
    let places: Vec<HeldPlace> = prices.iter().enumerate().map(place).collect();
    let quote = quote(places.iter().map(|place| &place.price), &"INR".parse().unwrap(), charges).unwrap();
    Booking { places, quote, ..crate::payment::tests::booking(BookingStatus::Confirmed) }
}

fn buyer() -> Profile {
    Profile {
        id: UserId::from_subject("00000000-0000-4000-8000-000000000001").unwrap(),
        email: "anna@example.org".parse().unwrap(),
        name: "Anna".parse().unwrap(),
        phone: None,
        organization: None,
        created_at: Timestamp::UNIX_EPOCH,
    }
}

/// Sold one minute before the year ends in India: it is still afternoon in Greenwich.
const LATE: &str = "2027-03-31T18:29:00Z";

fn invoice(booking: &Booking, organization: &Organization, held: Option<&str>) -> Result<DocumentContent, DocumentError> {
    let posting = Posting::sold(booking, LATE.parse().unwrap());
    let held = held.map(|code| code.parse().unwrap());
    let (show, buyer) = (show(organization.tax.rate()), buyer());
    DocumentContent::invoice(&Sale { posting: &posting, booking, show: &show, held: held.as_ref(), organization, buyer: Some(&buyer) })
}

fn numbered(content: DocumentContent) -> Document {
    content.numbered(&InvoicePrefix::default(), 7).unwrap()
}

fn named(taxes: &[TaxPart]) -> Vec<(&str, BasisPoints, i64)> {
    taxes.iter().map(|part| (part.label.as_str(), part.rate, part.amount.amount)).collect()
}

#[test]
fn an_invoice_says_who_sold_what_to_whom_and_where() {
    let charges = Charges { fee_rate: 500, tax_rate: 1_800 };
    let document = numbered(invoice(&booking(&[50_000, 80_000, 50_000], charges), &organization(), Some("IN-MH")).unwrap());
    let content = &document.content;
    assert_eq!(document.number.as_str(), "FR/26-27/000007");
    assert_eq!((content.date.to_string().as_str(), content.financial_year.as_str()), ("2027-03-31", "2026-27"));
    assert_eq!(content.seller.name.as_str(), "Frontrow Productions Private Limited");
    assert_eq!(content.seller.registration.as_ref().unwrap().as_str(), "27AAPFU0939F1ZV");
    assert_eq!(content.buyer.as_ref().unwrap().email.as_str(), "anna@example.org");
    assert_eq!((content.place_of_supply.as_ref().unwrap().as_str(), content.service_code.as_deref()), ("IN-MH", Some("9996")));
    let lines: Vec<_> = content.lines.iter().map(|line| (line.kind, line.quantity, line.amount.amount)).collect();
    let expected =
        [(DocumentLineKind::Places, Some(2), 100_000), (DocumentLineKind::Places, Some(1), 80_000), (DocumentLineKind::Fee, None, 9_000)];
    assert_eq!(lines, expected);
    assert_eq!(named(&content.taxes), [("CGST", 900, 17_010), ("SGST", 900, 17_010)]);
    assert_eq!((content.taxable.amount, content.total.amount), (189_000, 223_020));
}

#[test]
fn an_event_in_another_state_is_taxed_as_a_whole() {
    let booking = booking(&[50_000], Charges::default());
    let content = invoice(&booking, &organization(), Some("IN-KA")).unwrap();
    assert_eq!(named(&content.taxes), [("IGST", 1_800, 9_000)]);
    let nowhere = invoice(&booking, &organization(), None).unwrap();
    assert_eq!(nowhere.place_of_supply.unwrap().as_str(), "IN-MH", "the seller's own");
}

#[test]
fn who_taxes_nothing_writes_no_tax_and_counts_by_the_calendar() {
    let untaxed = Organization { tax: Tax::None, ..organization() };
    let content = invoice(&booking(&[50_000], Charges { fee_rate: 0, tax_rate: 0 }), &untaxed, None).unwrap();
    assert_eq!((content.taxes.len(), content.service_code.as_ref(), content.financial_year.as_str()), (0, None, "2027"));
    assert_eq!(content.total.amount, 50_000);
    assert_eq!(content.seller.registration, None);
}

#[test]
fn a_document_is_about_its_own_kind_of_posting_only() {
    let booking = booking(&[50_000], Charges::default());
    let invoice = numbered(invoice(&booking, &organization(), None).unwrap());
    let sold = Posting::sold(&booking, Timestamp::UNIX_EPOCH);
    let refused = DocumentContent::credit_note(&invoice, &sold, 0);
    assert_eq!(refused, Err(DocumentError::WrongPosting(PostingKind::Sold)));
    let other = Booking { quote: super::tests::booking(&[40_000], Charges::default()).quote, ..booking.clone() };
    let posting = Posting::sold(&other, Timestamp::UNIX_EPOCH);
    let (show, organization) = (show(1_800), organization());
    let sale = Sale { posting: &posting, booking: &booking, show: &show, held: None, organization: &organization, buyer: None };
    assert_eq!(DocumentContent::invoice(&sale), Err(DocumentError::DoesNotAddUp), "the booking's places are worth more");
}

#[test]
fn a_credit_note_names_its_invoice_and_is_of_its_own_year() {
    let booking = booking(&[50_000, 50_000], Charges { fee_rate: 500, tax_rate: 1_800 });
    let invoice = numbered(invoice(&booking, &organization(), Some("IN-MH")).unwrap());
    let split = booking.quote.split().share(5_000, false).unwrap();
    let posting = Posting::returned(&booking, "cancelled", &split, "2027-03-31T18:30:00Z".parse().unwrap());
    let note = numbered(DocumentContent::credit_note(&invoice, &posting, 0).unwrap());
    assert_eq!(note.number.as_str(), "FR/27-28/C000007", "midnight in India");
    let corrects = note.content.corrects.as_ref().unwrap();
    assert_eq!((corrects.number.as_str(), corrects.date), ("FR/26-27/000007", invoice.content.date));
    assert_eq!(note.content.lines.len(), 1, "the fee stays");
    assert_eq!((note.content.taxable.amount, note.content.tax()), (50_000, 9_000));
    assert_ne!(note.content.document_id, invoice.content.document_id);
}

#[test]
fn a_document_is_read_back_as_it_was_written() {
    let document = numbered(invoice(&booking(&[50_000, 1], Charges::default()), &organization(), Some("IN-KA")).unwrap());
    let json = serde_json::to_value(&document).unwrap();
    assert_eq!((json["number"].as_str(), json["lines"][0]["kind"].as_str()), (Some("FR/26-27/000007"), Some("PLACES")));
    assert_eq!(serde_json::from_value::<Document>(json).unwrap(), document);
}

proptest! {
    #[test]
    fn every_invoice_and_its_credit_notes_add_up_to_their_postings(
        prices in prop::collection::vec(0i64..10_000_000, 1..10),
        (fee_rate, tax_rate) in (0u32..2_000, 0u32..3_000),
        discount_rate in 0u32..10_000,
        shares in prop::collection::vec((1u32..10_000, any::<bool>()), 0..4),
        held in prop::sample::select(vec![None, Some("IN-MH"), Some("IN-KA"), Some("IN-CH")]),
    ) {
        let charges = Charges { fee_rate, tax_rate };
        let mut booking = booking(&prices, charges);
        let discount = booking.quote.subtotal.share_half_up(discount_rate).unwrap();
        booking.quote.total = booking.quote.total.minus(&discount).unwrap();
        booking.quote.discount = discount;
        let organization = Organization { tax: Tax::GstIndia { rate: tax_rate, registration: None }, ..organization() };
        let invoice = numbered(invoice(&booking, &organization, held).unwrap());
        prop_assert_eq!(&invoice.content.total, &booking.quote.total);
        prop_assert_eq!(invoice.content.tax(), booking.quote.tax.amount);

        let mut left = booking.quote.split();
        let (mut before, mut given) = (0, vec![0; invoice.content.taxes.len()]);
        let rest: Vec<Split> = shares.iter().filter_map(|(rate, fee_back)| {
            let split = left.share(*rate, *fee_back).unwrap();
            left = left.minus(&split).ok()?;
            Some(split)
        }).collect();
        for (i, split) in rest.into_iter().chain([left.clone()]).enumerate() {
            let posting = Posting::returned(&booking, &format!("{i}"), &split, LATE.parse().unwrap());
            let note = DocumentContent::credit_note(&invoice, &posting, before).unwrap();
            prop_assert_eq!((note.total.amount, note.tax()), (split.total(), split.tax.amount));
            before += note.tax();
            note.taxes.iter().zip(&mut given).for_each(|(part, given)| *given += part.amount.amount);
        }
        let taxed: Vec<i64> = invoice.content.taxes.iter().map(|part| part.amount.amount).collect();
        prop_assert_eq!(given, taxed, "all of it, part by part");
    }
}
