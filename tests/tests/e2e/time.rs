//! What the clock does to holds and payments.

use serde_json::json;
use std::time::Duration;
use tests::cloud::shared;
use tests::watcher::Watcher;

/// The shortest hold that a show may have.
const SHORT: u64 = 2;

#[tokio::test(flavor = "multi_thread")]
async fn a_hold_that_ran_out_is_retaken_at_once_and_the_first_owner_learns_it() {
    let cloud = shared().await;
    let show = cloud.small_show(json!({"holdSeconds": SHORT})).await;
    let (anna, ben) = (cloud.demo("buyer1").await, cloud.demo("buyer2").await);
    let hold = anna.hold(&show, &["S-A-1"]).await.expect(201);
    assert_eq!(ben.hold(&show, &["S-A-1"]).await.problem(), "seats-taken");
    let expires_at: jiff::Timestamp = hold["expiresAt"].as_str().unwrap().parse().unwrap();
    let taken = cloud
        .eventually("a retaken place", || async { Some(ben.hold(&show, &["S-A-1"]).await).filter(|answer| answer.status == 201) })
        .await;
    let server_time: jiff::Timestamp = taken.body["serverTime"].as_str().unwrap().parse().unwrap();
    let late = server_time.duration_since(expires_at).as_secs_f64();
    assert!((0.0..3.0).contains(&late), "{late} seconds after it ran out");
    assert_eq!(anna.get(&show.hold()).await.status, 404);
    let booking = anna.post("/v1/bookings", &json!({"showId": show.show, "provider": "sandbox"})).await;
    assert_eq!((booking.status, booking.problem()), (410, "hold-expired"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sweep_removes_what_ran_out_and_tells_viewers_and_the_counts() {
    let cloud = shared().await;
    let show = cloud.small_show(json!({"holdSeconds": SHORT})).await;
    let anna = cloud.demo("buyer3").await;
    let mut watcher = Watcher::of(cloud, &show, "S").await;
    anna.hold(&show, &["S-A-1", "S-A-2"]).await.expect(201);
    let held = watcher.sees("a held row", |block| block["row"] == "A" && block["first"] == 1).await;
    assert_eq!((held["section"].as_str(), &held["states"].as_str().unwrap()[..3]), (Some("S"), "HHA"));
    let freed = watcher.sees("a freed row", |block| block["row"] == "A" && block["states"] == "A".repeat(32)).await;
    assert!(freed["version"].as_u64() > held["version"].as_u64());
    let left = || async {
        let shown = cloud.send("GET", &format!("/v1/shows/{}", show.show), None).await.expect(200);
        shown["sections"][0]["available"].as_u64()
    };
    cloud.eventually("a count of 80", || async { left().await.filter(|left| *left == 80) }).await;
    assert_eq!(cloud.row(&show, "A").await, "A".repeat(40));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hold_can_be_extended_but_not_beyond_its_time() {
    let cloud = shared().await;
    let show = cloud.small_show(json!({"holdSeconds": 30})).await;
    let anna = cloud.demo("buyer4").await;
    assert_eq!(anna.post(&format!("{}/extend", show.hold()), &json!({})).await.problem(), "hold-expired");
    let first = anna.hold(&show, &["S-A-1"]).await.expect(201);
    tokio::time::sleep(Duration::from_secs(1)).await;
    let second = anna.post(&format!("{}/extend", show.hold()), &json!({})).await.expect(200);
    assert!(second["expiresAt"].as_str() > first["expiresAt"].as_str());
    assert_eq!(second["holdId"], first["holdId"]);
    anna.send("DELETE", &show.hold(), None).await.expect(204);
    assert_eq!(cloud.row(&show, "A").await, "A".repeat(40));
    assert_eq!(anna.send("DELETE", &show.hold(), None).await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_late_web_hook_keeps_free_places_and_loses_taken_ones_without_a_charge() {
    let cloud = shared().await;
    let show = cloud.small_show(json!({"holdSeconds": SHORT})).await;
    let (lucky, unlucky, quick) = (cloud.demo("buyer5").await, cloud.demo("buyer6").await, cloud.demo("buyer7").await);
    lucky.hold(&show, &["S-A-1", "S-A-2"]).await.expect(201);
    unlucky.hold(&show, &["S-B-1", "S-B-2"]).await.expect(201);
    let (kept, lost) = (lucky.book(&show).await, unlucky.book(&show).await);
    lucky.pay(&kept, "late").await;
    cloud.eventually("a retaken place", || async { Some(()).filter(|()| true).and(quick_takes(&quick, &show).await) }).await;
    unlucky.pay(&lost, "late").await;

    lucky.booking_becomes(&kept, "CONFIRMED").await;
    let lost = unlucky.payment_becomes(&lost, "VOIDED").await;
    assert_eq!((lost["status"].as_str(), lost["cancelReason"].as_str()), (Some("CANCELLED"), Some("PLACES_LOST")));
    cloud.settled().await;
    assert_eq!(lucky.payment_becomes(&kept, "CAPTURED").await["status"], "CONFIRMED");
    assert!(cloud.row(&show, "A").await.starts_with("BBA"));
    assert!(!cloud.row(&show, "B").await.contains('B'), "nothing of the lost booking stays sold");
}

async fn quick_takes(quick: &tests::cloud::Person<'_>, show: &tests::cloud::Show) -> Option<()> {
    (quick.hold(show, &["S-B-2"]).await.status == 201).then_some(())
}
