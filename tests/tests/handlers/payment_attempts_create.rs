//! `payment-attempts-create`.

use super::{Stage, fixture};
use domain::id::PaymentId;
use domain::payment::PaymentStatus;
use serde_json::{Value, json};
use store::SandboxPayment;

/// A booking that waits for its money, and the event that asks for another try.
async fn booked(stage: &Stage) -> (Value, Value) {
    stage.invoke("holds-place", &fixture("holds-place", "placed")).await;
    let booking = stage.invoke("bookings-create", &fixture("bookings-create", "created")).await.body;
    let mut event = fixture("payment-attempts-create", "created");
    event["pathParameters"]["bookingId"] = booking["bookingId"].clone();
    (booking, event)
}

fn payment_id(booking: &Value) -> PaymentId {
    booking["payment"]["paymentId"].as_str().unwrap().parse().unwrap()
}

async fn status(stage: &Stage, id: &PaymentId) -> (PaymentStatus, PaymentStatus) {
    let bank: SandboxPayment = stage.store.sandbox_payment(id).await.unwrap().unwrap();
    (stage.store.payment(id).await.unwrap().unwrap().status, bank.status)
}

#[tokio::test]
async fn another_try_is_another_payment_and_the_one_before_is_given_up() {
    let stage = Stage::new().await;
    let (booking, event) = booked(&stage).await;
    let second = stage.invoke("payment-attempts-create", &event).await;
    assert_eq!(second.status, 201, "{}", second.body);
    assert_eq!((&second.body["bookingId"], &second.body["status"]), (&booking["bookingId"], &json!("PENDING")));
    let (before, now) = (payment_id(&booking), payment_id(&second.body));
    assert_ne!(before, now);
    assert_eq!(status(&stage, &before).await, (PaymentStatus::Voided, PaymentStatus::Voided), "nobody can pay it any more");
    assert_eq!(status(&stage, &now).await, (PaymentStatus::Created, PaymentStatus::Created));
    assert_eq!(stage.world.row("A", stage.now).await, "HHAAAAAAAA", "the places are still held");
}

#[tokio::test]
async fn money_that_has_arrived_is_not_left_for_another_try() {
    let stage = Stage::new().await;
    let (booking, event) = booked(&stage).await;
    stage.store.move_payment(&payment_id(&booking), PaymentStatus::Authorized).await.unwrap();
    let refused = stage.invoke("payment-attempts-create", &event).await;
    assert_eq!((refused.status, refused.problem()), (409, "state-conflict"), "{}", refused.body);
    assert_eq!(stage.store.payment(&payment_id(&booking)).await.unwrap().unwrap().status, PaymentStatus::Authorized);
}

#[tokio::test]
async fn there_are_so_many_tries_and_none_without_a_hold() {
    let stage = Stage::new().await;
    let (_, event) = booked(&stage).await;
    for _ in 1..domain::booking::ATTEMPTS_MAX {
        assert_eq!(stage.invoke("payment-attempts-create", &event).await.status, 201);
    }
    assert_eq!(stage.invoke("payment-attempts-create", &event).await.problem(), "state-conflict");
    stage.store.release_hold(&stage.world.show.id, &Stage::caller().user, stage.now).await.unwrap();
    assert_eq!(stage.invoke("payment-attempts-create", &event).await.problem(), "hold-expired");
    assert_eq!(stage.invoke("payment-attempts-create", &fixture("payment-attempts-create", "not-found")).await.status, 404);
    assert_eq!(stage.invoke("payment-attempts-create", &fixture("payment-attempts-create", "invalid-request")).await.status, 400);
}
