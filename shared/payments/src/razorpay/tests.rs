//! What can be told without asking anybody.

use super::*;
use crate::event::{About, RefundProgress, Subject};
use crate::signature::sign;
use domain::money::Money;

fn now() -> Timestamp {
    Timestamp::from_second(1_700_000_000).unwrap()
}

fn attempt(id: &str, status: &str) -> Value {
    json!({"id": id, "status": status, "amount": 118_000, "currency": "INR", "order_id": "order_1", "amount_refunded": 0, "captured": false})
}

fn told(body: &Value, id: Option<&str>) -> Result<Event, WebhookError> {
    let body = body.to_string();
    webhook::verified(&[b"new".to_vec(), b"old".to_vec()], &sign(b"old", &[body.as_bytes()]), id, body.as_bytes(), now())
}

fn hook(kind: &str, status: &str) -> Value {
    let refund = json!({"entity": {"id": "rfnd_1", "status": "processed"}});
    json!({"event": kind, "created_at": 1_700_000_000, "payload": {"payment": {"entity": attempt("pay_1", status)}, "refund": refund,
        "dispute": {"entity": {"id": "disp_1"}}}})
}

#[test]
fn the_try_that_went_farthest_counts() {
    use PaymentStatus as P;
    let amount = Money { amount: 118_000, currency: "INR".parse().unwrap() };
    let sum = |statuses: &[&str]| {
        let attempts: Vec<Attempt> = statuses.iter().map(|status| serde_json::from_value(attempt("pay_1", status)).unwrap()).collect();
        summed_up(&attempts, &amount).map(|report| report.status)
    };
    for (statuses, ours) in [
        (&[] as &[&str], P::Created),
        (&["created"], P::Created),
        (&["failed"], P::Declined),
        (&["failed", "created"], P::Declined),
        (&["authorized", "failed"], P::Authorized),
        (&["failed", "authorized"], P::Authorized),
        (&["captured", "failed"], P::Captured),
        (&["refunded", "failed"], P::Voided),
        (&["refunded", "captured"], P::Captured),
    ] {
        assert_eq!(sum(statuses).unwrap(), ours, "{statuses:?}");
    }
    assert!(matches!(sum(&["captured", "pondered"]), Err(ProviderError::Unavailable(_))), "never guessed");
}

#[test]
fn web_hooks_become_what_they_are_about() {
    let of = Subject::Reference("order_1".to_owned());
    for (kind, status, ours) in [
        ("payment.authorized", "authorized", PaymentStatus::Authorized),
        ("payment.captured", "captured", PaymentStatus::Captured),
        ("payment.failed", "failed", PaymentStatus::Declined),
        ("order.paid", "captured", PaymentStatus::Captured),
    ] {
        let event = told(&hook(kind, status), Some("evt_1")).unwrap();
        let About::Payment { of: told_of, report } = event.about else { panic!("{kind}") };
        assert_eq!((event.id.as_str(), told_of, report.status), ("evt_1", of.clone(), ours), "{kind}");
    }
    for (kind, progress) in [("refund.processed", RefundProgress::Done), ("refund.failed", RefundProgress::Failed)] {
        let event = told(&hook(kind, "captured"), Some("evt_1")).unwrap();
        assert_eq!(event.about, About::Refund { of: of.clone(), refund: "rfnd_1".to_owned(), progress });
    }
    let dispute = told(&hook("payment.dispute.created", "captured"), Some("evt_1")).unwrap();
    assert_eq!(dispute.about, About::Dispute { of, dispute: "disp_1".to_owned() });
    assert!(matches!(told(&hook("invoice.paid", "captured"), Some("evt_1")).unwrap().about, About::Unknown { .. }));
    assert!(matches!(told(&json!({"event": "x"}), Some("evt_1")).unwrap().about, About::Unknown { .. }));
}

#[test]
fn bytes_that_razorpay_did_not_sign_are_refused_and_so_is_a_call_without_a_name() {
    let body = hook("payment.captured", "captured").to_string();
    let signature = sign(b"old", &[body.as_bytes()]);
    let secrets = [b"old".to_vec()];
    let verified = |body: &[u8], signature: &str| webhook::verified(&secrets, signature, Some("evt_1"), body, now());
    assert!(verified(body.as_bytes(), &signature).is_ok());
    let pretty = serde_json::to_vec_pretty(&serde_json::from_str::<Value>(&body).unwrap()).unwrap();
    for changed in [&body.as_bytes()[..body.len() - 1], &pretty, b""] {
        assert!(matches!(verified(changed, &signature), Err(WebhookError::Forged)));
    }
    for forged in ["", "00", &signature[..63], &signature.to_uppercase()] {
        assert!(matches!(verified(body.as_bytes(), forged), Err(WebhookError::Forged)));
    }
    assert!(matches!(told(&hook("payment.captured", "captured"), None), Err(WebhookError::Malformed)));
    assert!(matches!(told(&hook("payment.captured", "captured"), Some("")), Err(WebhookError::Malformed)));
}
