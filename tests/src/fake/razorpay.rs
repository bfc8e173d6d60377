//! Razorpay's books: orders, the payments that were tried for them, refunds, events.

use super::{Asked, Books, Hook, Request};
use aws_lc_rs::hmac as mac;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The web hook's secret here.
pub const WEBHOOK_SECRET: &str = "fake-webhook-secret";
/// The key's secret here.
pub const KEY_SECRET: &str = "fake-key-secret";

/// HMAC-SHA256 in hexadecimal, by another library than the one that is tested.
pub fn hmac(secret: &str, text: &str) -> String {
    let tag = mac::sign(&mac::Key::new(mac::HMAC_SHA256, secret.as_bytes()), text.as_bytes());
    let mut hexadecimal = String::new();
    for byte in tag.as_ref() {
        let _ = write!(hexadecimal, "{byte:02x}");
    }
    hexadecimal
}

/// Razorpay.
#[derive(Default)]
pub struct Razorpay {
    orders: BTreeMap<String, Value>,
    payments: BTreeMap<String, Value>,
    refund_keys: BTreeMap<String, (String, u16, Value)>,
    /// Web hooks in the order in which things happened.
    pub hooks: Vec<Hook>,
}

impl Razorpay {
    /// The buyer pays: the money is set aside.
    pub fn authorize(&mut self, order: &str) -> String {
        let id = self.attempt(order, "authorized");
        self.tell("payment.authorized", &id, None);
        id
    }

    /// The bank says no.
    pub fn decline(&mut self, order: &str) {
        let id = self.attempt(order, "failed");
        self.tell("payment.failed", &id, None);
    }

    /// What was not captured in time goes back by itself.
    pub fn lapse(&mut self, order: &str) {
        let waiting = self.payments.values_mut().filter(|payment| payment["order_id"] == order && payment["status"] == "authorized");
        for payment in waiting {
            payment["status"] = json!("refunded");
            payment["amount_refunded"] = payment["amount"].clone();
        }
    }

    /// What Razorpay's checkout hands to the browser.
    pub fn proof(order: &str, payment: &str) -> Value {
        let signature = hmac(KEY_SECRET, &format!("{order}|{payment}"));
        json!({"razorpayOrderId": order, "razorpayPaymentId": payment, "razorpaySignature": signature})
    }

    /// Keys are forgotten after a day.
    pub fn forget_keys(&mut self) {
        self.refund_keys.clear();
    }

    /// What was taken and not sent back, over all payments.
    pub fn kept(&self) -> i64 {
        let taken = self.payments.values().filter(|payment| payment["captured"] == true);
        taken.map(|payment| number(&payment["amount"]) - number(&payment["amount_refunded"])).sum()
    }

    fn attempt(&mut self, order: &str, status: &str) -> String {
        let id = format!("pay_fake{:04}", self.payments.len());
        let amount = self.orders[order]["amount"].clone();
        let payment = json!({"id": id, "entity": "payment", "status": status, "amount": amount, "currency": "INR", "order_id": order,
            "amount_refunded": 0, "captured": false, "notes": {"payment_id": "pay_written_by_the_buyer"}});
        self.payments.insert(id.clone(), payment);
        id
    }

    fn tell(&mut self, kind: &str, payment: &str, refund: Option<&Value>) {
        let mut payload = json!({"payment": {"entity": self.payments[payment]}});
        if let Some(refund) = refund {
            payload["refund"] = json!({"entity": refund});
        }
        let body = json!({"entity": "event", "event": kind, "created_at": 1_800_000_000, "payload": payload}).to_string();
        let headers = [
            ("x-razorpay-signature".to_owned(), hmac(WEBHOOK_SECRET, &body)),
            ("x-razorpay-event-id".to_owned(), format!("evt_{:04}", self.hooks.len())),
        ];
        self.hooks.push(Hook { headers: headers.into(), body: body.into_bytes() });
    }

    fn capture(&mut self, id: &str, body: &Value) -> (u16, Value) {
        let Some(payment) = self.payments.get_mut(id) else { return refusal("The id provided does not exist") };
        if payment["status"] != "authorized" {
            return refusal("This payment has already been captured");
        }
        if payment["amount"] != body["amount"] || payment["currency"] != body["currency"] {
            return refusal("Capture amount must be equal to the amount authorized");
        }
        payment["status"] = json!("captured");
        payment["captured"] = json!(true);
        let answer = payment.clone();
        self.tell("payment.captured", id, None);
        self.tell("order.paid", id, None);
        (200, answer)
    }

    fn refund(&mut self, id: &str, body: &Value) -> (u16, Value) {
        let Some(payment) = self.payments.get_mut(id) else { return refusal("The id provided does not exist") };
        if payment["status"] != "captured" {
            return refusal("The payment has been fully refunded already");
        }
        payment["amount_refunded"] = body["amount"].clone();
        payment["status"] = json!("refunded");
        let refund = json!({"id": format!("rfnd_{}", &id[4..]), "entity": "refund", "payment_id": id, "status": "processed"});
        self.tell("refund.processed", id, Some(&refund));
        (200, refund)
    }
}

impl Books for Razorpay {
    fn asked(&self, request: &Request) -> Asked {
        match request.path.rsplit('/').next().unwrap_or_default() {
            "capture" => Asked::Capture,
            "refund" => Asked::Refund,
            "orders" => Asked::Create,
            _ => Asked::Report,
        }
    }

    fn answer(&mut self, request: &Request) -> (u16, Value) {
        assert!(request.header("authorization").starts_with("Basic "), "every call shows the key");
        let body: Value = serde_json::from_str(&request.body).unwrap_or_default();
        let parts: Vec<&str> = request.path.trim_start_matches("/v1/").split('/').collect();
        match (request.method.as_str(), parts.as_slice()) {
            ("GET", ["orders"]) => {
                let receipt = request.query.trim_start_matches("receipt=");
                let found: Vec<&Value> = self.orders.values().filter(|order| order["receipt"] == receipt).collect();
                (200, json!({"entity": "collection", "count": found.len(), "items": found}))
            }
            ("POST", ["orders"]) => {
                assert_eq!(body["payment"]["capture"], "manual");
                let id = format!("order_fake{:04}", self.orders.len());
                let mut order = body;
                order["id"] = json!(id);
                order["status"] = json!("created");
                self.orders.insert(id, order.clone());
                (200, order)
            }
            ("GET", ["orders", order, "payments"]) if self.orders.contains_key(*order) => {
                let found: Vec<&Value> = self.payments.values().filter(|payment| payment["order_id"] == **order).collect();
                (200, json!({"entity": "collection", "count": found.len(), "items": found}))
            }
            ("POST", ["payments", id, "capture"]) => self.capture(id, &body),
            ("POST", ["payments", id, "refund"]) => {
                let key = request.header("x-refund-idempotency").to_owned();
                assert!(key.len() >= 10 && key.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b)), "{key}");
                let asked = format!("{} {}", request.path, request.body);
                if let Some((before, status, answer)) = self.refund_keys.get(&key) {
                    return if *before == asked { (*status, answer.clone()) } else { refusal("Different request with the same key") };
                }
                let (status, answer) = self.refund(id, &body);
                self.refund_keys.insert(key, (asked, status, answer.clone()));
                (status, answer)
            }
            _ => refusal("The id provided does not exist"),
        }
    }

    fn break_key(&mut self, request: &Request) {
        let key = request.header("x-refund-idempotency").to_owned();
        if !key.is_empty() {
            self.refund_keys.insert(key, (format!("{} {}", request.path, request.body), 500, Value::Null));
        }
    }
}

fn refusal(description: &str) -> (u16, Value) {
    (400, json!({"error": {"code": "BAD_REQUEST_ERROR", "description": description, "reason": "input_validation_failed"}}))
}

fn number(value: &Value) -> i64 {
    value.as_i64().unwrap_or(0)
}
