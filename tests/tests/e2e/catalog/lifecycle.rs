//! From the draft to the last curtain: who may do what, and when.

use super::{city, draft_in, moved, own_view, publish, shows_of};
use serde_json::{Value, json};
use tests::cloud::{Person, Show, shared};

const STEPS: [&str; 5] = ["submit", "approve", "reject", "publish", "cancel"];

/// One step, by somebody who may take steps of this kind; `edit` changes the title.
async fn step(organizer: &Person<'_>, admin: &Person<'_>, event: &str, step: &str) -> tests::cloud::Answer {
    match step {
        "edit" => organizer.send("PATCH", &format!("/v1/events/{event}"), Some(&json!({"title": "Too late"}))).await,
        "approve" | "reject" => moved(admin, event, step).await,
        _ => moved(organizer, event, step).await,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_step_that_does_not_fit_the_state_is_refused_and_changes_nothing() {
    let cloud = shared().await;
    let (organizer, admin, city) = (cloud.demo("organizer").await, cloud.demo("admin").await, city("Stateville"));
    let rows: [(&[&str], &str, bool, &[&str]); 5] = [
        (&[], "DRAFT", false, &["approve", "reject", "publish"]),
        (&["submit"], "SUBMITTED", false, &["edit", "submit", "publish"]),
        (&["submit", "approve"], "SUBMITTED", true, &["edit", "submit"]),
        (&["submit", "approve", "publish"], "PUBLISHED", true, &["edit", "submit", "approve", "reject"]),
        (&["submit", "approve", "publish", "cancel"], "CANCELLED", true, &["edit", "submit", "approve", "reject", "publish"]),
    ];
    for (way, status, approved, wrong) in rows {
        let event = draft_in(&organizer, &city).await;
        for taken in way {
            step(&organizer, &admin, &event, taken).await.expect(200);
        }
        let before = own_view(&organizer, &event).await;
        assert_eq!((&before["status"], &before["approved"]), (&json!(status), &json!(approved)));
        for wrong in wrong {
            let refused = step(&organizer, &admin, &event, wrong).await;
            assert_eq!((refused.status, refused.problem()), (409, "state-conflict"), "{status} {wrong}: {}", refused.body);
            assert_eq!((&refused.body["eventStatus"], &refused.body["approved"]), (&json!(status), &json!(approved)));
        }
        assert_eq!(own_view(&organizer, &event).await, before);
        // The last step can be repeated where that changes nothing.
        if let Some(last @ ("approve" | "publish" | "cancel")) = way.last().copied() {
            step(&organizer, &admin, &event, last).await.expect(200);
            assert_eq!(own_view(&organizer, &event).await, before);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_admins_say_yes_or_no_and_only_sellers_take_steps() {
    let cloud = shared().await;
    let (organizer, city) = (cloud.demo("organizer").await, city("Roleville"));
    let event = draft_in(&organizer, &city).await;
    moved(&organizer, &event, "submit").await.expect(200);
    let before = own_view(&organizer, &event).await;
    let (buyer, staff) = (cloud.demo("buyer").await, cloud.demo("staff").await);
    for person in [&buyer, &staff] {
        for step in STEPS {
            assert_eq!(moved(person, &event, step).await.problem(), "forbidden", "{} {step}", person.email);
        }
        let edit = person.send("PATCH", &format!("/v1/events/{event}"), Some(&json!({"title": "Mine"}))).await;
        let picture = person.post(&format!("/v1/events/{event}/images"), &json!({"contentType": "image/png", "alt": "A stage"})).await;
        let new = person.post("/v1/events", &json!({})).await;
        let venue = person.post("/v1/venues", &json!({})).await;
        assert_eq!([edit.problem(), picture.problem(), new.problem(), venue.problem()], ["forbidden"; 4]);
    }
    for step in ["approve", "reject"] {
        assert_eq!(moved(&organizer, &event, step).await.problem(), "forbidden", "{step}");
    }
    for step in STEPS {
        let nobody = cloud.send("POST", &format!("/v1/events/{event}/{step}"), Some(&json!({}))).await;
        assert_eq!((nobody.status, nobody.problem()), (401, "unauthenticated"), "{step}");
    }
    assert_eq!(own_view(&organizer, &event).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_that_is_handed_back_says_why_and_can_be_handed_in_again() {
    let cloud = shared().await;
    let (organizer, admin) = (cloud.demo("organizer").await, cloud.demo("admin").await);
    let event = draft_in(&organizer, &city("Backville")).await;
    moved(&organizer, &event, "submit").await.expect(200);
    let path = format!("/v1/events/{event}/reject");
    for body in [json!({}), json!({"reason": ""}), json!({"reason": "x".repeat(501)}), json!({"reason": 1}), json!({"reason": null})] {
        let refused = admin.post(&path, &body).await;
        assert_eq!((refused.status, super::pointers(&refused)), (400, vec!["/reason"]), "{body}");
    }
    assert_eq!(own_view(&organizer, &event).await["status"], "SUBMITTED");
    let waiting = admin.get("/v1/organizer/events?limit=100").await.expect(200);
    assert!(waiting["items"].as_array().unwrap().iter().any(|item| item["eventId"] == event.as_str()), "admins see what waits");

    moved(&admin, &event, "reject").await.expect(200);
    let back = own_view(&organizer, &event).await;
    assert_eq!((&back["status"], &back["rejection"]), (&json!("DRAFT"), &json!("The date is a holiday.")));
    organizer.send("PATCH", &format!("/v1/events/{event}"), Some(&json!({"title": "A better play"}))).await.expect(200);
    publish(cloud, &organizer, &event).await;
    let public = cloud.send("GET", &format!("/v1/events/{event}"), None).await.expect(200);
    assert_eq!((&public["title"], public.get("rejection")), (&json!("A better play"), None));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_sold_keeps_its_show_and_its_place() {
    let cloud = shared().await;
    let (organizer, admin, buyer) = (cloud.demo("organizer").await, cloud.demo("admin").await, cloud.somebody().await);
    let event = draft_in(&organizer, &city("Soldville")).await;
    publish(cloud, &organizer, &event).await;
    let show = Show { show: shows_of(&organizer, &event).await.remove(0), event: event.clone() };
    buyer.hold(&show, &["S-A-1"]).await.expect(201);
    let booking = buyer.book(&show).await;
    let proof = buyer.pay(&booking, "never").await;
    buyer.confirm(&booking, &proof).await.expect(200);

    let before = own_view(&organizer, &event).await;
    let venue = before["shows"][0]["venueId"].clone();
    let others = json!({"shows": [super::show(&json!({ "venueId": venue }), super::hours_ahead(72))]});
    let edit = organizer.send("PATCH", &format!("/v1/events/{event}"), Some(&others)).await;
    assert_eq!((edit.status, edit.problem()), (409, "state-conflict"));
    assert_eq!(moved(&admin, &event, "reject").await.problem(), "state-conflict");
    assert_eq!(own_view(&organizer, &event).await, before);
    assert_eq!(cloud.row(&show, "A").await, "BAAAAA");
    assert_eq!(buyer.booking(&booking).await["status"], "CONFIRMED");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_called_off_sells_nothing_more_and_says_so() {
    let cloud = shared().await;
    let (organizer, city) = (cloud.demo("organizer").await, city("Offville"));
    let event = draft_in(&organizer, &city).await;
    publish(cloud, &organizer, &event).await;
    let show = Show { show: shows_of(&organizer, &event).await.remove(0), event: event.clone() };
    let buyer = cloud.somebody().await;
    buyer.hold(&show, &["S-A-1"]).await.expect(201);

    let cancelled = moved(&organizer, &event, "cancel").await.expect(200);
    assert_eq!(cancelled, json!({"eventId": event, "status": "CANCELLED", "showsClosed": 1, "shows": 1}));
    let late = cloud.somebody().await;
    for wanted in [json!({"seats": ["S-B-1"]}), json!({"quantity": 2}), json!({"quantity": 1, "section": "PIT"})] {
        // A function that remembers the show as it was finds no place at first, and a second later knows why.
        let refused = || async {
            let answer = late.post(&show.hold(), &wanted).await;
            assert_eq!(answer.status, 409, "{wanted}: {}", answer.body);
            Some(answer).filter(|answer| answer.problem() == "sales-closed")
        };
        cloud.eventually("a refusal that says why", refused).await;
    }
    assert_eq!(cloud.row(&show, "B").await, "XXXXXX");
    let public = cloud.send("GET", &format!("/v1/events/{event}"), None).await.expect(200);
    assert_eq!((&public["status"], &public["shows"][0]["status"]), (&json!("CANCELLED"), &json!("CANCELLED")));
    let found = async |status: &str| -> Vec<Value> {
        let path = format!("/v1/events?status={status}&city={}", city.replace(' ', "%20"));
        let page = cloud.send("GET", &path, None).await.expect(200);
        page["items"].as_array().unwrap().iter().map(|item| item["eventId"].clone()).collect()
    };
    assert_eq!((found("PUBLISHED").await, found("CANCELLED").await), (vec![], vec![json!(event)]));
}
