//! `kill -9` between any two steps from hold to invoice, restart on the same data: nothing sold twice, nothing lost, nobody
//! charged for nothing.

use serde_json::{Value, json};
use tests::cloud::{Answer, Cloud, Person, Show};

/// Writes from the hold to the last message, streams and workers included; the run ends earlier when nothing is left to kill.
const WRITES_MAX: u32 = 60;
const SEATS: [&str; 3] = ["S-A-31", "S-A-32", "S-A-33"];

#[tokio::test(flavor = "multi_thread")]
async fn killed_after_any_write_it_ends_paid_and_owned_or_unpaid_and_free() {
    let data = std::env::temp_dir().join(format!("frontrow-crash-{}", std::process::id()));
    let flags = ["--no-demo", "--buyers", "1", "--data", data.to_str().expect("a path")];
    let mut cloud = Cloud::start(&flags).await;
    let mut killed = 0;
    let mut sold = 0;
    for writes in 1..=WRITES_MAX {
        let show = cloud.small_show(json!({"holdSeconds": 2})).await;
        let buyer = cloud.demo("buyer1").await;
        cloud.settled().await;
        let fault = json!([{"kind": "kill-after", "writes": writes, "function": null}]);
        cloud.send("POST", "/_local/faults", Some(&fault)).await.expect(200);
        let authorized = buy(&buyer, &show).await;
        // The whole way took fewer writes than that: nothing is left to kill.
        let survived = authorized.is_some() && settled(&cloud).await && disarmed(&cloud).await;
        if !survived {
            killed += 1;
            drop(cloud);
            cloud = Cloud::start(&flags).await;
        }
        if ends_well(&cloud, &show).await {
            sold += 1;
        }
        if survived {
            break;
        }
    }
    assert!(killed > 12, "only {killed} steps were killed");
    assert!(sold > 3, "only {sold} of them were paid");
    let status = cloud.end().await;
    assert!(status.success(), "{status}");
    let _ = std::fs::remove_dir_all(&data);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_off_that_was_killed_is_finished_without_its_caller() {
    let data = std::env::temp_dir().join(format!("frontrow-call-off-{}", std::process::id()));
    let flags = ["--no-demo", "--buyers", "1", "--data", data.to_str().expect("a path")];
    let mut cloud = Cloud::start(&flags).await;
    for writes in 1..=4 {
        let show = cloud.small_show(json!({})).await;
        let organizer = cloud.demo("organizer").await;
        cloud.demo("buyer1").await.hold(&show, &["S-A-1"]).await.expect(201);
        cloud.settled().await;
        let fault = json!([{"kind": "kill-after", "writes": writes, "function": "events-cancel"}]);
        cloud.send("POST", "/_local/faults", Some(&fault)).await.expect(200);
        assert!(post(&organizer, &format!("/v1/events/{}/cancel", show.event), &json!({})).await.is_none(), "killed at write {writes}");
        drop(cloud);
        cloud = Cloud::start(&flags).await;

        cloud.eventually("a closed show", || all_withdrawn(&cloud, &show)).await;
        let buyer = cloud.demo("buyer1").await;
        assert_eq!(buyer.hold(&show, &["S-B-1"]).await.problem(), "sales-closed");
        let event = cloud.send("GET", &format!("/v1/events/{}", show.event), None).await;
        assert_eq!((event.status, event.body["status"].as_str()), (200, Some("CANCELLED")));
    }
    drop(cloud);
    let _ = std::fs::remove_dir_all(&data);
}

async fn all_withdrawn(cloud: &Cloud, show: &Show) -> Option<()> {
    let rows = [cloud.row(show, "A").await, cloud.row(show, "B").await];
    rows.iter().all(|row| *row == "X".repeat(40)).then_some(())
}

/// From hold to confirmation, until nobody answers any more. None if the process died on the way.
async fn buy(buyer: &Person<'_>, show: &Show) -> Option<()> {
    let held = post(buyer, &show.hold(), &json!({"seats": SEATS})).await?;
    assert_eq!(held.status, 201, "{}", held.body);
    let booking = post(buyer, "/v1/bookings", &json!({"showId": show.show, "provider": "sandbox"})).await?.expect(201);
    let payment = booking["payment"]["paymentId"].as_str().expect("an id");
    let paid = post(buyer, &format!("/v1/sandbox/payments/{payment}"), &json!({"action": "authorize", "webhook": "never"})).await?;
    let proof = paid.expect(200)["proof"].clone();
    post(buyer, &format!("/v1/bookings/{}/confirm", booking["bookingId"].as_str().expect("an id")), &proof).await?;
    Some(())
}

async fn post(buyer: &Person<'_>, path: &str, body: &Value) -> Option<Answer> {
    let request = buyer.cloud.http.post(format!("{}{path}", buyer.cloud.base)).bearer_auth(&buyer.token).json(body);
    Answer::try_of(request).await
}

/// Whether streams and queues came to rest before the process died.
async fn settled(cloud: &Cloud) -> bool {
    let request = cloud.http.post(format!("{}/_local/streams/idle", cloud.base));
    Answer::try_of(request).await.is_some_and(|answer| answer.status == 200)
}

/// Takes the fault back, unless the process is dead already.
async fn disarmed(cloud: &Cloud) -> bool {
    let request = cloud.http.post(format!("{}/_local/faults", cloud.base)).json(&json!([]));
    Answer::try_of(request).await.is_some_and(|answer| answer.status == 200)
}

/// Waits until the show is at rest: either all places belong to one confirmed and captured booking, or all are free and
/// no money is kept. Returns whether it was sold.
async fn ends_well(cloud: &Cloud, show: &Show) -> bool {
    let buyer = &cloud.demo("buyer1").await;
    let at_rest = || async {
        let row = cloud.row(show, "A").await;
        let booking = booking_of(buyer, show).await;
        let status =
            |name: &str| booking.as_ref().and_then(|booking| booking.pointer(name)).and_then(Value::as_str).unwrap_or("-").to_owned();
        match (status("/status").as_str(), status("/payment/status").as_str()) {
            ("CONFIRMED", "CAPTURED") => (row[30..33] == *"BBB" && row.matches('B').count() == 3).then_some(true),
            ("EXPIRED" | "CANCELLED", "VOIDED") | ("-", "-") => (row == "A".repeat(40)).then_some(false),
            _ => None,
        }
    };
    let sold = cloud.eventually("an end, paid and owned or unpaid and free", at_rest).await;
    // At rest means that anybody else can have what is free, and nobody what is not.
    let admin = cloud.demo("admin").await;
    let answer = admin.hold(show, &SEATS).await;
    assert_eq!(answer.status, if sold { 409 } else { 201 }, "{}", answer.body);
    if !sold {
        admin.send("DELETE", &show.hold(), None).await.expect(204);
    }
    sold
}

async fn booking_of(buyer: &Person<'_>, show: &Show) -> Option<Value> {
    let listed = buyer.get("/v1/bookings?limit=100").await.expect(200);
    let found = listed["items"].as_array().expect("items").iter().find(|booking| booking["showId"] == json!(show.show)).cloned();
    match found {
        Some(booking) => Some(buyer.booking(&booking).await),
        None => None,
    }
}
