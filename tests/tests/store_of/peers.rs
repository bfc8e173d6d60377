//! Others who know the providers judge us: their own libraries, Stripe's published description, and an imitation of Stripe that
//! is not ours. Each is skipped, in one line, where it is not installed; `cargo xtask test` installs what can be.

use domain::money::Money;
use domain::payment::{Payment, PaymentStatus, Provider};
use domain::refund::{Refund, RefundReason};
use payments::{
    About, NewPayment, PaymentProvider, ProofError, ProviderError, Razorpay, RazorpaySettings, RefundProgress, StartedPayment, Stripe,
    StripeMethods, StripeSettings, Window,
};
use serde_json::{Value, json};
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use tests::fake::{Fake, razorpay, stripe};
use tests::template::root;
use tests::world::{after, noon, somebody};

/// A process that ends with its test.
struct Peer(Child);

impl Drop for Peer {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

async fn answers(base: &str) {
    for _ in 0..200 {
        if reqwest::get(base).await.is_ok() {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("{base} does not answer");
}

fn skipped(what: &str, why: &str) {
    eprintln!("SKIPPED: {what}: {why}");
}

/// What a provider's own library says.
fn oracle(asked: &Value) -> Option<Value> {
    let folder = root().join("tests/oracles");
    if !folder.join("node_modules").is_dir() {
        skipped("the providers' own libraries", "run npm ci in tests/oracles");
        return None;
    }
    let mut node = Command::new("node").arg("oracle.mjs").current_dir(folder).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    node.stdin.take().unwrap().write_all(asked.to_string().as_bytes()).unwrap();
    Some(serde_json::from_slice(&node.wait_with_output().unwrap().stdout).unwrap())
}

fn base64(bytes: &[u8]) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.encode(bytes)
}

fn payment(provider: Provider, reference: &str) -> Payment {
    let started = StartedPayment { reference: reference.to_owned(), ..StartedPayment::default() };
    new_payment().payment(provider, &started, noon())
}

fn refund(payment: &Payment, amount: i64) -> Refund {
    let id = payment.id.refund_id(&amount.to_string());
    Refund::of(payment, id, Money { amount, ..payment.amount.clone() }, RefundReason::Cancelled, noon())
}

fn new_payment() -> NewPayment {
    NewPayment {
        id: "pay_0000000000000001".parse().unwrap(),
        booking: "book_0000000000000001".parse().unwrap(),
        show: "show_0000000000000001".parse().unwrap(),
        organization: "org_0000000000000001".parse().unwrap(),
        buyer: somebody(),
        amount: Money { amount: 118_000, currency: "INR".parse().unwrap() },
        held_until: noon(),
    }
}

#[test]
fn what_stripes_library_signs_is_genuine_and_its_library_says_so_of_ours() {
    let body = r#"{"id":"evt_1","object":"event","type":"payout.paid","created":1800000000,"data":{"object":{"title":"नाटक €"}}}"#;
    let at = noon().as_second();
    let signed = json!({"judge": "signStripe", "secret": "whsec_ours", "at": at, "body": base64(body.as_bytes())});
    let Some(signed) = oracle(&signed) else { return };
    let header = signed["answer"].as_str().unwrap();
    let ours = Stripe::new(&StripeSettings::new("sk_test", "whsec_next,whsec_ours", "http://127.0.0.1:9"));
    let find = |name: &str| Some(header).filter(|_| name == "stripe-signature");
    assert!(matches!(ours.verify_webhook(&find, body.as_bytes(), noon()).unwrap().about, About::Unknown { .. }));
    assert!(ours.verify_webhook(&find, &body.as_bytes()[1..], noon()).is_err());

    let t = at.to_string();
    let header = format!("t={t},v1={}", razorpay::hmac("whsec_ours", &format!("{t}.{body}")));
    let judge = |secret: &str, body: &str| {
        oracle(&json!({"judge": "verifyStripe", "secret": secret, "header": header, "at": at, "body": base64(body.as_bytes())})).unwrap()
    };
    assert_eq!(judge("whsec_ours", body)["answer"], "evt_1");
    assert_eq!(judge("whsec_other", body)["refused"], "StripeSignatureVerificationError");
    assert_eq!(judge("whsec_ours", &body.replace("payout", "payin"))["refused"], "StripeSignatureVerificationError");
}

/// localstripe would listen on every interface and has no flag against it.
const ON_LOOPBACK: &str = "
import socket
bind = socket.socket.bind
socket.socket.bind = lambda self, address: bind(self, ('::ffff:127.0.0.1', address[1]))
from localstripe.server import start
start()
";

#[tokio::test]
async fn what_we_take_for_genuine_razorpays_library_takes_too_and_nothing_else() {
    let fake = Fake::start(razorpay::Razorpay::default()).await;
    let ours = Razorpay::new(&RazorpaySettings::new("rzp", razorpay::KEY_SECRET, razorpay::WEBHOOK_SECRET, &fake.base));
    let started = ours.start(&new_payment()).await.unwrap();
    let paid = fake.books(|books| books.authorize(&started.reference));
    let hook = fake.books(|books| books.hooks.pop()).unwrap();
    let signature = hook.headers[0].1.clone();
    for (body, genuine) in [(hook.body.clone(), true), (hook.body[1..].to_vec(), false)] {
        let find = |name: &str| hook.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
        assert_eq!(ours.verify_webhook(&find, &body, noon()).is_ok(), genuine);
        let asked = json!({"judge": "verifyRazorpay", "body": base64(&body), "signature": signature, "secret": razorpay::WEBHOOK_SECRET});
        let Some(judged) = oracle(&asked) else { return };
        assert_eq!(judged["answer"], genuine);
    }
    let payment = payment(Provider::Razorpay, &started.reference);
    let proof = razorpay::Razorpay::proof(&started.reference, &paid);
    assert_eq!(ours.verify_proof(&payment, proof.to_string().as_bytes()).await.unwrap().status, PaymentStatus::Authorized);
    let other =
        json!({"razorpayOrderId": started.reference, "razorpayPaymentId": "pay_other", "razorpaySignature": proof["razorpaySignature"]});
    assert!(matches!(ours.verify_proof(&payment, other.to_string().as_bytes()).await, Err(ProofError::Forged)));
    let elsewhere = razorpay::Razorpay::proof("order_other", &paid);
    assert!(matches!(ours.verify_proof(&payment, elsewhere.to_string().as_bytes()).await, Err(ProofError::Foreign)));
    for (paid, genuine) in [(paid.as_str(), true), ("pay_other", false)] {
        let asked = json!({"judge": "verifyCheckout", "order": started.reference, "payment": paid,
            "signature": proof["razorpaySignature"], "secret": razorpay::KEY_SECRET});
        assert_eq!(oracle(&asked).unwrap()["answer"], genuine);
    }
}

/// Where Go puts programs, or wherever the system finds them.
#[expect(clippy::disallowed_methods, reason = "tests have no other settings")]
fn stripe_mock() -> Option<PathBuf> {
    let folders = std::env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = std::env::split_paths(&folders).collect();
    folders.extend(std::env::var_os("HOME").map(|home| PathBuf::from(home).join("go/bin")));
    folders.into_iter().map(|folder| folder.join("stripe-mock")).find(|file| file.is_file())
}

#[tokio::test]
async fn every_request_to_stripe_has_the_shape_that_stripe_publishes() {
    let Some(program) = stripe_mock() else {
        return skipped("stripe-mock", "go install github.com/stripe/stripe-mock@latest");
    };
    let fake = Fake::start(stripe::Stripe::at(noon().as_second())).await;
    for methods in [StripeMethods::All, StripeMethods::CapturedLater] {
        let ours = Stripe::new(&StripeSettings { methods, ..StripeSettings::new("sk_test_1", "whsec_1", &fake.base) });
        let id = format!("pay_000000000000000{}", u8::from(methods == StripeMethods::All));
        let asked = NewPayment { id: id.parse().unwrap(), ..new_payment() };
        let started = ours.start(&asked).await.unwrap();
        let payment = Payment { id: asked.id, ..payment(Provider::Stripe, &started.reference) };
        fake.books(|books| books.authorize(&started.reference));
        assert_eq!(ours.capture(&payment).await.unwrap().status, PaymentStatus::Captured);
        assert!(ours.void(&payment).await.is_err(), "it is taken");
        let half = refund(&payment, 59_000);
        let done = ours.refund(&payment, &half).await.unwrap();
        assert_eq!(done.progress, RefundProgress::Done);
        assert_eq!(ours.refund(&payment, &half).await.unwrap(), done, "again, and nothing more");
        assert_eq!(ours.refund(&payment, &refund(&payment, 58_999)).await.unwrap().progress, RefundProgress::Done);
        assert!(matches!(ours.refund(&payment, &refund(&payment, 2)).await, Err(ProviderError::Refused(_))), "more than is left");
        assert_eq!(ours.refund(&payment, &refund(&payment, 1)).await.unwrap().progress, RefundProgress::Done);
        assert_eq!(ours.report(&payment).await.unwrap().status, PaymentStatus::Refunded);
        let window = Window { from: noon(), until: after(noon(), 60) };
        assert!(ours.listed(&window, None).await.unwrap().payments.iter().any(|listed| listed.refunded == 118_000));
    }
    assert_eq!(fake.books(|books| books.kept()), 0);

    let port = free_port();
    let address = format!("127.0.0.1:{port}");
    let mock = Command::new(program).args(["-http-addr", &address]).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    let _mock = Peer(mock.unwrap());
    let base = format!("http://127.0.0.1:{port}");
    answers(&base).await;
    let heard = fake.heard();
    assert!(heard.len() >= 12, "{} requests", heard.len());
    for request in heard {
        let method = reqwest::Method::from_bytes(request.method.as_str().as_bytes()).unwrap();
        let mut again = reqwest::Client::new().request(method, format!("{base}{}", request.path)).body(request.body.clone());
        for name in ["authorization", "content-type", "idempotency-key"] {
            if let Some(value) = request.headers.get(name) {
                again = again.header(name, value.to_str().unwrap());
            }
        }
        let answer = again.send().await.unwrap();
        let (status, text) = (answer.status().as_u16(), answer.text().await.unwrap());
        assert_eq!(status, 200, "{} {} {}: {text}", request.method, request.path, request.body);
    }
}

/// An environment of its own: its dependencies are not those of the local cloud.
#[expect(clippy::disallowed_methods, reason = "tests have no other settings")]
fn localstripe() -> Option<PathBuf> {
    let venv = std::env::var_os("FRONTROW_LOCALSTRIPE").map_or_else(|| root().join(".frontrow/localstripe"), PathBuf::from);
    Some(venv.join("bin/localstripe")).filter(|file| file.is_file())
}

#[tokio::test]
async fn an_imitation_of_stripe_that_is_not_ours_is_paid_captured_refunded_and_believed() {
    let Some(program) = localstripe() else {
        return skipped(
            "localstripe",
            "python3 -m venv .frontrow/localstripe && .frontrow/localstripe/bin/pip install localstripe==1.15.*",
        );
    };
    let port = free_port();
    let port_text = port.to_string();
    let python = program.with_file_name("python");
    let process = Command::new(python)
        .args(["-c", ON_LOOPBACK, "--port", &port_text, "--from-scratch"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let _peer = Peer(process.unwrap());
    let base = format!("http://127.0.0.1:{port}");
    answers(&base).await;
    let http = reqwest::Client::new();
    let send = async |path: &str, fields: &[(&str, &str)]| -> Value {
        let answer = http.post(format!("{base}{path}")).bearer_auth("sk_test_1").form(fields).send().await.unwrap();
        let text = answer.text().await.unwrap();
        serde_json::from_str(&text).unwrap_or_else(|_| panic!("{path}: {text}"))
    };
    let ours = Stripe::new(&StripeSettings::new("sk_test_1", "whsec_1", &base));
    let started = ours.start(&new_payment()).await.unwrap();
    assert!(started.client_secret.is_some());
    let unpaid = payment(Provider::Stripe, &started.reference);
    assert_eq!(ours.void(&unpaid).await.unwrap().status, PaymentStatus::Voided);

    // It cannot be paid as browsers do: the method is there from the beginning.
    let card = [
        ("type", "card"),
        ("card[number]", "4242424242424242"),
        ("card[exp_month]", "12"),
        ("card[exp_year]", "2030"),
        ("card[cvc]", "123"),
    ];
    let method = send("/v1/payment_methods", &card).await["id"].as_str().unwrap().to_owned();
    let customer = send("/v1/customers", &[("name", "Anna")]).await["id"].as_str().unwrap().to_owned();
    send(&format!("/v1/payment_methods/{method}/attach"), &[("customer", &customer)]).await;
    let fields = [
        ("amount", "118000"),
        ("currency", "inr"),
        ("capture_method", "manual"),
        ("payment_method", &method),
        ("customer", &customer),
        ("metadata[payment_id]", "pay_0000000000000001"),
    ];
    let intent = send("/v1/payment_intents", &fields).await["id"].as_str().unwrap().to_owned();
    let paid = payment(Provider::Stripe, &intent);
    let confirmed = send(&format!("/v1/payment_intents/{intent}/confirm"), &[]).await;
    let report = ours.report(&paid).await.unwrap_or_else(|error| panic!("{error:?}: {confirmed}"));
    assert_eq!(report.status, PaymentStatus::Authorized);
    assert_eq!(ours.capture(&paid).await.unwrap().status, PaymentStatus::Captured);
    assert_eq!(ours.capture(&paid).await.unwrap().status, PaymentStatus::Captured, "again");
    let whole = refund(&paid, 118_000);
    assert_eq!(ours.refund(&paid, &whole).await.unwrap().progress, RefundProgress::Done);
    assert_eq!(ours.refund(&paid, &whole).await.unwrap().progress, RefundProgress::Done, "again");
    assert_eq!(ours.report(&paid).await.unwrap().status, PaymentStatus::Refunded);
    let foreign = Payment { id: "pay_0000000000000002".parse().unwrap(), ..paid };
    assert!(ours.report(&foreign).await.is_err(), "another payment's name opens nothing");
}
