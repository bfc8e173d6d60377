//! Bad input gets a clear error and loses nothing.

use serde_json::{Value, json};
use tests::cloud::{Answer, shared};

#[tokio::test(flavor = "multi_thread")]
async fn every_body_of_every_call_is_refused_with_its_place_when_it_is_wrong() {
    let cloud = shared().await;
    let description = cloud.send("GET", "/v1/openapi.json", None).await.expect(200);
    let (organizer, admin) = (cloud.demo("organizer").await, cloud.demo("admin").await);
    let mut calls = 0;
    for (path, operations) in description["paths"].as_object().unwrap() {
        for (method, operation) in operations.as_object().unwrap() {
            let Some(reference) = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"].as_str() else { continue };
            let schema = &description["components"]["schemas"][reference.rsplit('/').next().unwrap()];
            let url = format!("{}{}", cloud.base, filled(path));
            let person = if path.ends_with("/reject") { &admin } else { &organizer };
            let send = |body: String, media_type: &'static str| {
                let method: reqwest::Method = method.to_uppercase().parse().unwrap();
                Answer::of(cloud.http.request(method, &url).bearer_auth(&person.token).header("content-type", media_type).body(body))
            };
            let json_type = "application/json";
            for (body, media_type, status) in [
                ("{".to_owned(), json_type, 400),
                ("[]".to_owned(), json_type, 400),
                ("null".to_owned(), json_type, 400),
                (r#"{"nobodyKnowsThis":1}"#.to_owned(), json_type, 400),
                ("{}".to_owned(), "text/plain", 415),
                (format!("{{\"a\":\"{}\"}}", "x".repeat(70_000)), json_type, 413),
            ] {
                let answer = send(body.clone(), media_type).await;
                // A call may look for the thing first; it never takes the body.
                let refused = answer.status == status || answer.status == 404;
                assert!(refused && !answer.problem().is_empty(), "{method} {path} {:.60}: {} {}", body, answer.status, answer.body);
                calls += 1;
            }
            for (name, member) in schema["properties"].as_object().into_iter().flatten() {
                let answer = send(json!({ name: wrong(member) }).to_string(), json_type).await;
                assert!((400..500).contains(&answer.status), "{method} {path} {name}: {} {}", answer.status, answer.body);
                if answer.problem() == "invalid-request" {
                    let errors = answer.body["errors"].as_array().expect("errors with pointers");
                    assert!(errors.iter().all(|error| error["pointer"].is_string() && error["detail"].is_string()), "{errors:?}");
                }
                calls += 1;
            }
        }
    }
    assert!(calls > 100, "{calls} calls");
}

/// A path whose parts exist nowhere.
fn filled(path: &str) -> String {
    let mut filled = path.to_owned();
    for (name, value) in [
        ("{showId}", "show_0000000000000000"),
        ("{eventId}", "evt_0000000000000000"),
        ("{venueId}", "ven_0000000000000000"),
        ("{bookingId}", "book_0000000000000000"),
        ("{paymentId}", "pay_0000000000000000"),
        ("{ticketId}", "tick_000000000000000000"),
        ("{code}", "NOBODYS"),
    ] {
        filled = filled.replace(name, value);
    }
    filled
}

/// A value that the member certainly is not.
fn wrong(member: &Value) -> Value {
    let types = member["type"].to_string();
    if types.contains("object") || types.contains("array") { json!("text") } else { json!({"an": "object"}) }
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_holds_write_nothing() {
    let cloud = shared().await;
    let show = cloud.small_show(json!({})).await;
    let anna = cloud.demo("buyer31").await;
    let seven: Vec<String> = (1..=7).map(|n| format!("S-A-{n}")).collect();
    for (body, status, pointer) in [
        (json!({}), 400, "/seats"),
        (json!({"seats": []}), 400, "/seats"),
        (json!({"seats": ["S-A-0"]}), 400, "/seats/0"),
        (json!({"seats": ["S-A-1", "nonsense"]}), 400, "/seats/1"),
        (json!({"seats": ["S-A-41"]}), 400, "/seats"),
        (json!({"seats": ["S-Z-1"]}), 400, "/seats"),
        (json!({"seats": ["S-A-1", "S-A-1"]}), 400, "/seats"),
        (json!({"seats": "S-A-1"}), 400, "/seats"),
        (json!({"seats": ["S-A-1"], "quantity": 1}), 400, "/quantity"),
        (json!({"seats": ["S-A-1"], "section": "S"}), 400, "/section"),
        (json!({"quantity": 0}), 400, "/quantity"),
        (json!({"quantity": -1}), 400, "/quantity"),
        (json!({"quantity": 21}), 400, "/quantity"),
        (json!({"quantity": 1.5}), 400, "/quantity"),
        (json!({"quantity": 2, "section": "Z"}), 400, "/section"),
        (json!({"quantity": 2, "priceLevel": "Z"}), 400, "/priceLevel"),
        (json!({"quantity": 2, "preferences": {"window": true}}), 400, "/preferences"),
        (json!({"quantity": 7}), 422, ""),
        (json!({ "seats": seven }), 422, ""),
    ] {
        let answer = anna.post(&show.hold(), &body).await;
        assert_eq!(answer.status, status, "{body} {}", answer.body);
        if status == 400 {
            let found = answer.body["errors"][0]["pointer"].as_str().unwrap();
            assert!(found.starts_with(pointer), "{body}: {found}");
        }
    }
    assert_eq!(cloud.row(&show, "A").await, "A".repeat(40));
    assert_eq!(anna.get(&show.hold()).await.status, 404);
    for path in ["/v1/shows/show_0000000000000000/hold", "/v1/shows/nonsense/hold", "/v1/shows/evt_0000000000000000/hold"] {
        assert_eq!(anna.post(path, &json!({"seats": ["S-A-1"]})).await.status, 404, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn tokens_that_are_not_ours_open_nothing() {
    let cloud = shared().await;
    let show = cloud.small_show(json!({})).await;
    let anna = cloud.demo("buyer32").await;
    let parts: Vec<&str> = anna.token.split('.').collect();
    let unsigned = format!("{}.{}.", parts[0], parts[1]);
    let resigned = format!("{}.{}.{}", parts[0], parts[1], "A".repeat(parts[2].len()));
    let none = "eyJhbGciOiJub25lIn0.eyJzdWIiOiIwMDAwMDAwMC0wMDAwLTQwMDAtODAwMC0wMDAwMDAwMDAwMDEifQ.";
    for token in ["", "garbage", "a.b.c", unsigned.as_str(), resigned.as_str(), none] {
        let request = cloud.http.post(format!("{}{}", cloud.base, show.hold())).bearer_auth(token).json(&json!({"seats": ["S-A-1"]}));
        let answer = Answer::of(request).await;
        assert_eq!((answer.status, answer.problem()), (401, "unauthenticated"), "{token}");
    }
    let nobody = cloud.send("POST", &show.hold(), Some(&json!({"seats": ["S-A-1"]}))).await;
    assert_eq!((nobody.status, nobody.problem()), (401, "unauthenticated"));
    assert_eq!(cloud.row(&show, "A").await, "A".repeat(40));
}

#[tokio::test(flavor = "multi_thread")]
async fn other_peoples_things_do_not_exist() {
    let cloud = shared().await;
    let show = cloud.small_show(json!({})).await;
    let (anna, ben) = (cloud.demo("buyer33").await, cloud.demo("buyer34").await);
    anna.hold(&show, &["S-A-1"]).await.expect(201);
    assert_eq!(ben.get(&show.hold()).await.status, 404);
    assert_eq!(ben.send("DELETE", &show.hold(), None).await.status, 404);
    let booking = anna.book(&show).await;
    let id = booking["bookingId"].as_str().unwrap();
    assert_eq!(ben.get(&format!("/v1/bookings/{id}")).await.status, 404);
    assert_eq!(ben.post(&format!("/v1/bookings/{id}/cancel"), &json!({})).await.status, 404);
    let payment = booking["payment"]["paymentId"].as_str().unwrap();
    assert_eq!(ben.post(&format!("/v1/sandbox/payments/{payment}"), &json!({"action": "authorize"})).await.status, 404);
    let mine = anna.get("/v1/bookings").await.expect(200);
    assert!(mine["items"].as_array().unwrap().iter().any(|listed| listed["bookingId"] == id));
    let theirs = ben.get("/v1/bookings").await.expect(200);
    assert!(!theirs["items"].as_array().unwrap().iter().any(|listed| listed["bookingId"] == id));
    assert_eq!(cloud.row(&show, "A").await.matches('H').count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_event_sells_nothing_more_and_paid_late_is_not_charged() {
    let cloud = shared().await;
    let show = cloud.small_show(json!({})).await;
    let anna = cloud.demo("buyer35").await;
    anna.hold(&show, &["S-A-1"]).await.expect(201);
    let booking = anna.book(&show).await;
    let organizer = cloud.demo("organizer").await;
    let cancelled = organizer.post(&format!("/v1/events/{}/cancel", show.event), &json!({})).await.expect(200);
    assert_eq!(cancelled["status"], "CANCELLED");
    let proof = anna.pay(&booking, "never").await;
    let refused = anna.confirm(&booking, &proof).await;
    assert_eq!((refused.status, refused.problem()), (409, "sales-closed"));
    anna.payment_becomes(&booking, "VOIDED").await;
    let ben = cloud.demo("buyer36").await;
    assert_eq!(ben.hold(&show, &["S-A-2"]).await.problem(), "sales-closed");
    assert!(!cloud.row(&show, "A").await.contains(['A', 'B']));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_gives_up_a_booking_can_choose_again_at_once() {
    let cloud = shared().await;
    let show = cloud.small_show(json!({})).await;
    let anna = cloud.demo("buyer37").await;
    anna.hold(&show, &["S-A-1", "S-A-2"]).await.expect(201);
    let booking = anna.book(&show).await;
    let path = format!("/v1/bookings/{}/cancel", booking["bookingId"].as_str().unwrap());
    assert_eq!(anna.post(&path, &json!({})).await.expect(200)["status"], "CANCELLED");
    assert_eq!(cloud.row(&show, "A").await, "A".repeat(40));
    anna.hold(&show, &["S-B-1"]).await.expect(201);
    anna.payment_becomes(&booking, "VOIDED").await;
    assert_eq!(cloud.row(&show, "B").await.matches('H').count(), 1, "the new hold is not touched");
}
