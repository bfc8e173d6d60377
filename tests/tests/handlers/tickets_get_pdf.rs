//! `tickets-get-pdf`: who gets a sheet, and what is on it.

use super::{Stage, fixture};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::id::{HoldId, TicketId};
use domain::seat::{PriceLevel, RowLabel};
use domain::text::ZoneName;
use jiff::Timestamp;
use paper::{Place, TicketSheet};
use serde_json::{Value, json};
use tests::printed::{Printed, Raster, read};
use tickets::TicketCode;

pub(super) fn of(mut event: Value, name: &str, value: &Value) -> Value {
    event["pathParameters"][name] = value.clone();
    event
}

/// Holds S-A-1 and S-A-2, pays and confirms; the confirmed booking.
pub(super) async fn booked(stage: &Stage) -> Value {
    stage.invoke("holds-place", &fixture("holds-place", "placed")).await;
    let booking = stage.invoke("bookings-create", &fixture("bookings-create", "created")).await.body;
    let pay = of(fixture("sandbox-payments-act", "authorized"), "paymentId", &booking["payment"]["paymentId"]);
    let proof = stage.invoke("sandbox-payments-act", &pay).await.body["proof"].clone();
    let mut confirm = of(fixture("bookings-confirm", "payment-refused"), "bookingId", &booking["bookingId"]);
    confirm["body"] = json!(proof.to_string());
    stage.invoke("bookings-confirm", &confirm).await.body
}

#[tokio::test]
async fn the_owner_gets_a_page_whose_code_opens_the_door() {
    let stage = Stage::new().await;
    let booking = booked(&stage).await;
    let id = &booking["tickets"][1]["ticketId"];
    let answer = stage.invoke("tickets-get-pdf", &of(fixture("tickets-get-pdf", "ok"), "ticketId", id)).await;
    assert_eq!((answer.status, &answer.raw["isBase64Encoded"]), (200, &json!(true)), "{}", answer.body);
    let headers = &answer.raw["headers"];
    assert_eq!(headers["content-type"], "application/pdf");
    assert_eq!(
        headers["content-disposition"],
        format!("inline; filename=\"ticket-{}-S-A-2.pdf\"", booking["bookingNumber"].as_str().unwrap())
    );
    assert_eq!(headers["cache-control"], "private, no-store");

    let pdf = STANDARD.decode(answer.raw["body"].as_str().unwrap()).unwrap();
    assert!(pdf.starts_with(b"%PDF-"));
    let page = read(pdf);
    for line in [
        "A play",
        "The hall",
        "1 Road",
        "Pune",
        "Stalls",
        "A",
        "2",
        "STD",
        booking["bookingNumber"].as_str().unwrap(),
        id.as_str().unwrap(),
    ] {
        assert!(page.lines.iter().any(|printed| printed == line), "{line} is not on {:?}", page.lines);
    }
    let [code] = &page.raster.codes()[..] else { panic!("not one code: {:?}", page.raster.codes()) };
    let said = TicketCode::verify(code, &Stage::ticket_keys()).unwrap();
    assert_eq!((json!(said.ticket), said.seat.to_string().as_str(), said.show), (id.clone(), "S-A-2", stage.world.show.id.clone()));

    let again = stage.invoke("tickets-get-pdf", &of(fixture("tickets-get-pdf", "ok"), "ticketId", id)).await;
    assert_eq!(again.raw["body"], answer.raw["body"], "the same ticket is the same file");
}

#[tokio::test]
async fn the_picture_opens_the_door_as_well() {
    let stage = Stage::new().await;
    let booking = booked(&stage).await;
    let id = &booking["tickets"][0]["ticketId"];
    let answer = stage.invoke("tickets-get-qr", &of(fixture("tickets-get-qr", "ok"), "ticketId", id)).await;
    let codes = Raster::of_svg(answer.raw["body"].as_str().unwrap()).codes();
    let [code] = &codes[..] else { panic!("not one code: {codes:?}") };
    assert_eq!(json!(TicketCode::verify(code, &Stage::ticket_keys()).unwrap().ticket), *id);
}

#[tokio::test]
async fn strangers_find_nothing_and_a_revoked_ticket_is_not_printed() {
    let stage = Stage::new().await;
    let booking = booked(&stage).await;
    let id = &booking["tickets"][0]["ticketId"];
    let own = of(fixture("tickets-get-pdf", "ok"), "ticketId", id);
    let mut foreign = own.clone();
    foreign["requestContext"]["authorizer"]["jwt"]["claims"]["sub"] = json!(tests::function_event::Person::number(2).subject);
    let mut nobody = own.clone();
    nobody["requestContext"].as_object_mut().unwrap().remove("authorizer");
    for (event, status, problem) in [
        (foreign, 404, "not-found"),
        (nobody, 401, "unauthenticated"),
        (fixture("tickets-get-pdf", "ok"), 404, "not-found"),
        (fixture("tickets-get-pdf", "not-found"), 404, "not-found"),
    ] {
        let answer = stage.invoke("tickets-get-pdf", &event).await;
        assert_eq!((answer.status, answer.problem()), (status, problem), "{}", answer.body);
    }
    stage.invoke("bookings-cancel", &of(fixture("bookings-cancel", "cancelled"), "bookingId", &booking["bookingId"])).await;
    let refused = stage.invoke("tickets-get-pdf", &own).await;
    assert_eq!((refused.status, refused.problem(), &refused.body["ticketStatus"]), (409, "state-conflict", &json!("REVOKED")));
}

/// A ticket with this title in this place, as bytes and as read back.
fn printed(title: &str, venue: &str, section: &str, place: &Place<'_>) -> (Vec<u8>, Printed) {
    let ticket: TicketId = HoldId::from_entropy([7; 10]).booking_id().ticket_id(0);
    let zone: ZoneName = "Asia/Kolkata".parse().unwrap();
    let level: PriceLevel = "PREMIUM_BALCONY".parse().unwrap();
    let sheet = TicketSheet {
        title,
        starts_at: "2026-11-21T14:00:00Z".parse::<Timestamp>().unwrap(),
        zone: &zone,
        venue_name: venue,
        address: venue,
        city: venue,
        section,
        place: place.clone(),
        level: &level,
        booking_number: "FR-0E1G-70W3",
        ticket: &ticket,
        qr: &tickets::qr(&"FR1".repeat(70)),
    };
    let pdf = sheet.to_pdf();
    (pdf.clone(), read(pdf))
}

#[test]
fn a_sheet_says_when_by_the_venues_clock() {
    let (_, page) = printed("An evening of song", "Royal Hall", "Pit", &Place::Standing);
    for line in ["Saturday, 21 November 2026", "19:30 IST (UTC+05:30)", "PREMIUM BALCONY", "Pit", "Standing"] {
        assert!(page.lines.iter().any(|printed| printed == line), "{line} is not on {:?}", page.lines);
    }
}

#[test]
fn hindi_titles_are_printed_and_copied_as_they_were_written() {
    let title = "श्रीकृष्ण की रासलीला – दिल्ली 2026";
    let (row, venue) = ("A".parse::<RowLabel>().unwrap(), "कमानी सभागार");
    let (_, page) = printed(title, venue, "बालकनी", &Place::Seat { row: &row, number: 7 });
    assert_eq!(page.missing_glyphs, 0);
    for line in [title, venue, "बालकनी", "7"] {
        assert!(page.lines.iter().any(|printed| printed == line), "{line} is not on {:?}", page.lines);
    }
}

#[test]
fn no_text_breaks_the_page() {
    let row: RowLabel = "WWWW".parse().unwrap();
    let long = "Łódź ".repeat(40);
    let zalgo = format!("z{}", "\u{301}".repeat(199));
    let wide = "W".repeat(300);
    let hindi = "क्षत्रिय".repeat(40);
    let hostile = "שלום\u{202E}gnp.exe\u{0}\u{7}\r\n🎸👨‍👩‍👧音楽\u{E000}\u{10FFFF}";
    for text in ["", " ", "x", &long, &zalgo, &wide, &hindi, hostile, "\u{202E}\u{2067}", "(\\)<>%/[]{}"] {
        for place in [Place::Standing, Place::Seat { row: &row, number: 50_000 }] {
            let (pdf, page) = printed(text, text, text, &place);
            assert_eq!(page.missing_glyphs, 0, "{text}");
            assert!(page.widest > page.size.0 / 2.0, "the reader sees how wide lines are");
            assert!(page.widest < page.size.0 - 40.0, "{text} reaches to {}", page.widest);
            assert!(page.lowest > 40.0, "{text} goes down to {}", page.lowest);
            assert_eq!(page.raster.codes(), ["FR1".repeat(70)], "{text}");
            assert!(pdf.len() < 100_000, "{text} takes {} bytes", pdf.len());
        }
    }
}
