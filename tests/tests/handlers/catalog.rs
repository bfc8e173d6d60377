//! Venues, events and shows: what their fixtures are named after is what comes back, and what lies in the tables after.

use super::{Stage, fixture};
use domain::event::{Event, EventStatus};
use domain::id::OrganizationId;
use domain::show::ShowStatus;
use serde_json::{Value, json};

/// The fixture with its shows' dates ahead, whenever this runs.
fn ahead(stage: &Stage, mut event: Value) -> Value {
    let mut body: Value = serde_json::from_str(event["body"].as_str().unwrap()).unwrap();
    for (index, show) in body["shows"].as_array_mut().unwrap().iter_mut().enumerate() {
        show["startsAt"] = json!(stage.world.show.starts_at + jiff::SignedDuration::from_hours(24 * i64::try_from(index).unwrap()));
    }
    event["body"] = json!(body.to_string());
    event
}

/// Runs fixtures as they are; each must meet the problem it is named after.
async fn assert_problems(stage: &Stage, function: &str, outcomes: &[(&str, u64)]) {
    for (outcome, status) in outcomes {
        let refused = stage.invoke(function, &fixture(function, outcome)).await;
        assert_eq!((refused.status, refused.problem()), (*status, *outcome), "{function}: {}", refused.body);
    }
}

/// Runs a fixture as it is; it must succeed.
async fn succeed(stage: &Stage, function: &str, outcome: &str) -> Value {
    let answer = stage.invoke(function, &fixture(function, outcome)).await;
    assert!((200..300).contains(&answer.status), "{function}/{outcome}: {} {}", answer.status, answer.body);
    answer.body
}

/// The event of the fixtures as it lies in the table.
async fn stored(stage: &Stage) -> Event {
    stage.store.event(&stage.world.show.event).await.unwrap().unwrap()
}

async fn events_of(stage: &Stage, organization: &OrganizationId) -> usize {
    stage.store.events_of(organization, None, None, 100).await.unwrap().items.len()
}

const FORBIDDEN: (&str, u64) = ("forbidden", 403);
const INVALID: (&str, u64) = ("invalid-request", 400);
const UNAUTHENTICATED: (&str, u64) = ("unauthenticated", 401);
const NOT_FOUND: (&str, u64) = ("not-found", 404);
const CONFLICT: (&str, u64) = ("state-conflict", 409);

#[tokio::test]
async fn a_venue_is_described_once_and_found_by_everybody() {
    let stage = Stage::with_draft().await;
    assert_problems(&stage, "venues-create", &[FORBIDDEN, INVALID, UNAUTHENTICATED]).await;
    assert_problems(&stage, "venues-list", &[INVALID]).await;
    assert_problems(&stage, "venues-get", &[NOT_FOUND]).await;
    assert_eq!(succeed(&stage, "venues-list", "found").await["items"].as_array().unwrap().len(), 1, "what was refused is not there");

    let created = succeed(&stage, "venues-create", "created").await;
    let venue = stage.store.venue(&created["venueId"].as_str().unwrap().parse().unwrap()).await.unwrap().unwrap();
    assert_eq!((venue.layout.capacity(), &created["capacity"]), (120, &json!(120)));
    assert_eq!((venue.region.as_ref().map(domain::region::RegionCode::as_str), &created["region"]), (Some("IN-MH"), &json!("IN-MH")));
    assert_eq!(venue.organization, stage.world.show.organization);
    assert_eq!(succeed(&stage, "venues-list", "found-by-city").await["items"].as_array().unwrap().len(), 2);
    assert_eq!(succeed(&stage, "venues-get", "found").await["priceLevels"], json!(["PIT", "STD"]));
}

#[tokio::test]
async fn a_draft_is_written_changed_and_given_pictures_by_its_organization() {
    let stage = Stage::with_draft().await;
    let organization = stage.world.show.organization.clone();
    assert_problems(&stage, "events-create", &[FORBIDDEN, INVALID, UNAUTHENTICATED]).await;
    assert_eq!(events_of(&stage, &organization).await, 1, "what was refused is not there");
    let created = stage.invoke("events-create", &ahead(&stage, fixture("events-create", "created"))).await;
    assert_eq!((created.status, &created.body["status"]), (201, &json!("DRAFT")), "{}", created.body);
    let event = stage.store.event(&created.body["eventId"].as_str().unwrap().parse().unwrap()).await.unwrap().unwrap();
    assert_eq!((event.organization, event.lifecycle.status, event.shows.len()), (organization.clone(), EventStatus::Draft, 1));

    assert_problems(&stage, "events-get-own", &[NOT_FOUND]).await;
    assert_eq!(succeed(&stage, "events-get-own", "found").await["shows"].as_array().unwrap().len(), 1);
    assert_problems(&stage, "events-list-own", &[FORBIDDEN, INVALID]).await;
    assert_eq!(succeed(&stage, "events-list-own", "found").await["items"].as_array().unwrap().len(), 2);

    let before = stored(&stage).await;
    assert_problems(&stage, "events-update", &[INVALID, NOT_FOUND]).await;
    assert_problems(&stage, "images-create", &[INVALID, NOT_FOUND]).await;
    assert_eq!(stored(&stage).await, before);
    succeed(&stage, "events-update", "updated").await;
    let after = stored(&stage).await;
    assert_eq!((after.title.as_str(), after.language, &after.shows), ("Another play", None, &before.shows));
    let replaced = stage.invoke("events-update", &ahead(&stage, fixture("events-update", "shows-replaced"))).await;
    assert_eq!(replaced.status, 200, "{}", replaced.body);
    let shows = stage.store.shows_by_id(&stored(&stage).await.shows).await.unwrap();
    assert_eq!((shows.len(), shows[0].seat_limit, shows[1].title.as_str()), (2, 4, "Another play"));

    let image = succeed(&stage, "images-create", "created").await;
    let images = stored(&stage).await.images;
    assert_eq!((images.len(), format!("/media/{}", images[0].key)), (1, image["url"].as_str().unwrap().to_owned()));
    assert_eq!(image["upload"]["fields"]["key"], images[0].key);
}

#[tokio::test]
async fn a_draft_is_handed_in_handed_back_and_approved_by_who_may() {
    let stage = Stage::with_draft().await;
    let status = async || stored(&stage).await.lifecycle;
    assert_problems(&stage, "events-submit", &[FORBIDDEN, NOT_FOUND]).await;
    assert_problems(&stage, "events-reject", &[FORBIDDEN, INVALID, NOT_FOUND, CONFLICT]).await;
    assert_problems(&stage, "events-approve", &[FORBIDDEN, NOT_FOUND, CONFLICT]).await;
    assert_problems(&stage, "events-publish", &[FORBIDDEN, NOT_FOUND, CONFLICT]).await;
    assert_eq!(status().await.status, EventStatus::Draft);

    succeed(&stage, "events-submit", "submitted").await;
    assert_eq!((status().await.status, status().await.approved), (EventStatus::Submitted, false));
    assert_problems(&stage, "events-submit", &[CONFLICT]).await;
    assert_problems(&stage, "events-update", &[CONFLICT]).await;
    assert_problems(&stage, "events-publish", &[CONFLICT]).await;
    let waiting = succeed(&stage, "events-list-own", "found-for-admin").await;
    assert_eq!(waiting["items"][0]["eventId"], "evt_0000000000000001");

    succeed(&stage, "events-reject", "rejected").await;
    assert_eq!(stored(&stage).await.rejection.unwrap().as_str(), "The date is a holiday.");
    assert_eq!(status().await.status, EventStatus::Draft);
    succeed(&stage, "events-submit", "submitted").await;
    succeed(&stage, "events-approve", "approved").await;
    assert_eq!((status().await.status, status().await.approved), (EventStatus::Submitted, true));
    for function in ["events-get", "shows-get", "seats-get", "layouts-get"] {
        let hidden = stage.invoke(function, &fixture(function, "found")).await;
        assert_eq!((hidden.status, hidden.problem()), (404, "not-found"), "{function}: nobody sees it yet");
    }
    assert_eq!(succeed(&stage, "events-list", "found").await["items"], json!([]));
}

#[tokio::test]
async fn what_is_published_is_found_and_what_is_called_off_sells_nothing() {
    let stage = Stage::with_draft().await;
    for (function, outcome) in [("events-submit", "submitted"), ("events-approve", "approved"), ("events-publish", "published")] {
        succeed(&stage, function, outcome).await;
    }
    let show = stage.store.shows_by_id(std::slice::from_ref(&stage.world.show.id)).await.unwrap().remove(0);
    assert_eq!((stored(&stage).await.lifecycle.status, show.status), (EventStatus::Published, ShowStatus::Published));
    assert_eq!(stage.world.row("B", stage.now).await, "A".repeat(40), "every place exists");
    assert_problems(&stage, "events-approve", &[CONFLICT]).await;
    assert_problems(&stage, "events-reject", &[CONFLICT]).await;

    for function in ["events-get", "shows-get", "seats-get", "layouts-get"] {
        succeed(&stage, function, "found").await;
        assert_problems(&stage, function, &[NOT_FOUND]).await;
    }
    assert_problems(&stage, "events-list", &[INVALID]).await;
    assert_eq!(succeed(&stage, "events-list", "found").await["items"][0]["eventId"], "evt_0000000000000001");
    let mut search = fixture("events-list", "found-by-filters");
    let day = show.starts_at.to_zoned(jiff::tz::TimeZone::get("Asia/Kolkata").unwrap()).date();
    let query = search["rawQueryString"].as_str().unwrap().replace("2027-06-01", &day.to_string()).replace("2027-06-30", &day.to_string());
    search["rawQueryString"] = json!(query);
    search["queryStringParameters"]["dateFrom"] = json!(day);
    search["queryStringParameters"]["dateTo"] = json!(day);
    let found = stage.invoke("events-list", &search).await;
    assert_eq!((found.status, found.body["items"].as_array().unwrap().len()), (200, 1), "{}", found.body);

    assert_problems(&stage, "events-cancel", &[FORBIDDEN, NOT_FOUND]).await;
    assert_eq!(stage.world.row("B", stage.now).await, "A".repeat(40));
    let cancelled = succeed(&stage, "events-cancel", "cancelled").await;
    assert_eq!((&cancelled["status"], &cancelled["showsClosed"]), (&json!("CANCELLED"), &json!(1)));
    assert_eq!(stored(&stage).await.lifecycle.status, EventStatus::Cancelled);
    assert_eq!(stage.world.row("B", stage.now).await, "X".repeat(40), "every block is closed");
    assert_problems(&stage, "events-publish", &[CONFLICT]).await;
    assert_eq!(succeed(&stage, "events-list", "found").await["items"], json!([]));
}
