//! A client that sends the same request many times, as one does that hears nothing.

use serde_json::{Value, json};
use std::time::Duration;
use tests::cloud::{Answer, shared};

/// More tries than any attempt takes.
const TRIES_MAX: usize = 10;

#[tokio::test(flavor = "multi_thread")]
async fn twenty_identical_requests_at_once_draft_one_event() {
    let cloud = shared().await;
    let organizer = cloud.demo("organizer").await;
    let rows = json!([{"label": "A", "seats": 6}]);
    let sections = json!([{"code": "S", "name": "Stalls", "kind": "seated", "rows": rows, "priceLevel": "STD"}]);
    let hall =
        json!({"name": "Hall", "address": "1 Road", "city": "Pune", "timeZone": "Asia/Kolkata", "amenities": [], "sections": sections});
    let venue = organizer.post("/v1/venues", &hall).await.expect(201);
    let title = format!("Sent twenty times {}", std::process::id());
    let starts_at = tests::world::after(jiff::Timestamp::UNIX_EPOCH, 60 * 86_400 + seconds_now());
    let show = json!({"venueId": venue["venueId"], "startsAt": starts_at, "prices": {"STD": {"amount": 50_000, "currency": "INR"}}});
    let event = json!({"title": title, "description": "It is one.", "category": "THEATER", "tags": [], "shows": [show]});
    let send = |event: &Value, key: &str| {
        let request = cloud.http.post(format!("{}/v1/events", cloud.base)).bearer_auth(&organizer.token);
        Answer::of(request.header("origin", "http://localhost:5173").header("idempotency-key", key).json(event))
    };

    let mut clients = tokio::task::JoinSet::new();
    for _ in 0..20 {
        let tries: Vec<_> = (0..TRIES_MAX).map(|_| send(&event, "a-key")).collect();
        clients.spawn(async move {
            for attempt in tries {
                let answer = attempt.await;
                if answer.problem() != "idempotency-in-flight" {
                    return answer;
                }
                let seconds = answer.headers["retry-after"].to_str().expect("text").parse().expect("seconds");
                tokio::time::sleep(Duration::from_secs(seconds)).await;
            }
            panic!("it is in flight for ever");
        });
    }
    let answers = clients.join_all().await;
    assert!(answers.iter().all(|answer| answer.status == 201), "{answers:?}");
    assert!(answers.iter().all(|answer| answer.bytes == answers[0].bytes));
    let replayed: Vec<&Answer> = answers.iter().filter(|answer| answer.headers.contains_key("idempotent-replayed")).collect();
    assert_eq!(replayed.len(), 19);
    let exposed = replayed[0].headers["access-control-expose-headers"].to_str().unwrap().to_lowercase();
    assert!(exposed.contains("idempotent-replayed"), "a browser may read it: {exposed}");

    let drafts = organizer.get("/v1/organizer/events?limit=100").await.expect(200);
    let titled = drafts["items"].as_array().unwrap().iter().filter(|drafted| drafted["title"] == json!(title)).count();
    assert_eq!(titled, 1, "newest first: it is on the first page");
    let mut other = event.clone();
    other["title"] = json!("Another one");
    assert_eq!(send(&other, "a-key").await.problem(), "idempotency-mismatch");
    assert_ne!(send(&event, "another-key").await.expect(201)["eventId"], answers[0].body["eventId"]);
}

fn seconds_now() -> i64 {
    let clock = std::time::UNIX_EPOCH.elapsed().expect("after 1970").as_secs();
    i64::try_from(clock).expect("this era")
}
