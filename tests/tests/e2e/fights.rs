//! Many people want the same places at the same moment.

use serde_json::{Value, json};
use std::collections::BTreeMap;
use tests::cloud::{Answer, BUYERS, shared};

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_people_on_one_place_make_one_winner() {
    let cloud = shared().await;
    let show = cloud.small_show(json!({})).await;
    let mut fighters = tokio::task::JoinSet::new();
    for buyer in cloud.buyers(BUYERS).await {
        let show = show.clone();
        fighters.spawn(async move { buyer.hold(&show, &["S-A-7"]).await });
    }
    let answers = fighters.join_all().await;
    let won = answers.iter().filter(|answer| answer.status == 201).count();
    let lost: Vec<&Answer> = answers.iter().filter(|answer| answer.problem() == "seats-taken").collect();
    assert_eq!((won, lost.len()), (1, BUYERS - 1));
    assert!(lost.iter().all(|answer| answer.status == 409 && answer.body["seats"] == json!(["S-A-7"])));
    assert_eq!(cloud.row(&show, "A").await.matches('H').count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_overlapping_groups_share_no_place_and_are_never_split() {
    let cloud = shared().await;
    let show = cloud.small_show(json!({})).await;
    let mut fighters = tokio::task::JoinSet::new();
    for (i, buyer) in cloud.buyers(100).await.into_iter().enumerate() {
        let show = show.clone();
        fighters.spawn(async move {
            let first = i % 37 + 1;
            let seats: Vec<String> = (first..first + 4).map(|n| format!("S-A-{n}")).collect();
            let answer = buyer.post(&show.hold(), &json!({ "seats": seats })).await;
            (seats, answer)
        });
    }
    let mut holders: BTreeMap<String, Value> = BTreeMap::new();
    let mut winners = 0;
    for (seats, answer) in fighters.join_all().await {
        match answer.status {
            201 => {
                winners += 1;
                let held: Vec<&str> = answer.body["seats"].as_array().unwrap().iter().map(|s| s["seat"].as_str().unwrap()).collect();
                assert_eq!(held, seats, "all that was asked for");
                for seat in seats {
                    let before = holders.insert(seat.clone(), answer.body["holdId"].clone());
                    assert_eq!(before, None, "{seat} is held twice");
                }
            }
            409 => assert_eq!(answer.problem(), "seats-taken"),
            status => panic!("{status} {}", answer.body),
        }
    }
    assert!(winners > 0);
    assert_eq!(cloud.row(&show, "A").await.matches('H').count(), winners * 4, "losers left nothing behind");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_person_with_eight_requests_at_once_never_has_more_than_six_places() {
    let cloud = shared().await;
    let show = cloud.small_show(json!({})).await;
    let greedy = cloud.demo("buyer").await;
    let mut requests = tokio::task::JoinSet::new();
    for i in 0..8 {
        let (greedy, show) = (greedy.clone(), show.clone());
        let seats: Vec<String> = (1..=4).map(|n| format!("S-{}-{}", if i < 4 { "A" } else { "B" }, i % 4 * 4 + n)).collect();
        requests.spawn(async move { greedy.post(&show.hold(), &json!({ "seats": seats })).await });
    }
    let answers = requests.join_all().await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 201).count(), 1);
    assert!(answers.iter().all(|answer| answer.status == 201 || answer.problem() == "hold-exists"), "{answers:?}");
    let held = cloud.row(&show, "A").await + &cloud.row(&show, "B").await;
    assert_eq!(held.matches('H').count(), 4);

    // Bought places count: four are bought, so that three more are too many and two are not.
    let booking = greedy.book(&show).await;
    let proof = greedy.pay(&booking, "never").await;
    greedy.confirm(&booking, &proof).await.expect(200);
    let refused = greedy.hold(&show, &["S-B-30", "S-B-31", "S-B-32"]).await;
    assert_eq!((refused.status, refused.problem()), (422, "seat-limit"));
    greedy.hold(&show, &["S-B-30", "S-B-31"]).await.expect(201);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crowd_that_asks_for_the_best_gets_neighbours_without_a_collision() {
    let cloud = shared().await;
    let show = cloud.small_show(json!({})).await;
    let mut crowd = tokio::task::JoinSet::new();
    for buyer in cloud.buyers(30).await {
        let show = show.clone();
        crowd.spawn(async move { buyer.post(&show.hold(), &json!({"quantity": 2})).await });
    }
    let mut seats = Vec::new();
    let mut served = 0;
    for answer in crowd.join_all().await {
        match answer.status {
            201 => {
                served += 1;
                seats.extend(answer.body["seats"].as_array().unwrap().iter().map(|seat| seat["seat"].as_str().unwrap().to_owned()));
            }
            503 => assert_eq!(answer.problem(), "contended"),
            status => panic!("{status} {}", answer.body),
        }
    }
    let distinct: std::collections::BTreeSet<&String> = seats.iter().collect();
    assert_eq!(distinct.len(), seats.len());
    assert!(served >= 20, "80 places are enough for 30 pairs; {served} were served");
}
