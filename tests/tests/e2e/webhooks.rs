//! Web hooks that are lost, repeated, reordered or forged.

use serde_json::json;
use tests::cloud::{Person, Show, shared};

async fn booked(person: &Person<'_>, show: &Show, seat: &str) -> serde_json::Value {
    person.hold(show, &[seat]).await.expect(201);
    person.book(show).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_web_hook_alone_confirms_captures_and_issues_tickets() {
    let cloud = shared().await;
    let show = cloud.small_show(json!({})).await;
    let anna = cloud.demo("buyer11").await;
    let booking = booked(&anna, &show, "S-A-1").await;
    assert_eq!((booking["status"].as_str(), booking["payment"]["status"].as_str()), (Some("PENDING"), Some("CREATED")));
    anna.pay(&booking, "now").await;
    let confirmed = anna.booking_becomes(&booking, "CONFIRMED").await;
    assert_eq!(confirmed["tickets"].as_array().unwrap().len(), 1);
    anna.payment_becomes(&booking, "CAPTURED").await;
    assert!(cloud.row(&show, "A").await.starts_with('B'));
    assert_eq!(anna.get(&show.hold()).await.status, 404, "the hold became the booking");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_web_hook_is_found_by_the_reconciler() {
    let cloud = shared().await;
    let show = cloud.small_show(json!({})).await;
    let anna = cloud.demo("buyer12").await;
    let booking = booked(&anna, &show, "S-A-1").await;
    anna.pay(&booking, "never").await;
    anna.booking_becomes(&booking, "CONFIRMED").await;
    anna.payment_becomes(&booking, "CAPTURED").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repeated_web_hook_and_a_late_confirm_change_nothing() {
    let cloud = shared().await;
    let show = cloud.small_show(json!({})).await;
    let anna = cloud.demo("buyer13").await;
    let booking = booked(&anna, &show, "S-A-1").await;
    let proof = anna.pay(&booking, "twice").await;
    let confirmed = anna.booking_becomes(&booking, "CONFIRMED").await;
    anna.payment_becomes(&booking, "CAPTURED").await;
    let again = anna.confirm(&booking, &proof).await.expect(200);
    assert_eq!((again["status"].as_str(), &again["confirmedAt"]), (Some("CONFIRMED"), &confirmed["confirmedAt"]));
    cloud.settled().await;
    assert_eq!(anna.booking(&booking).await["payment"]["status"], "CAPTURED");
    assert_eq!(cloud.row(&show, "A").await.matches('B').count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_declined_payment_confirms_nothing_and_a_second_thought_does() {
    let cloud = shared().await;
    let show = cloud.small_show(json!({})).await;
    let anna = cloud.demo("buyer14").await;
    let booking = booked(&anna, &show, "S-A-1").await;
    let payment = booking["payment"]["paymentId"].as_str().unwrap();
    let action = json!({"action": "decline", "webhook": "now"});
    let proof = anna.post(&format!("/v1/sandbox/payments/{payment}"), &action).await.expect(200)["proof"].clone();
    let refused = anna.confirm(&booking, &proof).await;
    assert_eq!((refused.status, refused.problem()), (402, "payment-refused"));
    anna.payment_becomes(&booking, "DECLINED").await;
    // The bank changes its mind; the web hook of the decline may still be on its way and must not undo this.
    anna.pay(&booking, "now").await;
    anna.booking_becomes(&booking, "CONFIRMED").await;
    anna.payment_becomes(&booking, "CAPTURED").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forged_web_hook_is_refused_and_moves_nothing() {
    let cloud = shared().await;
    let show = cloud.small_show(json!({})).await;
    let anna = cloud.demo("buyer15").await;
    let booking = booked(&anna, &show, "S-A-1").await;
    let body =
        json!({"id": "evt_1", "paymentId": booking["payment"]["paymentId"], "status": "AUTHORIZED", "amount": booking["quote"]["total"]});
    let now = std::time::UNIX_EPOCH.elapsed().unwrap().as_secs();
    for signature in [String::new(), "garbage".to_owned(), format!("t={now},v1={}", "0".repeat(64)), "t=1,v1=".to_owned()] {
        let request = cloud.http.post(format!("{}/v1/webhooks/sandbox", cloud.base)).header("sandbox-signature", &signature).json(&body);
        let answer = tests::cloud::Answer::of(request).await;
        assert_eq!((answer.status, answer.problem()), (401, "unauthenticated"), "{signature}");
    }
    assert_eq!(anna.booking(&booking).await["status"], "PENDING");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invented_or_foreign_proof_is_refused_and_the_real_one_still_works() {
    let cloud = shared().await;
    let show = cloud.small_show(json!({})).await;
    let (anna, ben) = (cloud.demo("buyer16").await, cloud.demo("buyer17").await);
    let (annas, bens) = (booked(&anna, &show, "S-A-1").await, booked(&ben, &show, "S-A-2").await);
    let bens_proof = ben.pay(&bens, "never").await;
    let foreign = anna.confirm(&annas, &bens_proof).await;
    assert_eq!((foreign.status, foreign.problem()), (402, "payment-refused"));
    let mut relabelled = bens_proof.clone();
    relabelled["paymentId"] = annas["payment"]["paymentId"].clone();
    assert_eq!(anna.confirm(&annas, &relabelled).await.problem(), "payment-refused");
    let invented = json!({"paymentId": annas["payment"]["paymentId"], "status": "AUTHORIZED", "signature": "0".repeat(64)});
    assert_eq!(anna.confirm(&annas, &invented).await.problem(), "payment-refused");
    assert_eq!(anna.confirm(&annas, &json!({"paid": true})).await.problem(), "invalid-request");
    assert_eq!(anna.booking(&annas).await["status"], "PENDING");
    assert_eq!(anna.confirm(&bens, &bens_proof).await.status, 404, "somebody else's booking");

    let real = anna.pay(&annas, "never").await;
    assert_eq!(anna.confirm(&annas, &real).await.expect(200)["status"], "CONFIRMED");
}

#[tokio::test(flavor = "multi_thread")]
async fn cancelling_gives_places_and_money_back() {
    let cloud = shared().await;
    let show = cloud.small_show(json!({})).await;
    let anna = cloud.demo("buyer18").await;
    let booking = booked(&anna, &show, "S-A-1").await;
    let proof = anna.pay(&booking, "never").await;
    anna.confirm(&booking, &proof).await.expect(200);
    let path = format!("/v1/bookings/{}/cancel", booking["bookingId"].as_str().unwrap());
    let cancelled = anna.post(&path, &json!({})).await.expect(200);
    assert_eq!((cancelled["status"].as_str(), cancelled["refund"]["status"].as_str()), (Some("CANCELLED"), Some("REQUESTED")));
    assert_eq!(cancelled["refund"]["amount"], booking["quote"]["total"]);
    let refunded = anna.booking_becomes(&booking, "REFUNDED").await;
    assert_eq!(refunded["refund"]["status"], "DONE");
    cloud
        .eventually("a free place", || async {
            Some(()).filter(|()| true).and((cloud.row(&show, "A").await.starts_with('A')).then_some(()))
        })
        .await;
    anna.post(&path, &json!({})).await.expect(200);
}
