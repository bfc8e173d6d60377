//! Money that goes back, as buyers, organizers and banks see it; and the books afterwards.

use serde_json::{Value, json};
use tests::cloud::{Cloud, Person, Show, shared};

/// A booking of one place that is paid and captured.
async fn sold(person: &Person<'_>, show: &Show, seat: &str) -> Value {
    person.hold(show, &[seat]).await.expect(201);
    let booking = person.book(show).await;
    let proof = person.pay(&booking, "never").await;
    person.confirm(&booking, &proof).await.expect(200);
    person.payment_becomes(&booking, "CAPTURED").await;
    booking
}

fn id(booking: &Value) -> &str {
    booking["bookingId"].as_str().expect("a booking")
}

/// The lines of this booking's postings today, summed by account.
async fn books(cloud: &Cloud, booking: &Value) -> std::collections::BTreeMap<String, i64> {
    let organizer = cloud.demo("organizer").await;
    let day = today();
    let mut cursor = String::new();
    let mut sums = std::collections::BTreeMap::new();
    loop {
        let page = organizer.get(&format!("/v1/organizer/ledger?from={day}&to={day}&limit=100{cursor}")).await.expect(200);
        for posting in page["items"].as_array().expect("a page").iter().filter(|posting| posting["bookingId"] == booking["bookingId"]) {
            for line in posting["lines"].as_array().expect("lines") {
                let account = line["account"].as_str().expect("an account").to_owned();
                *sums.entry(account).or_default() += line["amount"].as_i64().expect("an amount");
            }
        }
        match page["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return sums,
        }
    }
}

/// Today in UTC, as the server has it.
#[expect(clippy::disallowed_methods, reason = "the server has the real clock")]
fn today() -> String {
    store::day_of(jiff::Timestamp::now()).to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_organizer_gives_a_part_back_the_buyer_the_rest_and_the_books_are_empty() {
    let cloud = shared().await;
    let show = cloud.small_show(json!({})).await;
    let (anna, organizer) = (cloud.demo("buyer44").await, cloud.demo("organizer").await);
    let booking = sold(&anna, &show, "S-A-1").await;
    let list = organizer.get(&format!("/v1/organizer/shows/{}/bookings", show.show)).await.expect(200);
    assert_eq!((list["items"].as_array().unwrap().len(), &list["items"][0]["bookingId"]), (1, &booking["bookingId"]));

    let path = format!("/v1/organizer/shows/{}/bookings/{}/refunds", show.show, id(&booking));
    let too_much = organizer.post(&path, &json!({"amount": {"amount": 59_001, "currency": "INR"}})).await;
    assert_eq!((too_much.problem(), &too_much.body["left"]["amount"]), ("refund-refused", &json!(59_000)));
    let part = organizer.post(&path, &json!({"amount": {"amount": 1_000, "currency": "INR"}})).await.expect(201);
    assert_eq!(part["status"], "REQUESTED");
    assert_eq!(anna.post(&path, &json!({"amount": {"amount": 1_000, "currency": "INR"}})).await.problem(), "forbidden", "buyers cannot");
    cloud
        .eventually("the part is back", || async {
            let shown = anna.booking(&booking).await;
            (shown["refund"]["status"] == "DONE").then_some(())
        })
        .await;
    let shown = anna.booking(&booking).await;
    assert_eq!((&shown["status"], &shown["refund"]["amount"]["amount"]), (&json!("CONFIRMED"), &json!(1_000)));

    let cancelled = anna.post(&format!("/v1/bookings/{}/cancel", id(&booking)), &json!({})).await.expect(200);
    assert_eq!((&cancelled["status"], &cancelled["refund"]["amount"]["amount"]), (&json!("CANCELLED"), &json!(59_000)));
    let refunded = anna.booking_becomes(&booking, "REFUNDED").await;
    assert_eq!(refunded["payment"]["status"], "REFUNDED");
    let books = books(cloud, &booking).await;
    assert!(books.len() >= 4 && books.values().all(|balance| *balance == 0), "{books:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_buyers_bank_freezes_the_tickets_and_in_the_end_takes_the_places() {
    let cloud = shared().await;
    let show = cloud.small_show(json!({})).await;
    let (anna, staff) = (cloud.demo("buyer45").await, cloud.demo("staff").await);
    let booking = sold(&anna, &show, "S-A-1").await;
    let ticket = anna.booking(&booking).await["tickets"][0]["ticketId"].as_str().unwrap().to_owned();
    let code = anna.get(&format!("/v1/tickets/{ticket}")).await.expect(200)["code"].clone();
    let bank = async |action: &str| {
        let path = format!("/v1/sandbox/payments/{}", booking["payment"]["paymentId"].as_str().unwrap());
        anna.post(&path, &json!({ "action": action })).await.expect(200)
    };
    bank("dispute").await;
    cloud
        .eventually("a frozen ticket", || async {
            let shown = anna.get(&format!("/v1/tickets/{ticket}")).await.body;
            (shown["status"] == "FROZEN").then_some(())
        })
        .await;
    let scan = json!({"code": code, "nonce": "nonce-of-money-01"});
    assert_eq!(staff.post("/v1/check-ins", &scan).await.expect(200)["outcome"], "REVOKED");
    let refused = anna.post(&format!("/v1/bookings/{}/cancel", id(&booking)), &json!({})).await;
    assert_eq!(refused.problem(), "refund-refused", "the bank has the money already");

    bank("dispute-lost").await;
    cloud
        .eventually("a booking that was charged back", || async {
            let shown = anna.booking(&booking).await;
            (shown["cancelReason"] == "CHARGED_BACK").then_some(())
        })
        .await;
    cloud.eventually("a free place", || async { cloud.row(&show, "A").await.starts_with('A').then_some(()) }).await;
    let books = books(cloud, &booking).await;
    assert!(books.values().all(|balance| *balance == 0), "{books:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn calling_an_event_off_sends_everybodys_money_back_and_says_how_far_it_is() {
    let cloud = shared().await;
    let show = cloud.small_show(json!({})).await;
    let (anna, ben, organizer) = (cloud.demo("buyer46").await, cloud.demo("buyer47").await, cloud.demo("organizer").await);
    let (annas, bens) = (sold(&anna, &show, "S-A-1").await, sold(&ben, &show, "S-B-1").await);
    // Whoever cancelled before is not counted again, and whoever only holds is not charged.
    let carl = cloud.demo("buyer48").await;
    let carls = sold(&carl, &show, "S-B-3").await;
    carl.post(&format!("/v1/bookings/{}/cancel", id(&carls)), &json!({})).await.expect(200);
    organizer.post(&format!("/v1/events/{}/cancel", show.event), &json!({})).await.expect(200);
    for (person, booking) in [(&anna, &annas), (&ben, &bens)] {
        let refunded = person.booking_becomes(booking, "REFUNDED").await;
        assert_eq!((&refunded["cancelReason"], &refunded["refund"]["amount"]), (&json!("SHOW_CANCELLED"), &booking["quote"]["total"]));
    }
    let progress = cloud
        .eventually("the call-off is counted", || async {
            let progress = organizer.get(&format!("/v1/organizer/events/{}/call-off", show.event)).await.expect(200);
            (progress["shows"][0]["calledOff"] == 2).then_some(progress)
        })
        .await;
    assert_eq!(progress["shows"][0]["refused"], 0);
    assert_eq!(carl.booking(&carls).await["cancelReason"], "OWNER");
    for booking in [&annas, &bens] {
        let books = books(cloud, booking).await;
        assert!(books.values().all(|balance| *balance == 0), "{books:?}");
    }
}
