//! Stripe's books: `PaymentIntents`, refunds, idempotency keys, events.

use super::{Asked, Books, Hook, Request};
use crate::fake::razorpay::hmac;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The web hook's secret here.
pub const WEBHOOK_SECRET: &str = "whsec_fake";

/// Stripe.
#[derive(Default)]
pub struct Stripe {
    intents: BTreeMap<String, Value>,
    /// The newest first.
    refunds: Vec<Value>,
    disputes: BTreeMap<String, Value>,
    /// What new refunds are; `succeeded` if nothing was said.
    refunds_are: Option<&'static str>,
    /// By key: what was asked, and what was answered.
    keys: BTreeMap<String, (String, u16, Value)>,
    /// Web hooks in the order in which things happened.
    pub hooks: Vec<Hook>,
    /// What goes into the hooks' signatures as the time.
    now: i64,
}

impl Stripe {
    /// Whose web hooks are signed at this second.
    pub fn at(now: i64) -> Self {
        Self { now, ..Self::default() }
    }

    /// The buyer pays with a card: the money is set aside.
    pub fn authorize(&mut self, id: &str) {
        self.becomes(id, "requires_capture", "payment_intent.amount_capturable_updated");
    }

    /// The buyer pays with a method that cannot wait.
    pub fn pay_at_once(&mut self, id: &str) {
        self.becomes(id, "succeeded", "payment_intent.succeeded");
    }

    /// The bank says no.
    pub fn decline(&mut self, id: &str) {
        self.intents.get_mut(id).expect("an intent")["last_payment_error"] = json!({"code": "card_declined"});
        self.becomes(id, "requires_payment_method", "payment_intent.payment_failed");
    }

    /// The authorization ran out.
    pub fn lapse(&mut self, id: &str) {
        if self.intents[id]["status"] == "requires_capture" {
            self.becomes(id, "canceled", "payment_intent.canceled");
        }
    }

    /// From now on refunds are in this state when they are made.
    pub fn refunds_are(&mut self, status: &'static str) {
        self.refunds_are = Some(status);
    }

    /// Every refund becomes this; those that fail are with us again.
    pub fn refunds_become(&mut self, status: &str) {
        for i in 0..self.refunds.len() {
            self.refunds[i]["status"] = json!(status);
            let refund = self.refunds[i].clone();
            if status == "failed" {
                let intent = self.intents.get_mut(text(&refund["payment_intent"])).expect("an intent");
                let left = number(&intent["latest_charge"]["amount_refunded"]) - number(&refund["amount"]);
                intent["latest_charge"]["amount_refunded"] = json!(left);
            }
            self.tell(if status == "failed" { "refund.failed" } else { "refund.updated" }, &refund);
        }
    }

    /// The buyer's bank wants so much back, or decides.
    pub fn dispute(&mut self, intent: &str, status: &str, amount: i64) {
        let id = format!("dp_{}", &intent[3..]);
        let dispute = json!({"id": id, "object": "dispute", "status": status, "amount": amount, "payment_intent": intent});
        self.disputes.insert(id, dispute.clone());
        self.tell(if status == "needs_response" { "charge.dispute.created" } else { "charge.dispute.closed" }, &dispute);
    }

    /// Somebody changes what was taken, behind our back.
    pub fn forge(&mut self, intent: &str, received: i64) {
        self.intents.get_mut(intent).expect("an intent")["amount_received"] = json!(received);
    }

    /// Keys are forgotten after a day.
    pub fn forget_keys(&mut self) {
        self.keys.clear();
    }

    /// What was taken and not sent back, over all payments.
    pub fn kept(&self) -> i64 {
        let taken = self.intents.values().filter(|intent| intent["status"] == "succeeded");
        taken.map(|intent| number(&intent["amount"]) - number(&intent["latest_charge"]["amount_refunded"])).sum()
    }

    fn becomes(&mut self, id: &str, status: &str, kind: &str) {
        let intent = self.intents.get_mut(id).expect("an intent");
        let amount = intent["amount"].clone();
        intent["status"] = json!(status);
        intent["amount_capturable"] = if status == "requires_capture" { amount.clone() } else { json!(0) };
        intent["amount_received"] = if status == "succeeded" { amount } else { json!(0) };
        if status == "succeeded" {
            intent["latest_charge"] = json!({"id": format!("ch_{}", &id[3..]), "object": "charge", "amount_refunded": 0});
        }
        let object = collapsed(intent);
        self.tell(kind, &object);
    }

    fn tell(&mut self, kind: &str, object: &Value) {
        let id = format!("evt_{:04}", self.hooks.len());
        let body = json!({"id": id, "object": "event", "type": kind, "created": self.now, "data": {"object": object}}).to_string();
        let t = self.now;
        let signature = format!("t={t},v1={}", hmac(WEBHOOK_SECRET, &format!("{t}.{body}")));
        self.hooks.push(Hook { headers: vec![("stripe-signature".to_owned(), signature)], body: body.into_bytes() });
    }

    fn create(&mut self, form: &BTreeMap<String, String>) -> (u16, Value) {
        let id = format!("pi_fake{:04}", self.intents.len());
        let metadata = json!({"payment_id": form["metadata[payment_id]"], "booking_id": form["metadata[booking_id]"]});
        let amount: i64 = form["amount"].parse().expect("an amount");
        let intent = json!({"id": id, "object": "payment_intent", "status": "requires_payment_method", "amount": amount,
            "amount_capturable": 0, "amount_received": 0, "currency": form["currency"], "metadata": metadata,
            "client_secret": format!("{id}_secret"), "last_payment_error": null, "latest_charge": null});
        self.intents.insert(id, intent.clone());
        (200, intent)
    }

    fn act(&mut self, id: &str, action: &str) -> (u16, Value) {
        let Some(intent) = self.intents.get(id) else { return refusal(404, "resource_missing") };
        let status = intent["status"].as_str().expect("a status").to_owned();
        match (action, status.as_str()) {
            ("capture", "requires_capture") => self.becomes(id, "succeeded", "payment_intent.succeeded"),
            ("cancel", "requires_payment_method" | "requires_action" | "requires_capture") => {
                self.becomes(id, "canceled", "payment_intent.canceled");
            }
            _ => return refusal(400, "payment_intent_unexpected_state"),
        }
        (200, collapsed(&self.intents[id]))
    }

    fn refund(&mut self, form: &BTreeMap<String, String>) -> (u16, Value) {
        let id = form["payment_intent"].clone();
        let Some(intent) = self.intents.get_mut(&id) else { return refusal(404, "resource_missing") };
        if intent["status"] != "succeeded" {
            return refusal(400, "payment_intent_unexpected_state");
        }
        let (taken, before) = (number(&intent["amount"]), number(&intent["latest_charge"]["amount_refunded"]));
        let amount: i64 = form["amount"].parse().expect("an amount");
        if before == taken {
            return refusal(400, "charge_already_refunded");
        } else if before + amount > taken {
            return refusal(400, "amount_too_large");
        }
        let status = self.refunds_are.unwrap_or("succeeded");
        if status != "failed" {
            intent["latest_charge"]["amount_refunded"] = json!(before + amount);
        }
        let refund = json!({"id": format!("re_{:04}", self.refunds.len()), "object": "refund", "status": status, "amount": amount,
            "payment_intent": id, "metadata": {"refund": form["metadata[refund]"]}});
        self.refunds.insert(0, refund.clone());
        self.tell("refund.updated", &refund);
        (200, refund)
    }

    fn read(&self, parts: &[&str], query: &str) -> (u16, Value) {
        let list = |data: Vec<&Value>| (200, json!({"object": "list", "data": data, "has_more": false}));
        let found = match parts {
            ["payment_intents"] => return list(self.intents.values().collect()),
            ["refunds"] => {
                let of = query.split('&').find_map(|pair| pair.strip_prefix("payment_intent=")).unwrap_or_default();
                return list(self.refunds.iter().filter(|refund| refund["payment_intent"] == of).collect());
            }
            ["payment_intents", id] => self.intents.get(*id),
            ["disputes", id] => self.disputes.get(*id),
            _ => None,
        };
        found.map_or_else(|| refusal(404, "resource_missing"), |found| (200, found.clone()))
    }
}

impl Books for Stripe {
    fn asked(&self, request: &Request) -> Asked {
        match request.path.rsplit('/').next().unwrap_or_default() {
            "capture" => Asked::Capture,
            "cancel" => Asked::Void,
            _ if request.method == "GET" => Asked::Report,
            "refunds" => Asked::Refund,
            "payment_intents" => Asked::Create,
            _ => Asked::Report,
        }
    }

    fn answer(&mut self, request: &Request) -> (u16, Value) {
        assert!(request.header("authorization").starts_with("Bearer sk_"), "every call shows the key");
        assert!(!request.header("stripe-version").is_empty(), "every call names its version");
        let parts: Vec<&str> = request.path.trim_start_matches("/v1/").split('/').collect();
        if request.method == "GET" {
            return self.read(&parts, &request.query);
        }
        let key = request.header("idempotency-key").to_owned();
        assert!(!key.is_empty(), "every change carries a key");
        let asked = format!("{} {}", request.path, request.body);
        if let Some((before, status, answer)) = self.keys.get(&key) {
            return if *before == asked { (*status, answer.clone()) } else { refusal(400, "idempotency_key_in_use") };
        }
        let form = form(&request.body);
        let (status, answer) = match parts.as_slice() {
            ["payment_intents"] => self.create(&form),
            ["payment_intents", id, action] => self.act(id, action),
            ["refunds"] => self.refund(&form),
            _ => refusal(404, "unknown_url"),
        };
        self.keys.insert(key, (asked, status, answer.clone()));
        (status, answer)
    }

    fn break_key(&mut self, request: &Request) {
        let key = request.header("idempotency-key").to_owned();
        if !key.is_empty() {
            self.keys.insert(key, (format!("{} {}", request.path, request.body), 500, Value::Null));
        }
    }
}

/// As events and answers show an intent that was not expanded.
fn collapsed(intent: &Value) -> Value {
    let mut intent = intent.clone();
    intent["latest_charge"] = intent["latest_charge"]["id"].clone();
    intent
}

fn refusal(status: u16, code: &str) -> (u16, Value) {
    (status, json!({"error": {"type": "invalid_request_error", "code": code, "message": "no"}}))
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn number(value: &Value) -> i64 {
    value.as_i64().unwrap_or(0)
}

/// A form's fields; ours hold nothing but letters, digits and brackets.
fn form(body: &str) -> BTreeMap<String, String> {
    let plain = body.replace("%5B", "[").replace("%5D", "]");
    plain.split('&').filter_map(|pair| pair.split_once('=')).map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}
