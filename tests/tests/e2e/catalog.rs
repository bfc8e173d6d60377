//! An organizer's journeys: halls, drafts, approval, publication, pictures, and what the public finds.

mod bad_fields;
mod images;
mod lifecycle;
mod lists;
mod privacy;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use tests::cloud::{Answer, Cloud, Person};

/// So many hours from now, to the second.
fn hours_ahead(hours: i64) -> Timestamp {
    let clock = std::time::UNIX_EPOCH.elapsed().expect("after 1970").as_secs();
    let now = Timestamp::from_second(i64::try_from(clock).expect("this era")).expect("a moment");
    now + SignedDuration::from_hours(hours)
}

/// A city that only the test of this name knows.
fn city(name: &str) -> String {
    format!("{name} {}", std::process::id())
}

/// A hall with seats and a standing area.
fn hall(city: &str) -> Value {
    json!({
        "name": "Royal Hall", "address": "1 Main Road", "city": city, "timeZone": "Asia/Kolkata", "amenities": ["Parking", "Ramp"],
        "sections": [
            {"code": "S", "name": "Stalls", "kind": "seated", "rows": [{"label": "A", "seats": 6}, {"label": "B", "seats": 6}], "priceLevel": "STD"},
            {"code": "PIT", "name": "Pit", "kind": "standing", "capacity": 20, "priceLevel": "PIT"},
        ],
    })
}

/// One show there.
fn show(venue: &Value, starts_at: Timestamp) -> Value {
    let rupees = |amount: i64| json!({"amount": amount * 100, "currency": "INR"});
    json!({"venueId": venue["venueId"], "startsAt": starts_at, "prices": {"STD": rupees(500), "PIT": rupees(300)}})
}

/// A play with these shows.
fn play(shows: &Value) -> Value {
    json!({
        "title": "A play", "description": "Three acts.", "category": "THEATER", "language": "Marathi", "tags": ["classic", "new"], "shows": shows,
    })
}

/// The id of an event that somebody drafts.
async fn draft(organizer: &Person<'_>, event: &Value) -> String {
    let event = organizer.post("/v1/events", event).await.expect(201);
    assert_eq!((&event["status"], &event["approved"]), (&json!("DRAFT"), &json!(false)));
    event["eventId"].as_str().expect("an id").to_owned()
}

/// The id of an event of one show in a new hall, as a draft.
async fn draft_in(organizer: &Person<'_>, city: &str) -> String {
    let venue = organizer.post("/v1/venues", &hall(city)).await.expect(201);
    draft(organizer, &play(&json!([show(&venue, hours_ahead(48))]))).await
}

/// One move of an event's life, as `submit`.
async fn moved(person: &Person<'_>, event: &str, step: &str) -> Answer {
    let body = if step == "reject" { json!({"reason": "The date is a holiday."}) } else { json!({}) };
    person.post(&format!("/v1/events/{event}/{step}"), &body).await
}

/// Takes a draft to the public.
async fn publish(cloud: &Cloud, organizer: &Person<'_>, event: &str) {
    moved(organizer, event, "submit").await.expect(200);
    moved(&cloud.demo("admin").await, event, "approve").await.expect(200);
    let published = moved(organizer, event, "publish").await.expect(200);
    assert_eq!((&published["status"], &published["showsPublished"]), (&json!("PUBLISHED"), &published["shows"]));
}

/// The event as who works on it sees it.
async fn own_view(person: &Person<'_>, event: &str) -> Value {
    person.get(&format!("/v1/organizer/events/{event}")).await.expect(200)
}

/// The ids of its shows.
async fn shows_of(person: &Person<'_>, event: &str) -> Vec<String> {
    let event = own_view(person, event).await;
    event["shows"].as_array().expect("shows").iter().map(|show| show["showId"].as_str().expect("an id").to_owned()).collect()
}

/// The places that a refusal complains of.
fn pointers(refused: &Answer) -> Vec<&str> {
    let errors = refused.body["errors"].as_array().into_iter().flatten();
    errors.map(|error| error["pointer"].as_str().expect("a pointer")).collect()
}
