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
    refunds: Vec<Value>,
    disputes: BTreeMap<String, Value>,
    /// What new refunds are; `processed` if nothing was said.
    refunds_are: Option<&'static str>,
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

    /// From now on refunds are in this state when they are made.
    pub fn refunds_are(&mut self, status: &'static str) {
        self.refunds_are = Some(status);
    }

    /// Every refund becomes this.
    pub fn refunds_become(&mut self, status: &str) {
        for i in 0..self.refunds.len() {
            self.refunds[i]["status"] = json!(status);
            let refund = self.refunds[i].clone();
            let kind = if status == "failed" { "refund.failed" } else { "refund.processed" };
            self.tell(kind, refund["payment_id"].as_str().expect("a payment"), Some(&refund));
        }
    }

    /// The buyer's bank wants so much of a payment back, or decides.
    pub fn dispute(&mut self, payment: &str, status: &str, amount: i64) {
        let id = format!("disp_{}", &payment[4..]);
        let dispute = json!({"id": id, "entity": "dispute", "payment_id": payment, "status": status, "amount": amount});
        self.disputes.insert(id, dispute.clone());
        let kind = if status == "open" { "created" } else { status };
        let payload = json!({"payment": {"entity": self.payments[payment]}, "dispute": {"entity": dispute}});
        self.send(&json!({"entity": "event", "event": format!("payment.dispute.{kind}"), "created_at": 1_800_000_000, "payload": payload}));
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
        self.send(&json!({"entity": "event", "event": kind, "created_at": 1_800_000_000, "payload": payload}));
    }

    fn send(&mut self, event: &Value) {
        let body = event.to_string();
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
        let refunded = number(&payment["amount_refunded"]) + number(&body["amount"]);
        if refunded > number(&payment["amount"]) {
            return refusal("The total refund amount is greater than the refund payment amount");
        }
        payment["amount_refunded"] = json!(refunded);
        if refunded == number(&payment["amount"]) {
            payment["status"] = json!("refunded");
        }
        let status = self.refunds_are.unwrap_or("processed");
        let refund = json!({"id": format!("rfnd_{:04}", self.refunds.len()), "entity": "refund", "payment_id": id, "status": status,
            "amount": body["amount"], "receipt": body["receipt"]});
        self.refunds.push(refund.clone());
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
                list(&found)
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
                list(&found)
            }
            ("GET", ["payments"]) => list(&self.payments.values().collect::<Vec<_>>()),
            ("GET", ["payments", id, "refunds"]) => {
                list(&self.refunds.iter().filter(|refund| refund["payment_id"] == **id).collect::<Vec<_>>())
            }
            ("GET", ["disputes", id]) if self.disputes.contains_key(*id) => (200, self.disputes[*id].clone()),
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

fn list(items: &[&Value]) -> (u16, Value) {
    (200, json!({"entity": "collection", "count": items.len(), "items": items}))
}

fn refusal(description: &str) -> (u16, Value) {
    (400, json!({"error": {"code": "BAD_REQUEST_ERROR", "description": description, "reason": "input_validation_failed"}}))
}

fn number(value: &Value) -> i64 {
    value.as_i64().unwrap_or(0)
}
