//! What can be told without asking anybody.

use super::*;
use crate::event::{About, RefundProgress, Subject};
use crate::signature::sign;
use serde_json::{Value, json};

const NOW: i64 = 1_700_000_000;

fn now() -> Timestamp {
    Timestamp::from_second(NOW).unwrap()
}

fn stripe() -> Stripe {
    Stripe::new(&StripeSettings::new("sk_test", "whsec_new,whsec_old", "http://127.0.0.1:9"))
}

fn intent(status: &str) -> Value {
    json!({"id": "pi_1", "object": "payment_intent", "status": status, "amount": 118_000, "amount_capturable": 118_000,
        "amount_received": 118_000, "currency": "inr", "metadata": {"payment_id": "pay_0000000000000001"},
        "last_payment_error": null, "latest_charge": "ch_1"})
}

fn event(kind: &str, object: &Value) -> Vec<u8> {
    json!({"id": "evt_1", "object": "event", "type": kind, "created": NOW, "data": {"object": object}}).to_string().into_bytes()
}

fn told(body: &[u8]) -> Result<Event, WebhookError> {
    let header = format!("t={NOW},v1={}", sign(b"whsec_old", &[NOW.to_string().as_bytes(), b".", body]));
    webhook::verified(&stripe().webhook_secrets, &header, body, now())
}

#[test]
fn every_status_of_stripe_is_one_of_ours_and_an_unknown_one_is_not_guessed() {
    use PaymentStatus as P;
    for (theirs, ours) in [
        ("requires_payment_method", P::Created),
        ("requires_confirmation", P::Created),
        ("requires_action", P::Created),
        ("processing", P::Created),
        ("requires_capture", P::Authorized),
        ("succeeded", P::Captured),
        ("canceled", P::Voided),
    ] {
        let intent: Intent = serde_json::from_value(intent(theirs)).unwrap();
        assert_eq!(intent.report().unwrap().status, ours, "{theirs}");
    }
    let strange: Intent = serde_json::from_value(intent("requires_faith")).unwrap();
    assert!(matches!(strange.report(), Err(ProviderError::Unavailable(_))));
    let mut declined = intent("requires_payment_method");
    declined["last_payment_error"] = json!({"code": "card_declined"});
    assert_eq!(serde_json::from_value::<Intent>(declined).unwrap().report().unwrap().status, P::Declined);
    for (refunded, ours) in [(0, P::Captured), (117_999, P::Captured), (118_000, P::Refunded)] {
        let mut intent = intent("succeeded");
        intent["latest_charge"] = json!({"id": "ch_1", "amount_refunded": refunded});
        assert_eq!(serde_json::from_value::<Intent>(intent).unwrap().report().unwrap().status, ours, "{refunded}");
    }
}

#[test]
fn web_hooks_become_what_they_are_about() {
    let of = Subject::Ours { payment: "pay_0000000000000001".parse().unwrap(), reference: "pi_1".to_owned() };
    for (kind, status, ours) in [
        ("payment_intent.amount_capturable_updated", "requires_capture", PaymentStatus::Authorized),
        ("payment_intent.succeeded", "succeeded", PaymentStatus::Captured),
        ("payment_intent.payment_failed", "requires_payment_method", PaymentStatus::Declined),
        ("payment_intent.canceled", "canceled", PaymentStatus::Voided),
    ] {
        let About::Payment { of: told_of, report } = told(&event(kind, &intent(status))).unwrap().about else { panic!("{kind}") };
        assert_eq!((told_of, report.status, report.amount.amount), (of.clone(), ours, 118_000), "{kind}");
    }
    let refund = told(&event("refund.updated", &json!({"id": "re_1", "status": "failed", "payment_intent": "pi_1"}))).unwrap();
    let of = Subject::Reference("pi_1".to_owned());
    assert_eq!(refund.about, About::Refund { of: of.clone(), refund: "re_1".to_owned(), progress: RefundProgress::Failed });
    let dispute = told(&event("charge.dispute.created", &json!({"id": "dp_1", "payment_intent": "pi_1"}))).unwrap();
    assert_eq!(dispute.about, About::Dispute { of, dispute: "dp_1".to_owned() });
}

#[test]
fn what_means_nothing_to_us_is_said_to_be_unknown() {
    let mut foreign = intent("succeeded");
    foreign["metadata"] = json!({});
    for body in [
        event("customer.created", &json!({"id": "cus_1"})),
        event("payment_intent.succeeded", &foreign),
        event("payment_intent.succeeded", &intent("requires_faith")),
        event("refund.updated", &json!({"id": "re_1", "status": "succeeded", "payment_intent": null})),
    ] {
        assert!(matches!(told(&body).unwrap().about, About::Unknown { .. }));
    }
}

#[test]
fn bytes_that_stripe_did_not_sign_are_refused_before_they_are_read() {
    let body = event("payment_intent.succeeded", &intent("succeeded"));
    let header = format!("t={NOW},v1={}", sign(b"whsec_new", &[NOW.to_string().as_bytes(), b".", &body]));
    let secrets = stripe().webhook_secrets;
    assert!(webhook::verified(&secrets, &header, &body, now()).is_ok());
    let re_encoded = serde_json::to_vec_pretty(&serde_json::from_slice::<Value>(&body).unwrap()).unwrap();
    let longer = [body.as_slice(), b"\n"].concat();
    for changed in [&body[..body.len() - 1], &re_encoded, &longer, b""] {
        assert!(matches!(webhook::verified(&secrets, &header, changed, now()), Err(WebhookError::Forged)));
    }
    assert!(matches!(told(b"[]"), Err(WebhookError::Malformed)), "signed nonsense is nonsense");
    assert!(matches!(told(b"{\"id\":\"\"}"), Err(WebhookError::Malformed)));
}

#[test]
fn amounts_are_counted_as_stripe_counts_them_or_refused() {
    let money = |amount, currency: &str| Money { amount, currency: currency.parse().unwrap() };
    for (amount, accepted) in [
        (money(118_000, "INR"), true),
        (money(500, "JPY"), true),
        (money(5_000, "KWD"), true),
        (money(5_001, "KWD"), false),
        (money(500, "UGX"), false),
        (money(500, "ISK"), false),
        (money(0, "INR"), false),
        (money(-1, "INR"), false),
    ] {
        assert_eq!(amount_fields(&amount).is_ok(), accepted, "{amount:?}");
    }
    assert_eq!(amount_fields(&money(7, "EUR")).unwrap(), [("amount", "7".to_owned()), ("currency", "eur".to_owned())]);
}
