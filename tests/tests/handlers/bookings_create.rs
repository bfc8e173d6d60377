//! `bookings-create`.

use super::{Stage, fixture};

#[tokio::test]
async fn a_hold_becomes_one_booking_however_often_it_is_asked() {
    let stage = Stage::new().await;
    stage.invoke("holds-place", &fixture("holds-place", "placed")).await;
    let event = fixture("bookings-create", "created");
    let first = stage.invoke("bookings-create", &event).await;
    assert_eq!(first.status, 201, "{}", first.body);
    assert_eq!(first.body["status"], "PENDING");
    assert!(first.body["bookingNumber"].as_str().unwrap().starts_with("FR-"));
    let again = stage.invoke("bookings-create", &event).await;
    assert_eq!((again.status, &again.body["bookingId"]), (200, &first.body["bookingId"]));
    assert_eq!(again.body["payment"]["paymentId"], first.body["payment"]["paymentId"]);

    let caller = Stage::caller().user;
    assert_eq!(stage.store.booking_count_of(&caller).await.unwrap(), 1);
    let payment = stage.store.payment(&first.body["payment"]["paymentId"].as_str().unwrap().parse().unwrap()).await.unwrap().unwrap();
    assert_eq!(payment.amount.amount, 118_000);
    assert_eq!(stage.world.row("A", stage.now).await, "HHAAAAAAAA", "nothing is sold yet");
}

#[tokio::test]
async fn refusals_make_no_booking() {
    let stage = Stage::new().await;
    stage.invoke("holds-place", &fixture("holds-place", "placed")).await;
    for (outcome, status) in [("invalid-request", 400), ("coupon-refused", 422), ("hold-expired", 410)] {
        let refused = stage.invoke("bookings-create", &fixture("bookings-create", outcome)).await;
        assert_eq!((refused.status, refused.problem()), (status, outcome), "{}", refused.body);
    }
    assert_eq!(stage.store.booking_count_of(&Stage::caller().user).await.unwrap(), 0);
}
