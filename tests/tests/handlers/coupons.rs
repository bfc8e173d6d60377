//! Coupons: how organizers make them, and what buyers get for them.

use super::{Stage, fixture};
use domain::booking::BookingStatus;
use domain::id::{EventId, OrganizationId};
use domain::user::Profile;
use serde_json::{Value, json};
use tests::function_event::Person;
use tests::stage::Answered;
use tests::world::entropy;

/// A hall whose organizer is person 2; the caller holds two places at 500 rupees each.
async fn stage() -> Stage {
    let stage = Stage::new().await;
    join(&stage, 2, &stage.world.show.organization.clone()).await;
    stage.invoke("holds-place", &fixture("holds-place", "placed")).await;
    stage
}

async fn join(stage: &Stage, person: u64, organization: &OrganizationId) {
    let profile = Profile {
        id: Person::number(person).user,
        email: format!("person{person}@example.org").parse().unwrap(),
        name: "Otto".parse().unwrap(),
        phone: None,
        organization: Some(organization.clone()),
        created_at: stage.now,
    };
    stage.store.create_profile(&profile).await.unwrap();
}

/// Another organization's coupon of this shape.
fn with_body(mut event: Value, members: &Value) -> Value {
    let mut body: Value = serde_json::from_str(event["body"].as_str().unwrap()).unwrap();
    body.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
    event["body"] = json!(body.to_string());
    event
}

fn by(mut event: Value, person: u64) -> Value {
    event["requestContext"]["authorizer"]["jwt"]["claims"]["sub"] = json!(Person::number(person).subject);
    event
}

/// Makes a coupon of the stage's organization with these terms.
async fn make(stage: &Stage, terms: &Value) -> Answered {
    let mut event = fixture("coupons-create", "created");
    event["body"] = json!(terms.to_string());
    let made = stage.invoke("coupons-create", &event).await;
    assert_eq!(made.status, 201, "{}", made.body);
    made
}

/// Asks for the price and for a booking; both must be refused for this reason.
async fn assert_refused(stage: &Stage, code: &str, reason: &str) {
    let mut quote = fixture("holds-quote", "found-with-coupon");
    quote["rawQueryString"] = json!(format!("couponCode={code}"));
    quote["queryStringParameters"]["couponCode"] = json!(code);
    let booking = with_body(fixture("bookings-create", "created"), &json!({ "couponCode": code }));
    for (function, event) in [("holds-quote", quote), ("bookings-create", booking)] {
        let refused = stage.invoke(function, &event).await;
        assert_eq!((refused.status, refused.problem()), (422, "coupon-refused"), "{function} {code}: {}", refused.body);
        assert_eq!(refused.body["reason"], reason, "{function} {code}: {}", refused.body);
        assert!(refused.body["detail"].as_str().is_some_and(|detail| detail.ends_with('.')), "{}", refused.body);
    }
}

async fn bookings(stage: &Stage) -> u32 {
    stage.store.booking_count_of(&Stage::caller().user).await.unwrap()
}

/// What the organizer's list says of how often a coupon is used.
async fn used(stage: &Stage, code: &str) -> Value {
    let list = stage.invoke("coupons-list", &fixture("coupons-list", "found")).await;
    assert_eq!(list.status, 200, "{}", list.body);
    list.body["items"].as_array().unwrap().iter().find(|item| item["code"] == code).map(|item| item["used"].clone()).unwrap()
}

#[tokio::test]
async fn an_organizer_makes_lists_and_withdraws_coupons_and_nobody_else_does() {
    let stage = stage().await;
    for (outcome, status) in [("forbidden", 403), ("unauthenticated", 401), ("invalid-request", 400)] {
        let refused = stage.invoke("coupons-create", &fixture("coupons-create", outcome)).await;
        assert_eq!((refused.status, refused.problem()), (status, outcome), "{}", refused.body);
    }
    assert_eq!(stage.invoke("coupons-list", &fixture("coupons-list", "found")).await.body, json!({"items": []}));

    let created = stage.invoke("coupons-create", &fixture("coupons-create", "created")).await;
    assert_eq!(created.status, 201, "{}", created.body);
    let mut view = created.body;
    assert!(view.as_object_mut().unwrap().remove("createdAt").is_some());
    let terms = json!({"code": "WELCOME10", "rate": 1000, "usesMax": 2, "usesPerUserMax": 1, "used": 0, "status": "ACTIVE"});
    assert_eq!(view, terms);
    let taken = stage.invoke("coupons-create", &fixture("coupons-create", "state-conflict")).await;
    assert_eq!((taken.status, taken.problem()), (409, "state-conflict"), "{}", taken.body);
    let friends = stage.invoke("coupons-create", &fixture("coupons-create", "created-for-an-event")).await;
    assert_eq!((friends.status, &friends.body["amount"]["amount"]), (201, &json!(20_000)), "{}", friends.body);

    let found = stage.invoke("coupons-list", &fixture("coupons-list", "found")).await;
    assert_eq!(found.body["items"].as_array().unwrap().len(), 2);
    for (outcome, status) in [("forbidden", 403), ("invalid-request", 400)] {
        let refused = stage.invoke("coupons-list", &fixture("coupons-list", outcome)).await;
        assert_eq!((refused.status, refused.problem()), (status, outcome));
    }
    for (outcome, status) in [("forbidden", 403), ("not-found", 404)] {
        let refused = stage.invoke("coupons-disable", &fixture("coupons-disable", outcome)).await;
        assert_eq!((refused.status, refused.problem()), (status, outcome));
    }
    assert_eq!(stage.invoke("holds-quote", &fixture("holds-quote", "found-with-coupon")).await.status, 200, "still active");
    for _ in 0..2 {
        let disabled = stage.invoke("coupons-disable", &fixture("coupons-disable", "disabled")).await;
        assert_eq!((disabled.status, &disabled.body["status"]), (200, &json!("DISABLED")), "{}", disabled.body);
    }
    assert_refused(&stage, "WELCOME10", "DISABLED").await;
}

#[tokio::test]
async fn organizers_of_other_organizations_see_and_touch_nothing() {
    let stage = stage().await;
    stage.invoke("coupons-create", &fixture("coupons-create", "created")).await;
    join(&stage, 4, &OrganizationId::from_entropy(entropy())).await;
    assert_eq!(stage.invoke("coupons-list", &by(fixture("coupons-list", "found"), 4)).await.body, json!({"items": []}));
    assert_eq!(stage.invoke("coupons-disable", &by(fixture("coupons-disable", "disabled"), 4)).await.problem(), "not-found");
    let theirs = stage.invoke("coupons-create", &by(fixture("coupons-create", "created-for-an-event"), 4)).await;
    assert_eq!((theirs.problem(), &theirs.body["errors"][0]["pointer"]), ("invalid-request", &json!("/eventId")));
    // The code is free for them, and worth nothing at anybody else's shows.
    let event = with_body(fixture("coupons-create", "created"), &json!({"code": "THEIRS"}));
    assert_eq!(stage.invoke("coupons-create", &by(event, 4)).await.status, 201);
    assert_refused(&stage, "THEIRS", "UNKNOWN").await;
    assert_eq!(used(&stage, "WELCOME10").await, 0);
}

#[tokio::test]
async fn terms_that_make_no_sense_are_refused_with_their_place() {
    let stage = stage().await;
    let money = |amount: i64, currency: &str| json!({"amount": amount, "currency": currency});
    for (terms, pointer) in [
        (json!({"code": "ABC", "rate": 1000}), "/code"),
        (json!({"code": "SPRING"}), "/rate"),
        (json!({"code": "SPRING", "rate": 0}), "/rate"),
        (json!({"code": "SPRING", "rate": 10_001}), "/rate"),
        (json!({"code": "SPRING", "amount": money(0, "INR")}), "/amount"),
        (json!({"code": "SPRING", "amount": money(1, "INR"), "minimum": money(1, "USD")}), "/minimum"),
        (json!({"code": "SPRING", "rate": 1000, "validUntil": "2020-01-01T00:00:00Z"}), "/validUntil"),
        (json!({"code": "SPRING", "rate": 1000, "usesMax": 0}), "/usesMax"),
        (json!({"code": "SPRING", "rate": 1000, "usesPerUserMax": 101}), "/usesPerUserMax"),
        (json!({"code": "SPRING", "rate": 1000, "eventId": "evt_0000000000000009"}), "/eventId"),
    ] {
        let mut event = fixture("coupons-create", "created");
        event["body"] = json!(terms.to_string());
        let refused = stage.invoke("coupons-create", &event).await;
        assert_eq!((refused.status, &refused.body["errors"][0]["pointer"]), (400, &json!(pointer)), "{terms}: {}", refused.body);
    }
    assert_eq!(stage.invoke("coupons-list", &fixture("coupons-list", "found")).await.body, json!({"items": []}));
}

#[tokio::test]
async fn a_preview_shows_what_the_booking_will_cost_and_writes_nothing() {
    let stage = stage().await;
    stage.invoke("coupons-create", &fixture("coupons-create", "created")).await;
    let plain = stage.invoke("holds-quote", &fixture("holds-quote", "found")).await;
    assert_eq!((plain.status, &plain.body["discount"]["amount"], &plain.body["total"]["amount"]), (200, &json!(0), &json!(118_000)));
    stage.dynamo.meter.start();
    let quote = stage.invoke("holds-quote", &fixture("holds-quote", "found-with-coupon")).await;
    let requests = stage.dynamo.meter.stop();
    assert!(requests.keys().all(|key| matches!(key.operation.as_str(), "GetItem" | "BatchGetItem")), "{requests:?}");
    let parts = ["subtotal", "discount", "fee", "tax", "total"].map(|part| quote.body[part]["amount"].as_i64().unwrap());
    assert_eq!((quote.status, parts), (200, [100_000, 10_000, 0, 16_200, 106_200]));

    let booked = stage.invoke("bookings-create", &fixture("bookings-create", "created-with-coupon")).await;
    assert_eq!((booked.status, &booked.body["quote"], &booked.body["couponCode"]), (201, &quote.body, &json!("WELCOME10")));
    let payment = booked.body["payment"]["paymentId"].as_str().unwrap().parse().unwrap();
    assert_eq!(stage.store.payment(&payment).await.unwrap().unwrap().amount.amount, 106_200);
    assert_eq!(used(&stage, "WELCOME10").await, 1);
    // Its own use does not count against itself.
    assert_eq!(stage.invoke("holds-quote", &fixture("holds-quote", "found-with-coupon")).await.body, quote.body);
    for (outcome, status) in [("invalid-request", 400), ("not-found", 404), ("state-conflict", 409)] {
        let refused = stage.invoke("holds-quote", &fixture("holds-quote", outcome)).await;
        assert_eq!((refused.status, refused.problem()), (status, outcome), "{}", refused.body);
    }
}

#[tokio::test]
async fn every_refusal_says_why_and_leaves_the_hold_as_it_was() {
    let stage = stage().await;
    let money = |amount: i64, currency: &str| json!({"amount": amount, "currency": currency});
    let other = EventId::from_entropy(entropy());
    let event =
        domain::event::Event { id: other.clone(), shows: vec![], ..stage.store.event(&stage.world.show.event).await.unwrap().unwrap() };
    stage.store.create_event(&event, &[]).await.unwrap();
    make(&stage, &json!({"code": "LATER", "rate": 1000, "validFrom": "2099-01-01T00:00:00Z"})).await;
    make(&stage, &json!({"code": "OTHER-EVENT", "rate": 1000, "eventId": other})).await;
    make(&stage, &json!({"code": "LARGE", "rate": 1000, "minimum": money(100_001, "INR")})).await;
    make(&stage, &json!({"code": "DOLLARS", "amount": money(100, "USD")})).await;
    let code = |code: &str| code.parse::<domain::coupon::CouponCode>().unwrap();
    let organization = stage.world.show.organization.clone();
    let later = stage.store.coupon(&organization, &code("LATER")).await.unwrap().unwrap();
    let over = domain::coupon::Coupon { code: code("OVER"), valid_from: None, valid_until: Some(stage.now), ..later };
    stage.store.create_coupon(&over).await.unwrap();

    for (code, reason) in [
        ("NOBODY-MADE-THIS", "UNKNOWN"),
        ("X", "UNKNOWN"),
        ("LATER", "NOT_YET_VALID"),
        ("OVER", "EXPIRED"),
        ("OTHER-EVENT", "OTHER_EVENT"),
        ("LARGE", "BELOW_MINIMUM"),
        ("DOLLARS", "OTHER_CURRENCY"),
    ] {
        assert_refused(&stage, code, reason).await;
    }
    let refused = stage.invoke("holds-quote", &fixture("holds-quote", "coupon-refused")).await;
    assert_eq!((refused.status, &refused.body["reason"]), (422, &json!("UNKNOWN")));
    let hold = stage.store.hold_of(&stage.world.show.id, &Stage::caller().user, stage.now).await.unwrap().unwrap();
    assert_eq!((hold.booking, bookings(&stage).await), (None, 0));
    assert_eq!(stage.invoke("bookings-create", &fixture("bookings-create", "created")).await.status, 201, "without it, it is booked");
}

#[tokio::test]
async fn limits_refuse_by_name_and_a_use_that_is_called_off_comes_back() {
    let stage = stage().await;
    make(&stage, &json!({"code": "ONCE", "rate": 1000, "usesMax": 1, "usesPerUserMax": 1})).await;
    // Person 2 holds S-B-1 and takes the only use.
    let event = with_body(fixture("bookings-create", "created"), &json!({"couponCode": "once"}));
    let theirs = stage.invoke("bookings-create", &by(event.clone(), 2)).await;
    assert_eq!(theirs.status, 201, "{}", theirs.body);
    assert_refused(&stage, "ONCE", "USED_UP").await;
    assert_eq!(bookings(&stage).await, 0);

    let id = theirs.body["bookingId"].as_str().unwrap().parse().unwrap();
    let booking = stage.store.booking_of(&Person::number(2).user, &id).await.unwrap().unwrap();
    let mut cancel = by(fixture("bookings-cancel", "cancelled"), 2);
    cancel["pathParameters"]["bookingId"] = json!(booking.id);
    assert_eq!(stage.invoke("bookings-cancel", &cancel).await.status, 200);
    assert_eq!(used(&stage, "ONCE").await, 0);
    let own = stage.invoke("bookings-create", &event).await;
    assert_eq!((own.status, used(&stage, "ONCE").await), (201, json!(1)), "{}", own.body);

    // The same person with other places; what was given back to person 2 is another's.
    make(&stage, &json!({"code": "ONE-EACH", "rate": 1000, "usesPerUserMax": 1})).await;
    assert_eq!(used(&stage, "ONE-EACH").await, Value::Null, "not counted in all");
    let booking = stage.store.booking_of(&Stage::caller().user, &own.body["bookingId"].as_str().unwrap().parse().unwrap()).await;
    assert_eq!(booking.unwrap().unwrap().status, BookingStatus::Pending);
}

#[tokio::test]
async fn one_person_is_refused_after_as_many_as_one_may_have() {
    let stage = stage().await;
    make(&stage, &json!({"code": "ONE-EACH", "rate": 1000, "usesPerUserMax": 1})).await;
    let event = with_body(fixture("bookings-create", "created"), &json!({"couponCode": "ONE-EACH"}));
    let first = stage.invoke("bookings-create", &event).await;
    assert_eq!(first.status, 201, "{}", first.body);
    // They buy it, and hold other places.
    let caller = Stage::caller().user;
    let booking = stage.store.booking_of(&caller, &first.body["bookingId"].as_str().unwrap().parse().unwrap()).await.unwrap().unwrap();
    stage.store.confirm_booking(&booking, stage.now).await.unwrap();
    let mut hold = fixture("holds-place", "placed");
    hold["body"] = json!(json!({"seats": ["S-C-1"]}).to_string());
    assert_eq!(stage.invoke("holds-place", &hold).await.status, 201);
    assert_refused(&stage, "ONE-EACH", "USED_BY_YOU").await;
    assert_eq!(bookings(&stage).await, 1);
}

#[tokio::test]
async fn a_repeat_finds_the_booking_and_another_coupon_does_not_change_its_price() {
    let stage = stage().await;
    stage.invoke("coupons-create", &fixture("coupons-create", "created")).await;
    stage.invoke("coupons-create", &fixture("coupons-create", "created-for-an-event")).await;
    let first = stage.invoke("bookings-create", &fixture("bookings-create", "created-with-coupon")).await;
    // The coupon is withdrawn and used by this person: both are true, and neither is news to this booking.
    stage.invoke("coupons-disable", &fixture("coupons-disable", "disabled")).await;
    for outcome in ["created-with-coupon", "created"] {
        let again = stage.invoke("bookings-create", &fixture("bookings-create", outcome)).await;
        assert_eq!((again.status, &again.body["bookingId"]), (200, &first.body["bookingId"]), "{}", again.body);
        assert_eq!((&again.body["quote"], &again.body["payment"]), (&first.body["quote"], &first.body["payment"]));
    }
    let other = stage.invoke("bookings-create", &fixture("bookings-create", "state-conflict")).await;
    assert_eq!((other.status, other.problem()), (409, "state-conflict"), "{}", other.body);
    assert_eq!((&other.body["bookingId"], &other.body["bookingStatus"]), (&first.body["bookingId"], &json!("PENDING")));
    assert_eq!((used(&stage, "WELCOME10").await, used(&stage, "FRIENDS").await, bookings(&stage).await), (json!(1), Value::Null, 1));
}

#[tokio::test]
async fn a_coupon_does_not_come_to_a_booking_without_one() {
    let stage = stage().await;
    stage.invoke("coupons-create", &fixture("coupons-create", "created")).await;
    let plain = stage.invoke("bookings-create", &fixture("bookings-create", "created")).await;
    let late = stage.invoke("bookings-create", &fixture("bookings-create", "created-with-coupon")).await;
    assert_eq!((late.status, late.problem(), &late.body["bookingId"]), (409, "state-conflict", &plain.body["bookingId"]));
    assert_eq!((used(&stage, "WELCOME10").await, bookings(&stage).await), (json!(0), 1));
}

#[tokio::test]
async fn what_costs_nothing_is_confirmed_at_once_whoever_was_to_be_paid() {
    let stage = stage().await;
    make(&stage, &json!({"code": "ALL-OF-IT", "rate": 10_000, "usesMax": 1})).await;
    let asked = with_body(fixture("bookings-create", "confirmed"), &json!({"provider": "free"}));
    let refused = stage.invoke("bookings-create", &asked).await;
    assert_eq!((refused.problem(), &refused.body["errors"][0]["pointer"]), ("invalid-request", &json!("/provider")), "{}", refused.body);

    // No provider answers here but the sandbox: nobody is asked.
    let asked = with_body(fixture("bookings-create", "confirmed"), &json!({"provider": "stripe"}));
    let confirmed = stage.invoke("bookings-create", &asked).await;
    assert_eq!((confirmed.status, &confirmed.body["status"]), (201, &json!("CONFIRMED")), "{}", confirmed.body);
    assert_eq!((&confirmed.body["quote"]["total"]["amount"], &confirmed.body["payment"]["provider"]), (&json!(0), &json!("free")));
    assert_eq!(confirmed.body["tickets"].as_array().unwrap().len(), 2);
    assert_eq!(stage.world.row("A", stage.now).await, "BBAAAAAAAA");
    assert_eq!(stage.store.bought(&stage.world.show.id, &Stage::caller().user).await.unwrap(), 2);
    assert_eq!(stage.store.hold_of(&stage.world.show.id, &Stage::caller().user, stage.now).await.unwrap(), None);
    assert_eq!(used(&stage, "ALL-OF-IT").await, 1);
    let again = stage.invoke("bookings-create", &fixture("bookings-create", "confirmed")).await;
    assert_eq!((again.problem(), bookings(&stage).await), ("hold-expired", 1), "the hold became tickets");
}

#[tokio::test]
async fn nobody_pays_with_nothing_for_what_costs_something() {
    let stage = stage().await;
    let free = json!({"provider": "free"});
    let refused = stage.invoke("bookings-create", &with_body(fixture("bookings-create", "created"), &free)).await;
    assert_eq!((refused.problem(), &refused.body["errors"][0]["pointer"]), ("invalid-request", &json!("/provider")));
    let booking = stage.invoke("bookings-create", &fixture("bookings-create", "created")).await.body;
    let mut attempt = with_body(fixture("payment-attempts-create", "created"), &free);
    attempt["pathParameters"]["bookingId"] = booking["bookingId"].clone();
    let refused = stage.invoke("payment-attempts-create", &attempt).await;
    assert_eq!((refused.problem(), &refused.body["errors"][0]["pointer"]), ("invalid-request", &json!("/provider")));
    assert_eq!(stage.world.row("A", stage.now).await, "HHAAAAAAAA");
}
