//! Coupons, from the organizer who makes one to the buyer who pays less.

use serde_json::{Value, json};
use tests::cloud::{Cloud, Person, Show, shared};

/// A coupon of the demo organization that nobody else uses: a tenth off, once.
async fn once(cloud: &Cloud, show: &Show) -> String {
    let code = format!("ONCE-{}", show.show.trim_start_matches("show_")).to_uppercase();
    let organizer = cloud.demo("organizer").await;
    let coupon = json!({"code": code, "rate": 1000, "eventId": show.event, "usesMax": 1, "usesPerUserMax": 1});
    organizer.post("/v1/organizer/coupons", &coupon).await.expect(201);
    code
}

/// The coupon as its organizer sees it.
async fn listed(cloud: &Cloud, code: &str) -> Value {
    let list = cloud.demo("organizer").await.get("/v1/organizer/coupons?limit=100").await.expect(200);
    list["items"].as_array().expect("a page").iter().find(|item| item["code"] == code).expect("the coupon").clone()
}

fn request(show: &Show, code: &str) -> Value {
    json!({"showId": show.show, "provider": "sandbox", "couponCode": code})
}

#[tokio::test(flavor = "multi_thread")]
async fn a_buyer_pays_what_the_preview_said_and_the_use_is_counted() {
    let cloud = shared().await;
    let show = cloud.small_show(json!({})).await;
    let code = once(cloud, &show).await;
    let (anna, ben): (Person, Person) = (cloud.demo("buyer40").await, cloud.demo("buyer41").await);
    let hold = anna.hold(&show, &["S-A-1", "S-A-2"]).await.expect(201);
    ben.hold(&show, &["S-B-1"]).await.expect(201);
    assert_eq!(hold["quote"]["total"]["amount"], 118_000);
    let preview = format!("{}/quote?couponCode={}", show.hold(), code.to_lowercase());
    let quote = anna.get(&preview).await.expect(200);
    assert_eq!((&quote["discount"]["amount"], &quote["total"]["amount"]), (&json!(10_000), &json!(106_200)));
    assert_eq!(listed(cloud, &code).await["used"], 0, "a preview uses nothing");

    let booking = anna.post("/v1/bookings", &request(&show, &code)).await.expect(201);
    assert_eq!((&booking["quote"], &booking["couponCode"]), (&quote, &json!(code)));
    for refused in [ben.get(&preview).await, ben.post("/v1/bookings", &request(&show, &code)).await] {
        assert_eq!((refused.status, refused.problem(), &refused.body["reason"]), (422, "coupon-refused", &json!("USED_UP")));
    }
    let proof = anna.pay(&booking, "never").await;
    let confirmed = anna.confirm(&booking, &proof).await.expect(200);
    assert_eq!((&confirmed["status"], &confirmed["quote"]["total"]["amount"]), (&json!("CONFIRMED"), &json!(106_200)));
    anna.payment_becomes(&booking, "CAPTURED").await;
    assert_eq!(listed(cloud, &code).await["used"], 1);
    let plain = ben.book(&show).await;
    assert_eq!(plain["quote"]["total"]["amount"], 59_000, "who was refused pays the full price for the places they held");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_use_that_was_not_paid_for_is_another_buyers() {
    let cloud = shared().await;
    let show = cloud.small_show(json!({})).await;
    let code = once(cloud, &show).await;
    let (anna, ben) = (cloud.demo("buyer42").await, cloud.demo("buyer43").await);
    anna.hold(&show, &["S-A-1"]).await.expect(201);
    ben.hold(&show, &["S-B-1"]).await.expect(201);
    let booking = anna.post("/v1/bookings", &request(&show, &code)).await.expect(201);
    assert_eq!(ben.post("/v1/bookings", &request(&show, &code)).await.problem(), "coupon-refused");
    let path = format!("/v1/bookings/{}/cancel", booking["bookingId"].as_str().unwrap());
    anna.post(&path, &json!({})).await.expect(200);
    assert_eq!(listed(cloud, &code).await["used"], 0);
    ben.post("/v1/bookings", &request(&show, &code)).await.expect(201);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_sixty_buyers_at_once_ten_get_the_ten_uses() {
    let cloud = shared().await;
    let show = cloud.small_show(json!({})).await;
    let code = format!("TEN-{}", show.show.trim_start_matches("show_")).to_uppercase();
    let coupon = json!({"code": code, "amount": {"amount": 10_000, "currency": "INR"}, "usesMax": 10});
    cloud.demo("organizer").await.post("/v1/organizer/coupons", &coupon).await.expect(201);
    let mut crowd = tokio::task::JoinSet::new();
    for (i, buyer) in cloud.buyers(60).await.into_iter().enumerate() {
        let (show, body) = (show.clone(), request(&show, &code));
        crowd.spawn(async move {
            let seat = format!("S-{}-{}", if i < 40 { "A" } else { "B" }, i % 40 + 1);
            buyer.hold(&show, &[&seat]).await.expect(201);
            let answer = buyer.post("/v1/bookings", &body).await;
            match answer.status {
                201 => assert_eq!(answer.body["quote"]["discount"]["amount"], 10_000),
                _ => assert_eq!((answer.status, &answer.body["reason"]), (422, &json!("USED_UP")), "{}", answer.body),
            }
            answer.status
        });
    }
    let served = crowd.join_all().await.into_iter().filter(|status| *status == 201).count();
    assert_eq!((served, &listed(cloud, &code).await["used"]), (10, &json!(10)));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_costs_nothing_is_booked_in_one_call_and_gets_its_tickets() {
    let cloud = shared().await;
    let rows = json!([{"label": "A", "seats": 10}]);
    let sections = json!([{"code": "S", "name": "Stalls", "kind": "seated", "rows": rows, "priceLevel": "STD"}]);
    let show = cloud.show(sections, json!({"STD": {"amount": 0, "currency": "INR"}}), json!({})).await;
    let anna = cloud.demo("buyer44").await;
    anna.hold(&show, &["S-A-1", "S-A-2"]).await.expect(201);
    let booking = anna.post("/v1/bookings", &json!({"showId": show.show, "provider": "sandbox"})).await.expect(201);
    assert_eq!((&booking["status"], &booking["quote"]["total"]["amount"]), (&json!("CONFIRMED"), &json!(0)));
    assert_eq!(cloud.row(&show, "A").await, "BBAAAAAAAA");
    anna.payment_becomes(&booking, "CAPTURED").await;
    cloud.settled().await;
    let ticket = booking["tickets"][0]["ticketId"].as_str().unwrap();
    anna.get(&format!("/v1/tickets/{ticket}")).await.expect(200);

    let path = format!("/v1/bookings/{}/cancel", booking["bookingId"].as_str().unwrap());
    anna.post(&path, &json!({})).await.expect(200);
    anna.booking_becomes(&booking, "REFUNDED").await;
    assert_eq!(cloud.row(&show, "A").await, "AAAAAAAAAA");
}
