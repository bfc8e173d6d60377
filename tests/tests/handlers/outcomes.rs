//! The other endpoints of the selling path: what their fixtures are named after is what comes back.

use super::{Stage, fixture};
use serde_json::Value;

/// Puts an id that only the run knows into a fixture's path.
fn with_parameter(mut event: Value, name: &str, value: &Value) -> Value {
    event["pathParameters"][name] = value.clone();
    event
}

#[tokio::test]
async fn a_hold_is_shown_extended_and_released() {
    let stage = Stage::new().await;
    assert_eq!(stage.invoke("holds-get", &fixture("holds-get", "ok")).await.problem(), "not-found");
    stage.invoke("holds-place", &fixture("holds-place", "placed")).await;
    assert_eq!(stage.invoke("holds-get", &fixture("holds-get", "ok")).await.status, 200);
    assert_eq!(stage.invoke("holds-extend", &fixture("holds-extend", "extended")).await.status, 200);
    assert_eq!(stage.invoke("holds-extend", &fixture("holds-extend", "hold-expired")).await.problem(), "hold-expired");
    assert_eq!(stage.invoke("holds-release", &fixture("holds-release", "ok")).await.status, 204);
    assert_eq!(stage.invoke("holds-release", &fixture("holds-release", "ok")).await.problem(), "not-found");
    assert_eq!(stage.world.row("A", stage.now).await, "AAAAAAAAAA");
}

#[tokio::test]
async fn a_booking_is_paid_confirmed_shown_and_gives_tickets() {
    let stage = Stage::new().await;
    stage.invoke("holds-place", &fixture("holds-place", "placed")).await;
    let booking = stage.invoke("bookings-create", &fixture("bookings-create", "created")).await.body;
    let pay = with_parameter(fixture("sandbox-payments-act", "authorized"), "paymentId", &booking["payment"]["paymentId"]);
    let proof = stage.invoke("sandbox-payments-act", &pay).await.body["proof"].clone();

    let mut forged = with_parameter(fixture("bookings-confirm", "payment-refused"), "bookingId", &booking["bookingId"]);
    let invented = serde_json::json!({"paymentId": booking["payment"]["paymentId"], "status": "AUTHORIZED", "signature": "0".repeat(64)});
    forged["body"] = Value::String(invented.to_string());
    assert_eq!(stage.invoke("bookings-confirm", &forged).await.problem(), "payment-refused");
    let audit = stage.store.audit_of(booking["bookingId"].as_str().unwrap()).await.unwrap();
    assert_eq!(audit, ["payment.proof-refused"], "somebody tried, and it is written down");
    assert_eq!(stage.world.row("A", stage.now).await, "HHAAAAAAAA");

    let mut confirm = with_parameter(fixture("bookings-confirm", "payment-refused"), "bookingId", &booking["bookingId"]);
    confirm["body"] = Value::String(proof.to_string());
    let confirmed = stage.invoke("bookings-confirm", &confirm).await;
    assert_eq!((confirmed.status, confirmed.body["status"].as_str()), (200, Some("CONFIRMED")), "{}", confirmed.body);
    assert_eq!(stage.world.row("A", stage.now).await, "BBAAAAAAAA");
    let get = with_parameter(fixture("bookings-get", "ok"), "bookingId", &booking["bookingId"]);
    assert_eq!(stage.invoke("bookings-get", &get).await.body["status"], "CONFIRMED");
    assert_eq!(stage.invoke("bookings-list", &fixture("bookings-list", "ok")).await.body["items"].as_array().unwrap().len(), 1);

    let id = &confirmed.body["tickets"][0]["ticketId"];
    let ticket = stage.invoke("tickets-get", &with_parameter(fixture("tickets-get", "ok"), "ticketId", id)).await;
    assert_eq!((ticket.status, ticket.body["status"].as_str()), (200, Some("ISSUED")), "the item need not be there yet");
    let picture = stage.invoke("tickets-get-qr", &with_parameter(fixture("tickets-get-qr", "ok"), "ticketId", id)).await;
    assert_eq!(picture.raw["headers"]["content-type"], "image/svg+xml");

    let cancel = with_parameter(fixture("bookings-cancel", "cancelled"), "bookingId", &booking["bookingId"]);
    let cancelled = stage.invoke("bookings-cancel", &cancel).await;
    assert_eq!((cancelled.body["status"].as_str(), cancelled.body["refund"]["status"].as_str()), (Some("CANCELLED"), Some("REQUESTED")));
    let ticket = stage.invoke("tickets-get", &with_parameter(fixture("tickets-get", "ok"), "ticketId", id)).await;
    assert_eq!((ticket.body["status"].as_str(), &ticket.body["code"]), (Some("REVOKED"), &Value::Null));
}

#[tokio::test]
async fn fixtures_named_after_a_problem_meet_it() {
    let stage = Stage::new().await;
    stage.employ(&Stage::caller(), &stage.world.show.organization).await;
    for (function, outcome) in [
        ("holds-get", "not-found"),
        ("holds-release", "not-found"),
        ("bookings-confirm", "not-found"),
        ("bookings-cancel", "not-found"),
        ("bookings-get", "not-found"),
        ("bookings-list", "invalid-request"),
        ("webhooks-receive-sandbox", "unauthenticated"),
        ("sandbox-payments-act", "not-found"),
        ("tickets-get", "not-found"),
        ("tickets-get-qr", "not-found"),
        ("check-ins-create", "forbidden"),
        ("check-ins-create", "invalid-request"),
    ] {
        let answer = stage.invoke(function, &fixture(function, outcome)).await;
        assert_eq!(answer.problem(), outcome, "{function}: {}", answer.body);
    }
    let unknown = stage.invoke("check-ins-create", &fixture("check-ins-create", "unknown")).await;
    assert_eq!((unknown.status, unknown.body["outcome"].as_str()), (200, Some("UNKNOWN")));
    assert_eq!(stage.invoke("health-get", &fixture("health-get", "ok")).await.body["status"], "ok");
    assert_eq!(stage.invoke("openapi-get", &fixture("openapi-get", "ok")).await.status, 200);
}
