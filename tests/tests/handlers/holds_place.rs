//! `holds-place`.

use super::{Stage, fixture};
use serde_json::json;

#[tokio::test]
async fn a_hold_is_placed_with_its_quote_and_found_again() {
    let stage = Stage::new().await;
    let placed = stage.invoke("holds-place", &fixture("holds-place", "placed")).await;
    assert_eq!(placed.status, 201, "{}", placed.body);
    let seats: Vec<_> = placed.body["seats"].as_array().unwrap().iter().map(|seat| seat["seat"].clone()).collect();
    assert_eq!(seats, [json!("S-A-1"), json!("S-A-2")]);
    assert_eq!(placed.body["quote"]["total"], json!({"amount": 118_000, "currency": "INR"}));
    assert_eq!(stage.world.row("A", stage.now).await, "HHAAAAAAAA");
    let again = stage.invoke("holds-place", &fixture("holds-place", "placed")).await;
    assert_eq!((again.status, &again.body["holdId"]), (200, &placed.body["holdId"]));
    let hold = stage.store.hold_of(&stage.world.show.id, &Stage::caller().user, stage.now).await.unwrap().unwrap();
    assert_eq!(json!(hold.id), placed.body["holdId"]);
}

#[tokio::test]
async fn the_best_places_are_neighbours_in_the_middle_of_the_front_row() {
    let stage = Stage::new().await;
    let placed = stage.invoke("holds-place", &fixture("holds-place", "best-available")).await;
    assert_eq!(placed.status, 201, "{}", placed.body);
    assert_eq!(stage.world.row("A", stage.now).await, "AAAAHHAAAA");
}

#[tokio::test]
async fn refusals_leave_nothing_behind() {
    let stage = Stage::new().await;
    for (outcome, status) in
        [("seats-taken", 409), ("seat-limit", 422), ("invalid-request", 400), ("unauthenticated", 401), ("not-found", 404)]
    {
        let refused = stage.invoke("holds-place", &fixture("holds-place", outcome)).await;
        assert_eq!((refused.status, refused.problem()), (status, outcome), "{}", refused.body);
        assert_eq!(refused.raw["headers"]["content-type"], "application/problem+json");
    }
    assert_eq!(stage.store.hold_of(&stage.world.show.id, &Stage::caller().user, stage.now).await.unwrap(), None);
    assert_eq!(stage.world.row("A", stage.now).await, "AAAAAAAAAA");
    assert_eq!(stage.world.row("B", stage.now).await, "HAAAAAAAAA");
}
