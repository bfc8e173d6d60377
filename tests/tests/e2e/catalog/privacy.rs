//! What is not published does not exist, except for its organization and the admins.

use super::{city, draft_in, hall, moved, own_view, publish, shows_of};
use serde_json::{Value, json};
use tests::backstage::Backstage;
use tests::cloud::{Cloud, Person, shared};

/// Every public page of an event and its shows.
fn pages(event: &str, shows: &[String]) -> Vec<String> {
    let of_show = |show: &String| ["", "/layout", "/seats"].map(|part| format!("/v1/shows/{show}{part}"));
    std::iter::once(format!("/v1/events/{event}")).chain(shows.iter().flat_map(of_show)).collect()
}

/// The ids that the public list has for this city, whatever their status.
async fn listed(cloud: &Cloud, city: &str) -> Vec<Value> {
    let mut ids = vec![];
    for status in ["PUBLISHED", "COMPLETED", "CANCELLED"] {
        let path = format!("/v1/events?status={status}&city={}", city.replace(' ', "%20"));
        let page = cloud.send("GET", &path, None).await.expect(200);
        ids.extend(page["items"].as_array().expect("items").iter().map(|item| item["eventId"].clone()));
    }
    ids
}

async fn assert_invisible(cloud: &Cloud, stranger: &Person<'_>, event: &str, shows: &[String], city: &str) {
    for page in pages(event, shows) {
        let (nobody, somebody) = (cloud.send("GET", &page, None).await, stranger.get(&page).await);
        assert_eq!((nobody.status, nobody.problem()), (404, "not-found"), "{page}");
        assert_eq!((somebody.status, somebody.problem()), (404, "not-found"), "{page}");
    }
    assert_eq!(listed(cloud, city).await, [""; 0]);
    let hold = stranger.post(&format!("/v1/shows/{}/hold", shows[0]), &json!({"seats": ["S-A-1"]})).await;
    assert!([404, 409].contains(&hold.status), "{}", hold.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_is_nobody_elses_until_it_is_published() {
    let cloud = shared().await;
    let (organizer, admin, stranger) = (cloud.demo("organizer").await, cloud.demo("admin").await, cloud.somebody().await);
    let city = city("Secretville");
    let event = draft_in(&organizer, &city).await;
    let shows = shows_of(&organizer, &event).await;
    assert_invisible(cloud, &stranger, &event, &shows, &city).await;
    moved(&organizer, &event, "submit").await.expect(200);
    assert_invisible(cloud, &stranger, &event, &shows, &city).await;
    moved(&admin, &event, "approve").await.expect(200);
    assert_invisible(cloud, &stranger, &event, &shows, &city).await;
    assert_eq!(own_view(&admin, &event).await, own_view(&organizer, &event).await);
    for person in [&stranger, &cloud.demo("staff").await] {
        assert_eq!(person.get(&format!("/v1/organizer/events/{event}")).await.problem(), "forbidden");
    }

    moved(&organizer, &event, "publish").await.expect(200);
    for page in pages(&event, &shows) {
        assert_eq!(cloud.send("GET", &page, None).await.status, 200, "{page}");
    }
    assert_eq!(listed(cloud, &city).await, [event.as_str()]);
    stranger.post(&format!("/v1/shows/{}/hold", shows[0]), &json!({"seats": ["S-A-1"]})).await.expect(201);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_that_is_called_off_was_never_there() {
    let cloud = shared().await;
    let (organizer, stranger, city) = (cloud.demo("organizer").await, cloud.somebody().await, city("Nevertown"));
    let event = draft_in(&organizer, &city).await;
    let shows = shows_of(&organizer, &event).await;
    moved(&organizer, &event, "cancel").await.expect(200);
    assert_eq!(own_view(&organizer, &event).await["status"], "CANCELLED");
    for page in &pages(&event, &shows)[..1] {
        assert_eq!(cloud.send("GET", page, None).await.status, 404, "{page}");
    }
    assert_eq!(listed(cloud, &city).await, [""; 0]);
    let hold = stranger.post(&format!("/v1/shows/{}/hold", shows[0]), &json!({"seats": ["S-A-1"]})).await;
    assert!([404, 409].contains(&hold.status), "{}", hold.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_organizations_event_does_not_exist_in_any_state() {
    let cloud = shared().await;
    let organizer = cloud.demo("organizer").await;
    let elsewhere = Backstage::of(cloud).await.organizer_elsewhere().await;
    let event = draft_in(&organizer, &city("Rivalton")).await;
    let picture = json!({"contentType": "image/png", "alt": "A stage"});
    let calls: Vec<(&str, String, Option<Value>)> = vec![
        ("GET", format!("/v1/organizer/events/{event}"), None),
        ("PATCH", format!("/v1/events/{event}"), Some(json!({"title": "Mine now"}))),
        ("POST", format!("/v1/events/{event}/submit"), Some(json!({}))),
        ("POST", format!("/v1/events/{event}/publish"), Some(json!({}))),
        ("POST", format!("/v1/events/{event}/cancel"), Some(json!({}))),
        ("POST", format!("/v1/events/{event}/images"), Some(picture)),
    ];
    for published in [false, true] {
        if published {
            publish(cloud, &organizer, &event).await;
        }
        let before = own_view(&organizer, &event).await;
        for (method, path, body) in &calls {
            let answer = elsewhere.send(method, path, body.as_ref()).await;
            assert_eq!((answer.status, answer.problem()), (404, "not-found"), "{method} {path}: {}", answer.body);
        }
        assert_eq!(own_view(&organizer, &event).await, before);
    }
    assert_eq!(elsewhere.get("/v1/organizer/events").await.expect(200)["items"], json!([]));
    // A hall is everybody's stage.
    let venue = organizer.post("/v1/venues", &hall(&city("Rivalton"))).await.expect(201);
    let theirs = super::draft(&elsewhere, &super::play(&json!([super::show(&venue, super::hours_ahead(48))]))).await;
    assert_eq!(organizer.get(&format!("/v1/organizer/events/{theirs}")).await.problem(), "not-found");
}
