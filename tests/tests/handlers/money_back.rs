//! What organizers do about money: bookings of their show, refunds, the books. Person 2 sells, person 1 bought two places.

use super::{Stage, fixture};
use domain::booking::Booking;
use domain::id::{OrganizationId, ShowId};
use domain::payment::{PaymentStatus, Provider};
use domain::refund::RefundStatus;
use domain::user::Profile;
use jiff::{SignedDuration, Timestamp};
use payments::{NewPayment, StartedPayment};
use serde_json::{Value, json};
use store::Due;
use tests::function_event::Person;

/// The fixture with these path parameters.
fn at(function: &str, outcome: &str, parameters: &[(&str, &str)]) -> Value {
    let mut event = fixture(function, outcome);
    for (name, value) in parameters {
        event["pathParameters"][*name] = json!(value);
    }
    event
}

fn on(mut event: Value, from: &str, to: &str) -> Value {
    event["queryStringParameters"]["from"] = json!(from);
    event["queryStringParameters"]["to"] = json!(to);
    event["rawQueryString"] = json!(format!("from={from}&to={to}"));
    event
}

async fn organizer(stage: &Stage, organization: Option<OrganizationId>) {
    let profile = Profile {
        id: Person::number(2).user,
        email: "otto@example.org".parse().unwrap(),
        name: "Otto".parse().unwrap(),
        phone: None,
        organization,
        created_at: stage.now,
    };
    stage.store.create_profile(&profile).await.unwrap();
}

/// A stage with a booking that is confirmed and captured, and whoever sells it.
async fn sold() -> (Stage, Booking) {
    let stage = Stage::new().await;
    organizer(&stage, Some(stage.world.show.organization.clone())).await;
    let booking = confirmed(&stage, stage.now).await;
    capture(&stage, &booking, stage.now).await;
    (stage, booking)
}

/// A booking that was confirmed at this moment; its money is only set aside.
async fn confirmed(stage: &Stage, at: Timestamp) -> Booking {
    let (anna, world) = (Person::number(1).user, &stage.world);
    world.place(&anna, &["S-A-1", "S-A-2"], at).await.unwrap();
    let hold = stage.store.book_hold(&world.show.id, &anna, at).await.unwrap();
    let booking = world.booking_of(&hold, at);
    let started = StartedPayment { reference: booking.payment.to_string(), ..StartedPayment::default() };
    let payment = NewPayment::of(&booking).payment(Provider::Sandbox, &started, at);
    stage.store.create_payment(&payment, at).await.unwrap();
    stage.store.create_booking(&booking).await.unwrap();
    stage.store.sell_places_of(&booking, at).await.unwrap();
    stage.store.confirm_booking(&booking, at).await.unwrap();
    booking
}

async fn capture(stage: &Stage, booking: &Booking, at: Timestamp) {
    let payment = stage.store.payment(&booking.payment).await.unwrap().unwrap();
    stage.store.capture_payment(&payment, &payment.amount, Due::Never, at).await.unwrap();
}

#[tokio::test]
async fn the_check_of_the_books_fails_for_what_was_sold_and_not_paid_and_for_nothing_else() {
    let stage = Stage::new().await;
    let hours_ago = |hours| stage.now - SignedDuration::from_hours(hours);
    stage.send("ledger-check", &fixture("ledger-check", "hour")).await.unwrap();
    let booking = confirmed(&stage, hours_ago(3)).await;
    let failed = stage.send("ledger-check", &fixture("ledger-check", "hour")).await;
    assert!(failed.as_ref().is_err_and(|error| error.contains("not explained")), "{failed:?}");
    let audit = stage.store.audit_of(booking.payment.as_str()).await.unwrap();
    assert_eq!(audit, ["payment.unexplained"]);
    assert_eq!(
        stage.store.payments_due(stage.now + SignedDuration::from_mins(1), 10).await.unwrap().ids,
        std::slice::from_ref(&booking.payment),
        "and somebody looks after it"
    );
    capture(&stage, &booking, hours_ago(3)).await;
    stage.send("ledger-check", &fixture("ledger-check", "hour")).await.unwrap();
}

#[tokio::test]
async fn the_comparison_fails_for_what_we_took_and_the_provider_does_not_know() {
    let stage = Stage::new().await;
    // Stripe and Razorpay are nowhere: one that cannot be asked is no difference, but no answer either.
    assert!(stage.send("payments-compare", &fixture("payments-compare", "day")).await.is_err());
    let booking = confirmed(&stage, stage.now - SignedDuration::from_hours(3)).await;
    capture(&stage, &booking, stage.now - SignedDuration::from_hours(3)).await;
    let sandbox = payments::Sandbox::new(stage.store.clone(), "secret");
    let settler = payments::Settler {
        store: stage.store.clone(),
        providers: payments::Providers::default().with(Provider::Sandbox, std::sync::Arc::new(sandbox)),
        ask_every: SignedDuration::from_secs(30),
        wait_for_late: SignedDuration::from_secs(900),
    };
    let window = payments::Window { from: stage.now - SignedDuration::from_hours(30), until: stage.now };
    let listed = settler.compare(Provider::Sandbox, &window, stage.now).await.unwrap();
    assert_eq!((listed.compared, listed.differences.len()), (0, 0));
    let missing = settler.compare_unlisted(&booking.payment, &listed.listed, stage.now).await.unwrap().unwrap();
    assert_eq!((missing.captured, missing.refunded), ((None, 118_000), (None, 0)));
    let audit = stage.store.audit_of(booking.payment.as_str()).await.unwrap();
    assert_eq!(audit, ["payment.differs"]);
}

#[tokio::test]
async fn an_organizer_gives_a_part_back_once_for_one_key_and_never_more_than_there_is() {
    let (stage, booking) = sold().await;
    let here = [("bookingId", booking.id.as_str())];
    let first = stage.invoke("refunds-create", &at("refunds-create", "created", &here)).await;
    assert_eq!(
        (first.status, &first.body["status"], &first.body["reason"]),
        (201, &json!("REQUESTED"), &json!("GOODWILL")),
        "{}",
        first.body
    );
    let again = stage.invoke("refunds-create", &at("refunds-create", "created", &here)).await;
    assert_eq!((again.status, &again.body["refundId"]), (201, &first.body["refundId"]));
    let payment = stage.store.payment(&booking.payment).await.unwrap().unwrap();
    assert_eq!(payment.refunded, 1_000, "once");
    let too_much = stage.invoke("refunds-create", &at("refunds-create", "refund-refused", &here)).await;
    assert_eq!((too_much.problem(), &too_much.body["left"]["amount"]), ("refund-refused", &json!(117_000)));
    let audit = stage.store.audit_of(booking.id.as_str()).await.unwrap();
    assert_eq!(audit, ["refund.refused"], "somebody tried, and it is written down");
    for (amount, currency, problem) in
        [(0, "INR", "refund-refused"), (1, "USD", "refund-refused"), (-1, "INR", "invalid-request"), (i64::MAX, "INR", "invalid-request")]
    {
        let mut bad = at("refunds-create", "refund-refused", &here);
        bad["body"] = json!(json!({"amount": {"amount": amount, "currency": currency}}).to_string());
        assert_eq!(stage.invoke("refunds-create", &bad).await.problem(), problem, "{amount} {currency}");
    }
    assert_eq!(stage.invoke("refunds-create", &fixture("refunds-create", "not-found")).await.problem(), "not-found");
    assert_eq!(stage.store.refunds_of(&booking.payment).await.unwrap().len(), 1);
    assert_eq!(stage.store.booking_of(&booking.user, &booking.id).await.unwrap().unwrap().returned.total(), 1_000);
}

#[tokio::test]
async fn an_organizer_sees_and_calls_off_a_booking_of_their_show_and_nobody_elses() {
    let (stage, booking) = sold().await;
    let listed = stage.invoke("show-bookings-list", &fixture("show-bookings-list", "ok")).await;
    assert_eq!((listed.body["items"].as_array().unwrap().len(), &listed.body["items"][0]["bookingId"]), (1, &json!(booking.id)));
    assert_eq!(stage.invoke("show-bookings-list", &fixture("show-bookings-list", "forbidden")).await.problem(), "forbidden");
    let other: ShowId = "show_0000000000000002".parse().unwrap();
    let elsewhere = at("show-bookings-cancel", "cancelled", &[("showId", other.as_str()), ("bookingId", booking.id.as_str())]);
    assert_eq!(stage.invoke("show-bookings-cancel", &elsewhere).await.problem(), "not-found");
    assert_eq!(stage.invoke("show-bookings-cancel", &fixture("show-bookings-cancel", "not-found")).await.problem(), "not-found");
    assert_eq!(stage.invoke("show-bookings-cancel", &fixture("show-bookings-cancel", "forbidden")).await.problem(), "forbidden");

    let here = at("show-bookings-cancel", "cancelled", &[("bookingId", booking.id.as_str())]);
    for _ in 0..2 {
        let cancelled = stage.invoke("show-bookings-cancel", &here).await;
        assert_eq!(
            (cancelled.status, &cancelled.body["status"], &cancelled.body["cancelReason"]),
            (200, &json!("CANCELLED"), &json!("ORGANIZER"))
        );
        assert_eq!(cancelled.body["refund"]["amount"]["amount"], 118_000);
    }
    assert_eq!(stage.store.refunds_of(&booking.payment).await.unwrap().len(), 1, "twice called off, once refunded");
}

#[tokio::test]
async fn strangers_and_other_organizations_find_nothing() {
    let (stage, _) = sold().await;
    let stranger = Stage::new().await;
    organizer(&stranger, Some("org_0000000000000009".parse().unwrap())).await;
    assert_eq!(stranger.invoke("show-bookings-list", &fixture("show-bookings-list", "ok")).await.problem(), "not-found");
    let empty = stranger.invoke("refunds-list", &fixture("refunds-list", "ok")).await;
    assert_eq!((empty.status, &empty.body), (200, &json!({"items": []})));
    let mut theirs = fixture("refunds-list", "ok");
    theirs["queryStringParameters"] = json!({"organizationId": stage.world.show.organization});
    theirs["rawQueryString"] = json!(format!("organizationId={}", stage.world.show.organization));
    assert_eq!(stranger.invoke("refunds-list", &theirs).await.problem(), "not-found");
    assert_eq!(stage.invoke("refunds-list", &fixture("refunds-list", "invalid-request")).await.problem(), "invalid-request");
}

#[tokio::test]
async fn a_refund_that_failed_is_listed_and_asked_for_again_under_another_name() {
    let (stage, booking) = sold().await;
    stage.invoke("refunds-create", &at("refunds-create", "created", &[("bookingId", booking.id.as_str())])).await;
    let payment = stage.store.payment(&booking.payment).await.unwrap().unwrap();
    let refund = stage.store.refunds_of(&payment.id).await.unwrap().pop().unwrap();
    let here = [("paymentId", payment.id.as_str()), ("refundId", refund.id.as_str())];
    let early = stage.invoke("refunds-retry", &at("refunds-retry", "state-conflict", &here)).await;
    assert_eq!((early.problem(), &early.body["refundStatus"]), ("state-conflict", &json!("REQUESTED")));

    stage.store.move_refund(&payment, &refund, &refund.failed("account_closed".to_owned()), stage.now).await.unwrap();
    let listed = stage.invoke("refunds-list", &fixture("refunds-list", "ok")).await;
    assert_eq!((&listed.body["items"][0]["refundId"], &listed.body["items"][0]["failure"]), (&json!(refund.id), &json!("account_closed")));
    let again = stage.invoke("refunds-retry", &at("refunds-retry", "requested", &here)).await;
    assert_eq!((again.status, &again.body["status"], &again.body["attempt"]), (200, &json!("REQUESTED"), &json!(2)));
    let in_a_minute = stage.now + SignedDuration::from_mins(1);
    let kept = stage.store.refund(&payment.id, &refund.id).await.unwrap().unwrap();
    assert_eq!((kept.status, kept.failure.clone(), kept.provider_name() == refund.provider_name()), (RefundStatus::Requested, None, false));
    assert_eq!(stage.store.payments_due(in_a_minute, 10).await.unwrap().ids, [payment.id], "somebody looks after it");
    assert_eq!(stage.invoke("refunds-list", &fixture("refunds-list", "ok")).await.body, json!({"items": []}));
    assert_eq!(stage.invoke("refunds-retry", &fixture("refunds-retry", "not-found")).await.problem(), "not-found");
}

#[tokio::test]
async fn the_books_of_a_month_sum_to_zero_in_json_and_in_rows() {
    let (stage, booking) = sold().await;
    stage.invoke("show-bookings-cancel", &at("show-bookings-cancel", "cancelled", &[("bookingId", booking.id.as_str())])).await;
    let today = store::day_of(stage.now).to_string();
    let listed = stage.invoke("ledger-list", &on(fixture("ledger-list", "ok"), &today, &today)).await;
    let items = listed.body["items"].as_array().unwrap().clone();
    let kinds: std::collections::BTreeSet<&str> = items.iter().map(|item| item["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["CAPTURED", "RETURNED", "SOLD"].into());
    for item in &items {
        let sum: i64 = item["lines"].as_array().unwrap().iter().map(|line| line["amount"].as_i64().unwrap()).sum();
        assert_eq!(sum, 0, "{item}");
    }
    let rows = stage.invoke("ledger-export", &on(fixture("ledger-export", "ok"), &today, &today)).await;
    let text = rows.raw["body"].as_str().unwrap();
    let lines: Vec<&str> = text.trim_end().split("\r\n").collect();
    assert_eq!(lines[0], "at,kind,payment,booking,show,account,amount,currency");
    let sum: i64 = lines[1..].iter().map(|line| line.split(',').nth(6).unwrap().parse::<i64>().unwrap()).sum();
    assert_eq!((lines.len() - 1, sum), (items.iter().map(|item| item["lines"].as_array().unwrap().len()).sum(), 0));
    assert_eq!(stage.invoke("ledger-list", &fixture("ledger-list", "invalid-request")).await.problem(), "invalid-request");
    assert_eq!(stage.invoke("ledger-export", &fixture("ledger-export", "forbidden")).await.problem(), "forbidden");
    let before = stage.invoke("ledger-list", &on(fixture("ledger-list", "ok"), "2020-01-01", "2020-01-02")).await;
    assert_eq!(before.body, json!({"items": []}));
}

#[tokio::test]
async fn a_call_off_page_sends_everybodys_money_back_and_counts_once() {
    let (stage, booking) = sold().await;
    let none = stage.invoke("call-offs-get", &fixture("call-offs-get", "state-conflict")).await;
    assert_eq!(none.problem(), "state-conflict", "it is not called off");
    assert_eq!(stage.invoke("call-offs-get", &fixture("call-offs-get", "forbidden")).await.problem(), "forbidden");
    let event = stage.store.event(&booking.event).await.unwrap().unwrap();
    let deadline = tokio::time::Instant::now() + std::time::Duration::from_mins(1);
    stage.store.cancel_event(&event, deadline).await.unwrap();
    let message = |shard: u8, round: u8| {
        let mut message = fixture("events-close", "refund-bookings");
        let body = json!({"kind": "refund-bookings", "show": booking.show, "shard": shard, "round": round, "after": null});
        message["Records"][0]["body"] = json!(body.to_string());
        message
    };
    for round in [1, 1, 2] {
        // The next message finds no queue: whatever is not passed on is handed back, and repeating it changes nothing.
        let shards: Vec<Value> = (0..store::BOOKING_SHARDS).map(|shard| message(shard, round)).collect();
        let sent = futures_util::future::join_all(shards.iter().map(|message| stage.send("events-close", message))).await;
        assert!(sent.iter().all(Result::is_ok));
    }
    let cancelled = stage.store.booking_of(&booking.user, &booking.id).await.unwrap().unwrap();
    assert_eq!(cancelled.returned.total(), booking.quote.total.amount);
    let refunds = stage.store.refunds_of(&booking.payment).await.unwrap();
    assert_eq!((refunds.len(), refunds[0].amount.amount), (1, booking.quote.total.amount));
    let far = stage.invoke("call-offs-get", &fixture("call-offs-get", "ok")).await;
    assert_eq!(
        (&far.body["complete"], &far.body["shows"][0]["calledOff"]),
        (&json!(false), &json!(1)),
        "show 2 has not begun: {}",
        far.body
    );
    assert_eq!((&far.body["shows"][0]["complete"], &far.body["shows"][0]["refused"]), (&json!(true), &json!(0)));
    let payment = stage.store.payment(&booking.payment).await.unwrap().unwrap();
    assert_eq!((payment.status, payment.refunded), (PaymentStatus::Captured, payment.captured), "the worker does the rest");
}
