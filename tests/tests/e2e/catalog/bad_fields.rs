//! Every field of a venue, an event and its shows, wrong in every way: refused with its place, and nothing is written.

use super::{city, draft, hall, hours_ahead, own_view, play, pointers, show};
use serde_json::{Value, json};
use tests::backstage::Backstage;
use tests::cloud::{Answer, shared};

/// Something wrong, and the place that the refusal must name.
struct Wrong {
    body: Value,
    pointer: &'static str,
}

/// The body with another value at this place, which the refusal must name too.
fn with(body: &Value, pointer: &'static str, value: impl Into<Value>) -> Wrong {
    with_at(body, pointer, value, pointer)
}

/// The body with another value at one place, for which the refusal must name another.
fn with_at(body: &Value, place: &str, value: impl Into<Value>, pointer: &'static str) -> Wrong {
    let mut body = body.clone();
    let (parent, name) = place.rsplit_once('/').expect("a pointer");
    match body.pointer_mut(parent).expect("the parent is there") {
        Value::Object(members) => {
            members.insert(name.to_owned(), value.into());
        }
        Value::Array(items) => {
            let index: usize = name.parse().expect("an index");
            items.truncate(index);
            items.push(value.into());
        }
        _ => panic!("{parent} has no members"),
    }
    Wrong { body, pointer }
}

/// The body without the member at this place.
fn without(body: &Value, pointer: &'static str) -> Wrong {
    let mut body = body.clone();
    let (parent, name) = pointer.rsplit_once('/').expect("a pointer");
    let parent = body.pointer_mut(parent).and_then(Value::as_object_mut).expect("the parent is an object");
    parent.remove(name).expect("the member was there");
    Wrong { body, pointer }
}

#[track_caller]
fn assert_refused(refused: &Answer, wrong: &Wrong) {
    let found = (refused.status, refused.problem(), pointers(refused));
    assert_eq!(found, (400, "invalid-request", vec![wrong.pointer]), "{:.300} {}", wrong.body.to_string(), refused.body);
}

fn wrong_venues(good: &Value) -> Vec<Wrong> {
    let many = |count: usize, item: fn(usize) -> Value| (0..count).map(item).collect::<Vec<_>>();
    let row = |i: usize| json!({"label": format!("R{i}"), "seats": 1});
    let long_row = |i: usize| json!({"label": format!("R{i}"), "seats": 500});
    let section = |i: usize| json!({"code": format!("S{i}"), "name": "Pit", "kind": "standing", "capacity": 1, "priceLevel": "PIT"});
    let mut wrong = vec![];
    for pointer in ["/name", "/address", "/city", "/timeZone", "/sections", "/sections/0/code", "/sections/0/name", "/sections/0/kind"] {
        wrong.push(without(good, pointer));
        wrong.push(with(good, pointer, Value::Null));
        wrong.push(with(good, pointer, 1));
        wrong.push(with(good, pointer, json!({"an": "object"})));
        wrong.push(with(good, pointer, ""));
    }
    for (pointer, characters) in
        [("/name", 121), ("/address", 301), ("/city", 81), ("/amenities/1", 61), ("/sections/0/name", 81), ("/sections/1/name", 81)]
    {
        wrong.push(with(good, pointer, "x".repeat(characters)));
        wrong.push(with(good, pointer, "a\u{7}b"));
        wrong.push(with(good, pointer, "   "));
    }
    wrong.extend([
        with(good, "/colour", "red"),
        with(good, "/timeZone", "Mars/Olympus"),
        with(good, "/timeZone", "+05:30"),
        with(good, "/amenities", "Parking"),
        with(good, "/amenities", many(31, |i| json!(format!("Door {i}")))),
        with(good, "/amenities/0", 5),
        with(good, "/sections", json!([])),
        with(good, "/sections", many(201, section)),
        with(good, "/sections/0/colour", "red"),
        with(good, "/sections/0/code", "s"),
        with(good, "/sections/0/code", "A-B"),
        with(good, "/sections/0/code", "ABCDEFGHIJKLM"),
        with(good, "/sections/1/code", "S"),
        with(good, "/sections/0/kind", "sitting"),
        without(good, "/sections/0/priceLevel"),
        with(good, "/sections/0/priceLevel", "std"),
        with(good, "/sections/0/priceLevel", "ABCDEFGHIJKLMNOPQ"),
        // Seated: rows and nothing else.
        without(good, "/sections/0/rows"),
        with(good, "/sections/0/capacity", 12),
        with(good, "/sections/0/rows", json!([])),
        with(good, "/sections/0/rows", "A"),
        with(good, "/sections/0/rows", many(201, row)),
        without(good, "/sections/0/rows/0/label"),
        without(good, "/sections/0/rows/0/seats"),
        with(good, "/sections/0/rows/0/label", "a"),
        with(good, "/sections/0/rows/0/label", "ABCDE"),
        with_at(good, "/sections/0/rows/1", json!({"label": "A", "seats": 1}), "/sections/0/rows"),
        with(good, "/sections/0/rows/0/colour", "red"),
        with_at(good, "/sections/0/rows/0/seats", 0, "/sections/0/rows"),
        with_at(good, "/sections/0/rows/0/seats", 501, "/sections/0/rows"),
        with(good, "/sections/0/rows/0/seats", -1),
        with(good, "/sections/0/rows/0/seats", 70_000),
        with(good, "/sections/0/rows/0/seats", 1.5),
        with(good, "/sections/0/rows/0/seats", "6"),
        // Standing: a capacity and nothing else.
        without(good, "/sections/1/capacity"),
        with(good, "/sections/1/rows", json!([{"label": "A", "seats": 1}])),
        with(good, "/sections/1/capacity", 0),
        with(good, "/sections/1/capacity", 20_001),
        with(good, "/sections/1/capacity", 70_000),
        with(good, "/sections/1/capacity", -1),
        with(good, "/sections/1/capacity", "20"),
    ]);
    // 100,000 seats and two areas of 20,000 are more than any venue has.
    let huge = with_at(good, "/sections/0/rows", many(200, long_row), "/sections").body;
    let huge = with_at(&huge, "/sections/1/capacity", 20_000, "/sections").body;
    let area = json!({"code": "P2", "name": "Pit", "kind": "standing", "capacity": 20_000, "priceLevel": "PIT"});
    wrong.push(with_at(&huge, "/sections/2", area, "/sections"));
    wrong
}

#[tokio::test(flavor = "multi_thread")]
async fn a_venue_with_a_wrong_field_is_refused_with_its_place_and_not_written() {
    let cloud = shared().await;
    let (organizer, city) = (cloud.demo("organizer").await, city("Wrongville"));
    let good = hall(&city);
    for wrong in wrong_venues(&good) {
        assert_refused(&organizer.post("/v1/venues", &wrong.body).await, &wrong);
    }
    let path = format!("/v1/venues?city={}", city.replace(' ', "%20"));
    assert_eq!(cloud.send("GET", &path, None).await.expect(200)["items"], json!([]));
    organizer.post("/v1/venues", &good).await.expect(201);
    assert_eq!(cloud.send("GET", &path, None).await.expect(200)["items"].as_array().unwrap().len(), 1);
}

/// What can be wrong with an event, whether it is new or changed.
fn wrong_events(good: &Value) -> Vec<Wrong> {
    let ahead = |hours| json!(hours_ahead(hours));
    let mut wrong = vec![
        with(good, "/colour", "red"),
        with(good, "/status", "PUBLISHED"),
        with(good, "/title", ""),
        with(good, "/title", "   "),
        with(good, "/title", "x".repeat(201)),
        with(good, "/title", 1),
        with(good, "/title", Value::Null),
        with(good, "/description", "x".repeat(5_001)),
        with(good, "/description", Value::Null),
        with(good, "/description", json!(["a"])),
        with(good, "/category", "OPERA"),
        with(good, "/category", "theater"),
        with(good, "/category", 1),
        with(good, "/category", Value::Null),
        with(good, "/language", ""),
        with(good, "/language", "x".repeat(41)),
        with(good, "/language", 1),
        with(good, "/tags", "classic"),
        with(good, "/tags", Value::Null),
        with(good, "/tags", (0..11).map(|i| format!("tag {i}")).collect::<Vec<_>>()),
        with(good, "/tags/1", ""),
        with(good, "/tags/1", "x".repeat(41)),
        with(good, "/shows", json!([])),
        with(good, "/shows", Value::Null),
        with(good, "/shows", vec![good["shows"][0].clone(); 61]),
        with(good, "/shows/0", "tonight"),
        with(good, "/shows/0/colour", "red"),
        without(good, "/shows/0/venueId"),
        with(good, "/shows/0/venueId", "nonsense"),
        with(good, "/shows/0/venueId", "evt_0000000000000000"),
        with(good, "/shows/0/venueId", "ven_0000000000000000"),
        with(good, "/shows/0/venueId", 5),
        without(good, "/shows/0/startsAt"),
        with(good, "/shows/0/startsAt", "tomorrow"),
        with(good, "/shows/0/startsAt", "2026-11-21T18:30:00"),
        with(good, "/shows/0/startsAt", 1_800_000_000),
        with(good, "/shows/0/startsAt", ahead(-1)),
        with(good, "/shows/0/startsAt", ahead(24 * 366 * 3)),
        with_at(good, "/shows/1", show_at(good, ahead(-1)), "/shows/1/startsAt"),
        with(good, "/shows/0/salesOpenAt", "soon"),
        with(good, "/shows/0/salesOpenAt", ahead(49)),
        with(good, "/shows/0/salesCloseAt", "later"),
        with(good, "/shows/0/salesCloseAt", ahead(49)),
        without(good, "/shows/0/prices"),
        with(good, "/shows/0/prices", json!({})),
        with(good, "/shows/0/prices", "free"),
        with_at(good, "/shows/0/prices/VIP", good["shows"][0]["prices"]["STD"].clone(), "/shows/0/prices"),
        with(good, "/shows/0/prices/vip", good["shows"][0]["prices"]["STD"].clone()),
        with_at(good, "/shows/0/prices/STD/currency", "EUR", "/shows/0/prices"),
        with(good, "/shows/0/prices/STD", 500),
        without(good, "/shows/0/prices/STD/amount"),
        without(good, "/shows/0/prices/STD/currency"),
        with(good, "/shows/0/prices/STD/tax", 18),
        with_at(good, "/shows/0/prices/STD/amount", -1, "/shows/0/prices/STD"),
        with_at(good, "/shows/0/prices/STD/amount", 1_000_000_000_001_i64, "/shows/0/prices/STD"),
        with(good, "/shows/0/prices/STD/amount", 1.5),
        with(good, "/shows/0/prices/STD/amount", "500"),
        with(good, "/shows/0/prices/STD/currency", "inr"),
        with(good, "/shows/0/prices/STD/currency", 356),
        with(good, "/shows/0/seatLimit", 0),
        with(good, "/shows/0/seatLimit", 21),
        with(good, "/shows/0/seatLimit", 256),
        with(good, "/shows/0/seatLimit", "6"),
        with(good, "/shows/0/holdSeconds", 1),
        with(good, "/shows/0/holdSeconds", 1_801),
        with(good, "/shows/0/holdSeconds", -1),
    ];
    let mut window = with_at(good, "/shows/0/salesOpenAt", ahead(10), "/shows/0/salesCloseAt").body;
    window["shows"][0]["salesCloseAt"] = ahead(9);
    wrong.push(Wrong { body: window, pointer: "/shows/0/salesCloseAt" });
    let mut one_level = good.clone();
    one_level["shows"][0]["prices"].as_object_mut().expect("prices").remove("PIT");
    wrong.push(Wrong { body: one_level, pointer: "/shows/0/prices" });
    wrong
}

fn show_at(event: &Value, starts_at: Value) -> Value {
    let mut show = event["shows"][0].clone();
    show["startsAt"] = starts_at;
    show
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_with_a_wrong_field_is_refused_with_its_place_and_not_written() {
    let cloud = shared().await;
    let organizer = Backstage::of(cloud).await.organizer_elsewhere().await;
    let venue = organizer.post("/v1/venues", &hall(&city("Wrongtown"))).await.expect(201);
    let good = play(&json!([show(&venue, hours_ahead(48))]));
    let mut wrong = wrong_events(&good);
    wrong.extend(["/title", "/description", "/category", "/shows"].map(|pointer| without(&good, pointer)));
    for wrong in wrong {
        assert_refused(&organizer.post("/v1/events", &wrong.body).await, &wrong);
    }
    assert_eq!(organizer.get("/v1/organizer/events").await.expect(200)["items"], json!([]));
    draft(&organizer, &good).await;
    assert_eq!(organizer.get("/v1/organizer/events").await.expect(200)["items"].as_array().unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_with_a_wrong_field_is_refused_with_its_place_and_changes_nothing() {
    let cloud = shared().await;
    let organizer = cloud.demo("organizer").await;
    let venue = organizer.post("/v1/venues", &hall(&city("Wrongford"))).await.expect(201);
    let good = play(&json!([show(&venue, hours_ahead(48))]));
    let event = draft(&organizer, &good).await;
    let before = own_view(&organizer, &event).await;
    let path = format!("/v1/events/{event}");
    for wrong in wrong_events(&good) {
        // Once within a whole event, once with nothing else.
        let name = wrong.pointer.split('/').nth(1).expect("a member");
        for body in [&wrong.body, &json!({ name: wrong.body[name] })] {
            assert_refused(&organizer.send("PATCH", &path, Some(body)).await, &wrong);
        }
    }
    assert_eq!(own_view(&organizer, &event).await, before);
    let changed = organizer.send("PATCH", &path, Some(&json!({"title": "Another play", "language": null}))).await.expect(200);
    assert_eq!((&changed["title"], changed.get("language"), &changed["shows"]), (&json!("Another play"), None, &before["shows"]));
    let two = json!({"shows": [show(&venue, hours_ahead(24)), show(&venue, hours_ahead(72))]});
    let changed = organizer.send("PATCH", &path, Some(&two)).await.expect(200);
    assert_eq!((changed["shows"].as_array().unwrap().len(), &changed["title"]), (2, &json!("Another play")));
}
