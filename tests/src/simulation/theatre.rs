//! What a run takes place in: a database, the functions before it, a gate between, and one show with few places and many who
//! want them.

use super::dice::{Dice, Weather};
use super::gate::{Gate, INVOCATION, Invocation};
use super::post::Post;
use super::trace::Trace;
use super::witness::Witness;
use crate::function_event::Person;
use crate::stage::{Answered, EMPLOYEE, settings_of_stage, show_hall};
use crate::template::root;
use crate::world::World;
use api::{Clock, Ids};
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_sdk_dynamodb::config::Credentials;
use aws_sdk_dynamodb::config::SharedCredentialsProvider;
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;
use domain::coupon::{Benefit, Coupon, CouponStatus};
use domain::id::ID_ENTROPY_BYTES;
use domain::refund::WHOLE;
use domain::user::Profile;
use futures_util::FutureExt;
use futures_util::future::{AbortHandle, Abortable};
use jiff::Timestamp;
use local::dynamo::{Connector, Dynamo};
use local::functions::{Functions, LinkError, Linker};
use local::template::Template;
use serde_json::Value;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Weak};
use store::{Store, Tables};

/// When every run begins.
const BEGINNING: i64 = 1_800_000_000;
/// Nobody may have more of the show's places.
pub(super) const SEAT_LIMIT: u8 = 3;
/// A coupon that few can use, each of them once.
pub(super) const HALF_PRICE: &str = "HALF";
/// How many.
pub(super) const HALF_PRICE_USES: u32 = 2;
/// A coupon with which nothing is left to pay.
pub(super) const FOR_NOTHING: &str = "NOTHING";
/// Short, so that holds lapse in the midst of everything.
const HOLD_SECONDS: u32 = 120;
/// How long a booking waits for late money here.
const WAIT_FOR_LATE_SECONDS: &str = "180";

static TEMPLATE: LazyLock<Template> = LazyLock::new(|| Template::read(&root().join("template.yaml")).expect("the template"));

/// All of it.
pub(super) struct Theatre {
    /// As Lambda would call them.
    pub(super) functions: Functions,
    /// Before the database.
    pub(super) gate: Gate,
    /// Chance.
    pub(super) dice: Dice,
    /// How rough this run is.
    pub(super) weather: Weather,
    /// The database behind the gate.
    pub(super) dynamo: Arc<Dynamo>,
    /// The queues.
    pub(super) post: Post,
    /// What happened.
    pub(super) trace: RefCell<Trace>,
    /// What must be true.
    pub(super) witness: RefCell<Witness>,
    /// How many steps were taken.
    pub(super) step: Cell<u32>,
    /// Whether people have gone home and only the machines run.
    pub(super) calm: Cell<bool>,
    /// The show and its hall.
    pub(super) world: World,
    running: RefCell<Vec<Weak<Invocation>>>,
}

impl Theatre {
    /// A fresh one. Runs nothing at the gate: whoever sets it up is alone.
    pub(super) async fn new(seed: u64, dice: Dice, weather: Weather) -> Self {
        let dynamo = Arc::new(Dynamo::memory().expect("memory"));
        dynamo.create_tables(&TEMPLATE).await.expect("tables");
        let nowhere = SharedHttpClient::new(aws_smithy_http_client::Builder::new().build_http());
        let connector = Connector::new(dynamo.clone(), "simulation", nowhere);
        let gate = Gate::new(SharedHttpClient::new(connector), Timestamp::from_second(BEGINNING).expect("a moment"));
        let config = config(seed, &gate);
        let settings = settings_of_stage(&TEMPLATE)
            .into_iter()
            .chain([("PAYMENT_WAIT_FOR_LATE_SECONDS".to_owned(), WAIT_FOR_LATE_SECONDS.to_owned())]);
        let mut settings: HashMap<_, _> = settings.collect();
        // Neither is asked for here, and each takes its time to be made.
        settings.retain(|name, _| !name.starts_with("STRIPE_") && !name.starts_with("RAZORPAY_"));
        let clock = Clock::with_hand(gate.hand());
        let linker = Linker::simulated(&TEMPLATE, &settings, &config, clock, Ids::seeded(&format!("simulation-{seed}")));
        let functions = link(linker).await.expect("every function has its settings");
        let tables = Tables { inventory: settings["INVENTORY_TABLE"].clone(), main: settings["MAIN_TABLE"].clone() };
        let store = Store::new(aws_sdk_dynamodb::Client::new(&config), tables);
        let world = show(store, gate.now()).await;
        let trace = RefCell::new(Trace::new(gate.millis()));
        Self {
            functions,
            gate,
            dice,
            weather,
            dynamo,
            post: Post::default(),
            trace,
            witness: RefCell::default(),
            step: Cell::default(),
            calm: Cell::default(),
            world,
            running: RefCell::default(),
        }
    }

    /// The template.
    pub(super) fn template() -> &'static Template {
        &TEMPLATE
    }

    /// Calls a function. None if it died before it answered.
    pub(super) async fn invoke(&self, who: &str, function: &'static str, event: &Value) -> Option<Value> {
        let (kill, death) = AbortHandle::new_pair();
        let invocation = Arc::new(Invocation { name: format!("{who} {function}"), began: self.gate.millis(), kill });
        self.running.borrow_mut().push(Arc::downgrade(&invocation));
        let work = INVOCATION.scope(invocation.clone(), self.functions.invoke(function, event.to_string().into_bytes()));
        let answer = Abortable::new(work, death).await;
        match answer {
            Ok(Ok(bytes)) => serde_json::from_slice(&bytes).ok(),
            Ok(Err(error)) => {
                self.note(&format!("{} failed: {error}", invocation.name));
                None
            }
            Err(_) => {
                self.note(&format!("{} is dead", invocation.name));
                None
            }
        }
    }

    /// Calls an endpoint. None if nobody answered.
    pub(super) async fn call(&self, who: &str, function: &'static str, event: &Value) -> Option<Answered> {
        let answered = self.invoke(who, function, event).await.map(Answered::of)?;
        self.note(&format!("{who} {function} is told {} {}", answered.status, answered.problem()));
        if answered.status == 500 && self.weather.trouble == 0 && self.weather.crash == 0 {
            self.witness.borrow_mut().object(format!("{function} answered 500 though nothing went wrong: {}", answered.raw));
        }
        Some(answered)
    }

    /// Ends every invocation that has run for so long, as Lambda does.
    pub(super) fn end_overdue(&self, longest_millis: i64) {
        let now = self.gate.millis();
        self.running.borrow_mut().retain(|running| running.upgrade().is_some());
        for running in self.running.borrow().iter().filter_map(Weak::upgrade) {
            if now - running.began > longest_millis {
                running.kill.abort();
            }
        }
    }

    /// One more line of the trace.
    pub(super) fn note(&self, what: &str) {
        self.trace.borrow_mut().note(self.step.get(), self.gate.millis(), what);
    }

    /// Every item of a table, as it is this moment.
    pub(super) fn items(&self, logical_id: &str) -> Vec<Value> {
        let table = TEMPLATE.table(logical_id).expect("a table");
        let mut items = Vec::new();
        let mut request = serde_json::json!({ "TableName": table.name, "ConsistentRead": true });
        loop {
            let mut page = self.ask("Scan", &request);
            if let Value::Array(page) = page["Items"].take() {
                items.extend(page);
            }
            if page["LastEvaluatedKey"].is_null() {
                return items;
            }
            request["ExclusiveStartKey"] = page["LastEvaluatedKey"].take();
        }
    }

    /// Asks the database behind everybody's back.
    pub(super) fn ask(&self, operation: &str, request: &Value) -> Value {
        let answer = self.dynamo.call(operation, request).now_or_never().expect("it is in this process");
        answer.unwrap_or_else(|error| panic!("{operation}: {error}"))
    }
}

/// The SDK's settings: its requests and its pauses go through the gate. Its quota of repetitions is kept per region, for the whole
/// process: each run has a region of its own.
fn config(seed: u64, gate: &Gate) -> SdkConfig {
    let credentials = Credentials::new("key", "secret", None, None, "simulation");
    SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new(format!("simulation-{seed}")))
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .endpoint_url("http://127.0.0.1:9")
        .http_client(gate.clone())
        .sleep_impl(gate.clone())
        .time_source(gate.clone())
        .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
        .build()
}

/// The functions that have to do with places, money and tickets.
async fn link(mut linker: Linker<'_>) -> Result<Functions, LinkError> {
    linker.http("holds-place", holds_place::handle).await?;
    linker.http("holds-extend", holds_extend::handle).await?;
    linker.http("holds-release", holds_release::handle).await?;
    linker.http("bookings-create", bookings_create::handle).await?;
    linker.http("bookings-confirm", bookings_confirm::handle).await?;
    linker.http("bookings-cancel", bookings_cancel::handle).await?;
    linker.http("bookings-get", bookings_get::handle).await?;
    linker.http("payment-attempts-create", payment_attempts_create::handle).await?;
    linker.http("sandbox-payments-act", sandbox_payments_act::handle).await?;
    linker.http("webhooks-receive-sandbox", webhooks_receive_sandbox::handle).await?;
    linker.http("tickets-get", tickets_get::handle).await?;
    linker.http("check-ins-create", check_ins_create::handle).await?;
    linker.http("show-bookings-cancel", show_bookings_cancel::handle).await?;
    linker.http("refunds-create", refunds_create::handle).await?;
    linker.http("events-cancel", events_cancel::handle).await?;
    linker.queue("events-close", events_close::handle).await?;
    linker.queue("payments-work", payments_work::handle).await?;
    linker.queue("invoices-issue", invoices_issue::handle).await?;
    linker.schedule("payments-reconcile", payments_reconcile::handle).await?;
    linker.stream("holds-expire", holds_expire::handle).await?;
    linker.stream("outbox-dispatch", outbox_dispatch::handle).await?;
    Ok(linker.finish())
}

async fn show(store: Store, now: Timestamp) -> World {
    let mut drawn = 0;
    let mut world = World::drawn(store, || {
        drawn += 1;
        [drawn; ID_ENTROPY_BYTES]
    })
    .await;
    world.show.seat_limit = SEAT_LIMIT;
    world.show.hold_seconds = HOLD_SECONDS;
    show_hall(&mut world, now).await;
    let employee = Profile {
        id: Person::number(EMPLOYEE).user,
        email: "stella@example.org".parse().expect("an address"),
        name: "Stella".parse().expect("a name"),
        phone: None,
        organization: Some(world.show.organization.clone()),
        created_at: now,
    };
    world.store.create_profile(&employee).await.expect("a profile");
    for (code, rate, uses_max, uses_per_user_max) in
        [(HALF_PRICE, WHOLE / 2, Some(HALF_PRICE_USES), Some(1)), (FOR_NOTHING, WHOLE, None, None)]
    {
        let coupon = Coupon {
            organization: world.show.organization.clone(),
            code: code.parse().expect("a code"),
            event: None,
            benefit: Benefit::Percentage(rate),
            valid_from: None,
            valid_until: None,
            minimum: None,
            uses_max,
            uses_per_user_max,
            status: CouponStatus::Active,
            created_at: now,
        };
        world.store.create_coupon(&coupon).await.expect("a new coupon");
    }
    world
}
