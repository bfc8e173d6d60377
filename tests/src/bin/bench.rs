//! `cargo xtask bench`: what the selling path costs and how fast it is here. Prints; judges nothing.

#![expect(clippy::print_stdout, reason = "that is what it is for")]

use domain::block::BlockKey;
use domain::id::{HoldId, ShowId};
use domain::layout::{Layout, Places, Row, Section};
use domain::payment::{PaymentStatus, Provider};
use payments::{NewPayment, PaymentProvider, Providers, Report, Sandbox, Settler, StartedPayment};
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use store::Store;
use tests::cloud::{Cloud, Person, Show};
use tests::meter::{Meter, Units};
use tests::world::{World, after, entropy, noon, somebody};

const CONNECTIONS: usize = 32;
const BUYERS: usize = 64;
const SHOWS_PER_EVENT: usize = 40;
const EVENTS: usize = 4;
/// Shows of which every buyer gets a web hook.
const HOOKED_SHOWS: usize = 10;
/// How many web hooks come.
const HOOKS_PER_SECOND: u32 = 50;
/// How often a buyer looks.
const LOOK_EVERY: Duration = Duration::from_millis(10);
/// What the local cloud's sandbox signs with.
const SANDBOX_SECRET: &str = "frontrow-local-sandbox-secret";

#[tokio::main]
async fn main() {
    println!("Units, from ReturnConsumedCapacity");
    units().await;
    println!();
    println!("Over HTTP, {CONNECTIONS} open connections, closed loop, database embedded in memory, load generator on the same machine");
    over_http().await;
}

async fn units() {
    let meter = Meter::default();
    let client = tests::emulator::client_with(Some(meter.clone()));
    let store = Store::new(client, tests::emulator::tables().await);
    let world = World::new(store.clone()).await;
    let anna = somebody();
    meter.take();

    world.place(&anna, &["S-A-1", "S-A-2", "S-A-3", "S-A-4"], noon()).await.expect("free places");
    let hold = meter.take();
    print_units("4 neighbours held", hold, "goal: 2 write units");

    let live = store.book_hold(&world.show.id, &anna, noon()).await.expect("a live hold");
    let booking = world.booking_of(&live, noon());
    let started = StartedPayment { reference: "reference".to_owned(), ..StartedPayment::default() };
    let payment = NewPayment::of(&booking).payment(Provider::Sandbox, &started, noon());
    store.create_payment(&payment, after(noon(), 30)).await.expect("a payment");
    store.create_booking(&booking).await.expect("a booking");
    let create = meter.take();
    print_units("booking made (and its payment)", create, "");

    let sandbox = Sandbox::new(store.clone(), "secret");
    let asked = NewPayment::of(&booking);
    sandbox.start(&asked).await.expect("started");
    store.move_sandbox_payment(&payment.id, PaymentStatus::Authorized).await.expect("authorized");
    let bank = meter.take();

    let settler = Settler {
        store: store.clone(),
        providers: Providers::default().with(Provider::Sandbox, Arc::new(sandbox)),
        ask_every: jiff::SignedDuration::from_secs(30),
        wait_for_late: jiff::SignedDuration::from_secs(900),
    };
    let report = Report { status: PaymentStatus::Authorized, amount: payment.amount.clone() };
    settler.settle(booking, &payment, &report, noon()).await.expect("settled");
    let settle = meter.take();
    print_units("confirmed (recorded, sold, one transaction)", settle, "");

    store.capture_payment(&payment, &payment.amount, store::Due::Never, noon()).await.expect("captured");
    let capture = meter.take();
    print_units("captured", capture, "");
    let whole =
        [hold, create, settle, capture].iter().fold(Units::default(), |a, b| Units { read: a.read + b.read, write: a.write + b.write });
    print_units("whole 4-seat booking", whole, "20 before there were books (docs/decisions/0008)");
    print_units("besides: the sandbox bank's own books", bank, "not there with a real provider");
    map_units(&store, &meter).await;
}

/// The seat map of 50,000 places, empty, half sold and sold out.
async fn map_units(store: &Store, meter: &Meter) {
    let layout = stadium();
    let show = ShowId::from_entropy(entropy());
    let blocks: Vec<(BlockKey, u16)> = layout.blocks().collect();
    for (block, size) in &blocks {
        store.create_block(&show, block, *size).await.expect("a block");
    }
    let mut sold = 0;
    for (label, until) in [("empty", 0), ("half sold", blocks.len() / 2), ("sold out", blocks.len())] {
        for (block, size) in &blocks[sold..until] {
            let holder = HoldId::from_entropy(entropy()).holder();
            let seats: Vec<_> = (block.first..block.first + size).map(|number| block.seat(number)).collect();
            store.sell_seats(&show, seats.iter(), &holder, noon()).await.expect("sold");
        }
        sold = until;
        meter.take();
        for section in layout.sections() {
            store.blocks_of_section(&show, &section.code).await.expect("blocks");
        }
        print_units(&format!("map of {} places, {label}", layout.capacity()), meter.take(), "goal: 120 read units at most");
    }
}

/// Forty sections of 1,248 or 1,280 places in rows of 32.
fn stadium() -> Layout {
    let section = |i: usize| Section {
        code: format!("S{i}").parse().expect("a code"),
        name: format!("Section {i}").parse().expect("a name"),
        places: Places::Seated(
            (1..=if i < 3 { 40 } else { 39 }).map(|row| Row { label: row.to_string().parse().expect("a label"), seats: 32 }).collect(),
        ),
        level: "STD".parse().expect("a level"),
    };
    Layout::new((0..40).map(section).collect()).expect("a stadium")
}

fn print_units(what: &str, units: Units, note: &str) {
    println!("  {what:<44} {:>7.1} write {:>7.1} read   {note}", units.write, units.read);
}

async fn over_http() {
    // The reconciler stays away: it would find a payment before its web hook comes.
    let mut cloud = Cloud::start(&["--no-demo", "--buyers", &BUYERS.to_string(), "--reconcile-seconds", "3600"]).await;
    cloud.http = reqwest::Client::new(); // keeps its connections
    let cloud: &'static Cloud = Box::leak(Box::new(cloud));
    let buyers = Arc::new(cloud.buyers(BUYERS).await);
    let rows: Vec<Value> = (1..=8).map(|row| json!({"label": row.to_string(), "seats": 32})).collect();
    let sections = json!([{"code": "S", "name": "Stalls", "kind": "seated", "rows": rows, "priceLevel": "STD"}]);
    let mut shows = Vec::new();
    for _ in 0..EVENTS {
        shows
            .extend(cloud.shows(sections.clone(), json!({"STD": {"amount": 50_000, "currency": "INR"}}), json!({}), SHOWS_PER_EVENT).await);
    }
    cloud.settled().await;
    let (to_hold, to_book) = shows.split_at(shows.len() * 3 / 4);
    let (called, to_book) = to_book.split_at(HOOKED_SHOWS);

    let work = pairs(buyers.len(), to_hold);
    let holds = run("4-seat holds", &buyers, work, |buyer, show, seats| async move {
        buyer.post(&show.hold(), &json!({ "seats": seats })).await.expect(201);
    });
    holds.await;
    let bookings = run("4-seat bookings, hold → confirmed", &buyers, pairs(buyers.len(), to_book), |buyer, show, seats| async move {
        buyer.post(&show.hold(), &json!({ "seats": seats })).await.expect(201);
        let booking = buyer.book(&show).await;
        let proof = buyer.pay(&booking, "never").await;
        buyer.confirm(&booking, &proof).await.expect(200);
    });
    bookings.await;
    cloud.settled().await;
    web_hooks(cloud, &buyers, called).await;
    seat_map(cloud).await;
}

/// Open loop: each web hook comes at its time, whether the one before was answered or not. How long until it is answered, and until
/// its buyer sees CONFIRMED.
async fn web_hooks(cloud: &'static Cloud, buyers: &Arc<Vec<Person<'static>>>, shows: &[Show]) {
    let mut paid = tokio::task::JoinSet::new();
    let gate = Arc::new(tokio::sync::Semaphore::new(CONNECTIONS));
    for (buyer, show, seats) in pairs(buyers.len(), shows) {
        let (buyer, gate) = (buyers[buyer].clone(), gate.clone());
        paid.spawn(async move {
            let _turn = gate.acquire().await.expect("the gate stays open");
            buyer.post(&show.hold(), &json!({ "seats": seats })).await.expect(201);
            let booking = buyer.book(&show).await;
            buyer.pay(&booking, "never").await;
            (buyer, booking)
        });
    }
    let paid = paid.join_all().await;
    let (count, began) = (paid.len(), Instant::now());
    let mut hooks = tokio::task::JoinSet::new();
    for (i, (buyer, booking)) in (0u32..).zip(paid) {
        let due = began + Duration::from_secs(1) * i / HOOKS_PER_SECOND;
        hooks.spawn(async move {
            tokio::time::sleep_until(due.into()).await;
            hook(cloud, &booking).await;
            let answered = due.elapsed();
            while buyer.booking(&booking).await["status"] != "CONFIRMED" {
                tokio::time::sleep(LOOK_EVERY).await;
            }
            (answered, due.elapsed())
        });
    }
    let (answered, confirmed): (Vec<_>, Vec<_>) = hooks.join_all().await.into_iter().unzip();
    println!("  open loop, {HOOKS_PER_SECOND} web hooks a second, {count} of them, from the intended start");
    print_rate("web hook answered", answered, began.elapsed());
    print_rate("web hook in → CONFIRMED visible", confirmed, began.elapsed());
}

/// Calls the web hook as the sandbox does.
async fn hook(cloud: &Cloud, booking: &Value) {
    let payment = &booking["payment"]["paymentId"];
    let body = json!({"id": format!("evt_{}", payment.as_str().expect("a payment")), "paymentId": payment, "status": "AUTHORIZED",
        "amount": booking["quote"]["total"]})
    .to_string();
    let t = std::time::UNIX_EPOCH.elapsed().expect("after 1970").as_secs();
    let signature = format!("t={t},v1={}", tests::fake::razorpay::hmac(SANDBOX_SECRET, &format!("{t}.{body}")));
    let request = cloud.http.post(format!("{}/v1/webhooks/sandbox", cloud.base)).header("content-type", "application/json");
    let answer = request.header("sandbox-signature", signature).body(body).send().await.expect("an answer");
    assert_eq!(answer.status(), 200);
}

/// Every buyer once per show, each with four neighbours of their own.
fn pairs(buyers: usize, shows: &[Show]) -> Vec<(usize, Show, Vec<String>)> {
    let mut pairs = Vec::new();
    for show in shows {
        for buyer in 0..buyers {
            let (row, first) = (buyer / 8 + 1, buyer % 8 * 4 + 1);
            pairs.push((buyer, show.clone(), (first..first + 4).map(|n| format!("S-{row}-{n}")).collect()));
        }
    }
    pairs
}

async fn run<F, A>(what: &str, buyers: &Arc<Vec<Person<'static>>>, work: Vec<(usize, Show, Vec<String>)>, act: F)
where
    F: Fn(Person<'static>, Show, Vec<String>) -> A + Clone + Send + 'static,
    A: Future<Output = ()> + Send,
{
    let (work, next) = (Arc::new(work), Arc::new(AtomicUsize::new(0)));
    let started = Instant::now();
    let mut workers = tokio::task::JoinSet::new();
    for _ in 0..CONNECTIONS {
        let (work, next, buyers, act) = (work.clone(), next.clone(), buyers.clone(), act.clone());
        workers.spawn(async move {
            let mut latencies = Vec::new();
            while let Some((buyer, show, seats)) = work.get(next.fetch_add(1, Ordering::Relaxed)).cloned() {
                let began = Instant::now();
                act(buyers[buyer].clone(), show, seats).await;
                latencies.push(began.elapsed());
            }
            latencies
        });
    }
    let latencies: Vec<Duration> = workers.join_all().await.into_iter().flatten().collect();
    print_rate(what, latencies, started.elapsed());
}

#[expect(clippy::cast_precision_loss, reason = "a rate for people")]
fn print_rate(what: &str, mut latencies: Vec<Duration>, took: Duration) {
    latencies.sort_unstable();
    let at = |share: usize| latencies[(latencies.len() * share / 100).min(latencies.len() - 1)].as_secs_f64() * 1_000.0;
    let rate = latencies.len() as f64 / took.as_secs_f64();
    println!(
        "  {what:<44} {rate:>7.0} /s   p50 {:.1} ms  p95 {:.1} ms  p99 {:.1} ms   ({} of them)",
        at(50),
        at(95),
        at(99),
        latencies.len()
    );
}

async fn seat_map(cloud: &Cloud) {
    let sections: Vec<Value> = stadium()
        .sections()
        .iter()
        .map(|section| {
            let rows: Vec<Value> = section.rows().iter().map(|(label, seats)| json!({"label": label, "seats": seats})).collect();
            json!({"code": section.code, "name": section.name, "kind": "seated", "rows": rows, "priceLevel": "STD"})
        })
        .collect();
    let began = Instant::now();
    let show = cloud.show(json!(sections), json!({"STD": {"amount": 50_000, "currency": "INR"}}), json!({})).await;
    println!("  {:<44} {:>7.1} s    (venue, event and publication)", "50,000 places put on sale", began.elapsed().as_secs_f64());
    cloud.settled().await;
    let mut latencies = Vec::new();
    let mut bytes = 0;
    let began = Instant::now();
    for _ in 0..50 {
        let asked = Instant::now();
        let map = cloud.send("GET", &format!("/v1/shows/{}/seats", show.show), None).await.expect(200);
        latencies.push(asked.elapsed());
        bytes = map.to_string().len();
    }
    print_rate(&format!("map of 50,000 places, {bytes} bytes"), latencies, began.elapsed());
}
