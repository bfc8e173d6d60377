//! Invoices and credit notes: issued once by the worker, shown to who bought and to who sold.

use super::tickets_get_pdf::{booked, of};
use super::{Stage, fixture};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::booking::Booking;
use domain::invoice::Document;
use domain::refund::{Refund, RefundReason};
use domain::user::Profile;
use jiff::SignedDuration;
use serde_json::{Value, json};
use store::Due;
use tests::printed::{read, read_pages};

/// S-A-1 and S-A-2, bought by Anna and posted.
async fn sold(stage: &Stage) -> Booking {
    let anna = Profile {
        id: Stage::caller().user,
        email: "anna@example.org".parse().unwrap(),
        name: "Anna Example".parse().unwrap(),
        phone: None,
        organization: None,
        created_at: stage.now,
    };
    stage.store.create_profile(&anna).await.unwrap();
    let id = booked(stage).await["bookingId"].as_str().unwrap().parse().unwrap();
    let booking = stage.store.booking_of(&anna.id, &id).await.unwrap().unwrap();
    let payment = stage.store.payment(&booking.payment).await.unwrap().unwrap();
    stage.store.capture_payment(&payment, &payment.amount, Due::Never, stage.now).await.unwrap();
    booking
}

/// Half of it is given back, so many seconds later.
async fn returned(stage: &Stage, booking: &Booking, cause: &str, seconds: i64) {
    let split = booking.quote.split().share(5_000, true).unwrap();
    let current = stage.store.booking_of(&booking.user, &booking.id).await.unwrap().unwrap();
    let payment = stage.store.payment(&booking.payment).await.unwrap().unwrap();
    let at = stage.now + SignedDuration::from_secs(seconds);
    let refund = Refund::of(&payment, payment.id.refund_id(cause), split.total_money(), RefundReason::Goodwill, at);
    stage.store.give_back(&current, &payment, &refund, &split, at).await.unwrap();
}

/// What comes of the queue's message about this booking.
async fn work(stage: &Stage, booking: &Booking) -> Value {
    let mut event = fixture("invoices-issue", "booking-moved");
    let message = json!({"kind": "booking-moved", "user": booking.user, "booking": booking.id});
    event["Records"][0]["body"] = json!(message.to_string());
    stage.send("invoices-issue", &event).await.unwrap()
}

async fn listed(stage: &Stage, booking: &Booking) -> Vec<Value> {
    let answer = stage.invoke("invoices-list", &of(fixture("invoices-list", "ok"), "bookingId", &json!(booking.id))).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.body["items"].as_array().unwrap().clone()
}

fn done() -> Value {
    json!({"batchItemFailures": []})
}

#[tokio::test]
async fn what_was_sold_has_an_invoice_and_what_was_taken_back_a_credit_note() {
    let stage = Stage::new().await;
    assert_eq!(stage.send("invoices-issue", &fixture("invoices-issue", "booking-moved")).await.unwrap(), done(), "nobody's booking");
    let booking = sold(&stage).await;
    assert!(listed(&stage, &booking).await.is_empty(), "not yet");
    for _ in 0..2 {
        assert_eq!(work(&stage, &booking).await, done());
        let items = listed(&stage, &booking).await;
        let [invoice] = &items[..] else { panic!("{items:?}") };
        assert_eq!((&invoice["kind"], &invoice["serial"], &invoice["total"]["amount"]), (&json!("INVOICE"), &json!(1), &json!(118_000)));
        assert_eq!((&invoice["seller"]["registration"], &invoice["buyer"]["name"]), (&json!("27AAPFU0939F1ZV"), &json!("Anna Example")));
        let taxes = invoice["taxes"].as_array().unwrap();
        let taxes: Vec<_> = taxes.iter().map(|tax| (tax["label"].as_str().unwrap(), tax["amount"]["amount"].as_i64().unwrap())).collect();
        assert_eq!(taxes, [("CGST", 9_000), ("SGST", 9_000)], "the hall is in the seller's state");
    }
    // Both wait when the worker comes: the earlier one is first.
    returned(&stage, &booking, "later", 20).await;
    returned(&stage, &booking, "earlier", 10).await;
    for _ in 0..2 {
        assert_eq!(work(&stage, &booking).await, done());
        let items = listed(&stage, &booking).await;
        let notes: Vec<_> = items[1..].iter().map(|note| (note["posting"].as_str().unwrap(), note["serial"].as_u64().unwrap())).collect();
        let payment = booking.payment.clone();
        let names = ["earlier", "later"].map(|cause| format!("returned-{}", payment.refund_id(cause)));
        assert_eq!(notes, [(names[0].as_str(), 1), (names[1].as_str(), 2)]);
        assert!(items[1..].iter().all(|note| note["kind"] == "CREDIT_NOTE" && note["corrects"]["number"] == items[0]["number"]));
    }
}

#[tokio::test]
async fn a_booking_without_postings_has_no_invoice_and_uses_no_number() {
    let stage = Stage::new().await;
    stage.invoke("holds-place", &fixture("holds-place", "placed")).await;
    let pending = stage.invoke("bookings-create", &fixture("bookings-create", "created")).await.body;
    let id = pending["bookingId"].as_str().unwrap().parse().unwrap();
    let booking = stage.store.booking_of(&Stage::caller().user, &id).await.unwrap().unwrap();
    assert_eq!(work(&stage, &booking).await, done());
    assert!(listed(&stage, &booking).await.is_empty());
}

#[tokio::test]
async fn a_printed_document_says_what_was_issued() {
    let stage = Stage::new().await;
    let booking = sold(&stage).await;
    returned(&stage, &booking, "half", 10).await;
    work(&stage, &booking).await;
    let items = listed(&stage, &booking).await;
    let print = async |document: &Value| {
        let event = of(fixture("invoices-get-pdf", "ok"), "bookingId", &json!(booking.id));
        stage.invoke("invoices-get-pdf", &of(event, "documentId", &document["documentId"])).await
    };
    let answer = print(&items[0]).await;
    assert_eq!((answer.status, &answer.raw["headers"]["content-type"]), (200, &json!("application/pdf")), "{}", answer.body);
    let number = items[0]["number"].as_str().unwrap();
    let file = format!("inline; filename=\"{}.pdf\"", number.replace('/', "-"));
    assert_eq!(answer.raw["headers"]["content-disposition"], file);
    let page = read(STANDARD.decode(answer.raw["body"].as_str().unwrap()).unwrap());
    for line in ["Tax invoice", number, "Anna Example", "GSTIN 27AAPFU0939F1ZV", "A play", "CGST 9 %", "₹ 1,180.00", "₹ 90.00"] {
        assert!(page.lines.iter().any(|printed| printed == line), "{line} is not on {:?}", page.lines);
    }
    assert_eq!(print(&items[0]).await.raw["body"], answer.raw["body"], "the same document is the same file");
    let note = read(STANDARD.decode(print(&items[1]).await.raw["body"].as_str().unwrap()).unwrap());
    for line in ["Credit note", items[1]["number"].as_str().unwrap(), number, "₹ 590.00"] {
        assert!(note.lines.iter().any(|printed| printed == line), "{line} is not on {:?}", note.lines);
    }
    assert_eq!(print(&json!({"documentId": "doc_0000000000000001"})).await.status, 404);
}

#[tokio::test]
async fn strangers_find_no_documents() {
    let stage = Stage::new().await;
    let booking = sold(&stage).await;
    work(&stage, &booking).await;
    let document = listed(&stage, &booking).await.remove(0);
    for function in ["invoices-list", "invoices-get-pdf"] {
        let mut event = of(fixture(function, "ok"), "bookingId", &json!(booking.id));
        event["pathParameters"]["documentId"] = document["documentId"].clone();
        event["requestContext"]["authorizer"]["jwt"]["claims"]["sub"] = json!(tests::function_event::Person::number(2).subject);
        for refused in [event, fixture(function, "not-found")] {
            let answer = stage.invoke(function, &refused).await;
            assert_eq!((answer.status, answer.problem()), (404, "not-found"), "{function}");
        }
    }
}

#[tokio::test]
async fn organizers_list_a_years_documents_by_number() {
    let stage = Stage::new().await;
    let booking = sold(&stage).await;
    returned(&stage, &booking, "half", 10).await;
    work(&stage, &booking).await;
    let otto = Profile {
        id: tests::function_event::Person::number(2).user,
        email: "otto@example.org".parse().unwrap(),
        name: "Otto".parse().unwrap(),
        phone: None,
        organization: Some(stage.world.show.organization.clone()),
        created_at: stage.now,
    };
    stage.store.create_profile(&otto).await.unwrap();
    let issued = listed(&stage, &booking).await;
    let list = async |kind: &str| {
        let mut event = fixture("invoices-list-own", "found");
        event["rawQueryString"] = json!(format!("financialYear={}&kind={kind}", issued[0]["financialYear"].as_str().unwrap()));
        event["queryStringParameters"] = json!({"financialYear": issued[0]["financialYear"], "kind": kind});
        stage.invoke("invoices-list-own", &event).await
    };
    assert_eq!(list("INVOICE").await.body["items"], json!([issued[0]]));
    assert_eq!(list("CREDIT_NOTE").await.body["items"], json!([issued[1]]));
    assert_eq!(list("RECEIPT").await.status, 400);
    for (outcome, status) in [("forbidden", 403), ("invalid-request", 400)] {
        let refused = stage.invoke("invoices-list-own", &fixture("invoices-list-own", outcome)).await;
        assert_eq!((refused.status, refused.problem()), (status, outcome));
    }
}

/// A document with this text in every place that people write, and so many lines.
fn document(text: &str, lines: usize) -> Document {
    let text = |most: usize| text.chars().take(most).collect::<String>();
    let money = |amount: i64| json!({"amount": amount, "currency": "INR"});
    let line = |i: usize| json!({"kind": "PLACES", "priceLevel": format!("LEVEL_{i}"), "quantity": 2, "unitPrice": money(50_000), "amount": money(100_000)});
    let mut lines: Vec<Value> = (1..=lines).map(line).collect();
    lines.push(json!({"kind": "DISCOUNT", "amount": money(10_000)}));
    let document = json!({
        "number": "FR/26-27/000123", "serial": 123, "documentId": "doc_0000000000000001", "kind": "INVOICE",
        "financialYear": "2026-27", "date": "2026-11-21", "bookingId": "book_0000000000000001", "paymentId": "pay_0000000000000001",
        "posting": "sold", "showId": "show_0000000000000001", "title": text(200), "startsAt": "2026-12-01T14:00:00Z",
        "venueName": text(120), "city": text(80), "timeZone": "Asia/Kolkata",
        "seller": {
            "organizationId": "org_0000000000000001", "name": text(200), "address": text(300), "region": "IN-DH",
            "registration": "27AAPFU0939F1ZV",
        },
        "buyer": {"name": text(100), "email": format!("{}@example.org", "w".repeat(64))},
        "placeOfSupply": "IN-MH", "serviceCode": "9996", "lines": lines, "taxable": money(1_000_000_000_000),
        "taxes": [{"label": text(20), "rate": 1_850, "amount": money(18_500_000)}], "total": money(1_000_000_000_000),
    });
    serde_json::from_value(document).unwrap()
}

#[test]
fn no_text_breaks_a_sheet() {
    let (wide, long, hindi) = ("W".repeat(300), "Łódź ".repeat(60), "क्षत्रिय".repeat(40));
    let hostile = "שלום \u{202E}gnp.exe 🎸👨‍👩‍👧音楽\u{E000}";
    for text in ["x", &wide, &long, &hindi, hostile, "(\\)<>%/[]{}"] {
        let document = document(text, 2);
        let pdf = paper::invoice_pdf(&document);
        assert_eq!(pdf, paper::invoice_pdf(&document), "the same bytes");
        for page in read_pages(pdf) {
            assert_eq!(page.missing_glyphs, 0, "{text}");
            assert!(page.widest < page.size.0 - 40.0, "{text} reaches to {}", page.widest);
            assert!(page.lowest > 40.0, "{text} goes down to {}", page.lowest);
        }
    }
}

#[test]
fn many_lines_go_on_on_further_pages_and_none_is_lost() {
    let pages = read_pages(paper::invoice_pdf(&document("Frontrow", 100)));
    assert_eq!(pages.len(), 4);
    for (i, page) in pages.iter().enumerate() {
        let foot = format!("Page {} of {}", i + 1, pages.len());
        for line in [foot.as_str(), "Tax invoice FR/26-27/000123", "DESCRIPTION (SAC 9996)"] {
            assert!(page.lines.iter().any(|printed| printed == line), "{line} is not on {:?}", page.lines);
        }
        assert!(page.lowest > 40.0, "goes down to {}", page.lowest);
    }
    let lines: Vec<&String> = pages.iter().flat_map(|page| &page.lines).collect();
    for level in 1..=100 {
        assert_eq!(lines.iter().filter(|line| ***line == format!("Places · LEVEL {level}")).count(), 1);
    }
    for line in ["Discount", "−₹ 100.00", "Before tax", "Frontrow 18.5 %", "Total", "₹ 10,00,00,00,000.00"] {
        assert!(lines.iter().any(|printed| *printed == line), "{line} is not on {lines:?}");
    }
}
