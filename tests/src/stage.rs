//! A stage for handlers: all functions linked as in the local cloud, a database of their own, and what the fixtures speak of.
//!
//! The caller of the fixtures is person 1. On stage: show 1 (rows A and B of 10 seats, S-B-1 held by person 2) and show 2 of the
//! same hall. Fixtures of organizers have a stage with a draft, those of accounts one with a user pool.

use crate::cloud::python_environment;
use crate::function_event::Person;
use crate::template::root;
use crate::world::{World, entropy, seats};
use api::Lines;
use domain::event::{Category, Event, EventStatus, Lifecycle};
use domain::id::{HoldId, OrganizationId};
use domain::layout::{Layout, Places, Row, Section};
use domain::money::Money;
use domain::show::{Show, ShowStatus};
use domain::user::Profile;
use domain::venue::Venue;
use jiff::{SignedDuration, Timestamp};
use local::dynamo::Dynamo;
use local::functions::{Functions, Linker, sdk_config};
use local::helper::{Accounts, HelperProcess, HelperSettings, provision};
use local::template::Template;
use serde_json::Value;
use std::collections::HashMap;
use std::sync::Arc;
use store::{Store, Tables};

/// Nobody listens there: functions that need more than the database fail, and say so.
const NOWHERE: &str = "http://127.0.0.1:9";
/// Thirty-two zero bytes.
const TICKET_KEYS: &str = "inline:1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

/// Functions, their database, and a hall.
pub struct Stage {
    /// As Lambda would call them.
    pub functions: Functions,
    /// The same tables.
    pub store: Store,
    /// Faults can be armed here.
    pub dynamo: Arc<Dynamo>,
    /// Show 1.
    pub world: World,
    /// Now, as the functions' clock has it.
    pub now: Timestamp,
    /// What the functions' journals say.
    lines: Lines,
    /// Where the user pool is, if there is one.
    helper: Option<HelperProcess>,
}

/// What a function answered.
#[derive(Debug)]
pub struct Answered {
    /// HTTP status.
    pub status: u64,
    /// The body as JSON.
    pub body: Value,
    /// Everything.
    pub raw: Value,
}

impl Answered {
    /// What a function answered to API Gateway.
    pub fn of(raw: Value) -> Self {
        let body = raw["body"].as_str().and_then(|body| serde_json::from_str(body).ok()).unwrap_or(Value::Null);
        Self { status: raw["statusCode"].as_u64().unwrap_or_default(), body, raw }
    }

    /// The problem's type, as `seats-taken`.
    pub fn problem(&self) -> &str {
        self.body["type"].as_str().unwrap_or_default().strip_prefix("/problems/").unwrap_or_default()
    }
}

/// A committed sample payload.
pub fn fixture(function: &str, outcome: &str) -> Value {
    let file = root().join("events").join(function).join(format!("{outcome}.json"));
    let text = std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

impl Stage {
    /// An empty database, all functions, one hall with two shows.
    pub async fn new() -> Self {
        let mut stage = Self::bare(None).await;
        stage.world = hall(stage.store.clone(), stage.now).await;
        stage
    }

    /// Nothing but a draft with one show in a hall, its organizer (person 2) and an admin (person 3).
    pub async fn with_draft() -> Self {
        let mut stage = Self::bare(None).await;
        stage.world = draft(stage.store.clone(), stage.now).await;
        stage
    }

    /// An empty database, all functions, and a user pool of their own without anybody in it.
    pub async fn with_accounts() -> Self {
        let log = std::env::temp_dir().join(format!("frontrow-stage-{}-{}.log", std::process::id(), u64::from(entropy()[9])));
        let python = python_environment().unwrap_or_else(|| root().join(".frontrow/venv")).join("bin/python");
        let helper = HelperProcess::start(&HelperSettings { python: &python, data: None, log: &log }).await;
        Self::bare(Some(helper.expect("ministack is installed by cargo xtask test"))).await
    }

    /// An empty database, all functions, and nobody.
    async fn bare(helper: Option<HelperProcess>) -> Self {
        let template = Template::read(&root().join("template.yaml")).expect("the template");
        let dynamo = Arc::new(Dynamo::memory().expect("memory"));
        dynamo.create_tables(&template).await.expect("tables");
        let url = helper.as_ref().map_or(NOWHERE, |helper| &helper.url).to_owned();
        let config = sdk_config(&dynamo, "tests", &url);
        let accounts = match helper {
            Some(_) => provision(&url, &config, &template).await.expect("a user pool").accounts,
            None => Accounts { pool_id: "local_pool".to_owned(), client_id: "client".to_owned() },
        };
        let settings = settings(&template, &accounts);
        let mut linker = Linker::new(&template, &settings, &dynamo, &url);
        local::linked::link(&mut linker).await.expect("every function has its settings");
        let lines = Lines::default();
        let functions = linker.finish_journaled(&lines);
        let tables = Tables { inventory: settings["INVENTORY_TABLE"].clone(), main: settings["MAIN_TABLE"].clone() };
        let store = Store::new(aws_sdk_dynamodb::Client::new(&config), tables);
        let world = World::new(store.clone()).await;
        Self { functions, store, dynamo, world, now: now(), lines, helper }
    }

    /// The last curtain: waits until the user pool is gone.
    pub async fn end(self) {
        if let Some(helper) = self.helper {
            helper.stop().await;
        }
    }

    /// Calls an endpoint.
    pub async fn invoke(&self, function: &str, event: &Value) -> Answered {
        Answered::of(self.send(function, event).await.unwrap_or_else(|error| panic!("{function}: {error}")))
    }

    /// Calls any function.
    pub async fn send(&self, function: &str, event: &Value) -> Result<Value, String> {
        let answer = self.functions.invoke(function, event.to_string().into_bytes()).await.map_err(|error| error.to_string())?;
        serde_json::from_slice(&answer).map_err(|error| error.to_string())
    }

    /// What the journals say since this was asked last.
    pub fn lines(&self) -> Vec<String> {
        std::mem::take(&mut *self.lines.lock().expect("no holder panics"))
    }

    /// Makes somebody a member of an organization.
    pub async fn employ(&self, person: &Person, organization: &OrganizationId) {
        let profile = Profile {
            id: person.user.clone(),
            email: "stella@example.org".parse().expect("an address"),
            name: "Stella".parse().expect("a name"),
            phone: None,
            organization: Some(organization.clone()),
            created_at: self.now,
        };
        self.store.create_profile(&profile).await.expect("a profile");
    }

    /// The keys that tickets are signed with here.
    pub fn ticket_keys() -> tickets::Keys {
        TICKET_KEYS.trim_start_matches("inline:").parse().expect("keys")
    }

    /// The caller of the fixtures.
    pub fn caller() -> Person {
        Person::number(1)
    }
}

#[expect(clippy::disallowed_methods, reason = "functions on stage have the real clock")]
fn now() -> Timestamp {
    Timestamp::now()
}

/// The settings of every function on a stage without a user pool.
pub fn settings_of_stage(template: &Template) -> HashMap<String, String> {
    settings(template, &Accounts { pool_id: "local_pool".to_owned(), client_id: "client".to_owned() })
}

fn settings(template: &Template, accounts: &Accounts) -> HashMap<String, String> {
    let table = |name: &str| template.tables.iter().map(|table| table.name.clone()).find(|table| table.ends_with(name)).expect("a table");
    let settings = [
        ("STAGE", "local".to_owned()),
        ("INVENTORY_TABLE", table("inventory")),
        ("MAIN_TABLE", table("main")),
        ("USER_POOL_ID", accounts.pool_id.clone()),
        ("USER_POOL_CLIENT_ID", accounts.client_id.clone()),
        ("PAYMENTS_QUEUE_URL", format!("{NOWHERE}/payments")),
        ("EVENTS_QUEUE_URL", format!("{NOWHERE}/events")),
        ("INVOICES_QUEUE_URL", format!("{NOWHERE}/invoices")),
        ("MEDIA_BUCKET", "media".to_owned()),
        ("PUBLIC_URL", NOWHERE.to_owned()),
        ("LIVE_ENDPOINT", NOWHERE.to_owned()),
        ("TICKET_KEYS", TICKET_KEYS.to_owned()),
        ("SANDBOX_SECRET", "inline:secret".to_owned()),
        ("STRIPE_SECRET_KEY", "inline:sk_test".to_owned()),
        ("STRIPE_WEBHOOK_SECRETS", "inline:whsec_test".to_owned()),
        ("STRIPE_API", NOWHERE.to_owned()),
        ("RAZORPAY_KEY_ID", "inline:rzp_test".to_owned()),
        ("RAZORPAY_KEY_SECRET", "inline:secret".to_owned()),
        ("RAZORPAY_WEBHOOK_SECRETS", "inline:secret".to_owned()),
        ("RAZORPAY_API", NOWHERE.to_owned()),
    ];
    settings.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// What most fixtures speak of: a hall with two shows on sale, S-B-1 of the first held by person 2.
pub async fn hall(store: Store, now: Timestamp) -> World {
    let mut world = World::new(store.clone()).await;
    show_hall(&mut world, now).await;
    let other = Person::number(2).user;
    let id = HoldId::from_entropy(entropy());
    let hold = world.show.hold(&world.layout, id, other, &seats(&["S-B-1"]), "S-B-1".to_owned(), now).expect("a hold");
    store.place_hold(&hold, world.show.seat_limit, now).await.expect("a free place");
    world
}

/// Who works for whoever sells the shows of the hall.
pub const EMPLOYEE: u64 = 2;

/// A hall with two shows on sale, which are like this world's; the world's show is the first of them then.
pub async fn show_hall(world: &mut World, now: Timestamp) {
    let store = world.store.clone();
    let shows: Vec<Show> = (1..=2)
        .map(|number| Show {
            id: format!("show_000000000000000{number}").parse().expect("an id"),
            event: "evt_0000000000000001".parse().expect("an id"),
            starts_at: now + SignedDuration::from_hours(24),
            ..world.show.clone()
        })
        .collect();
    let venue = Venue {
        id: world.show.venue.clone(),
        organization: world.show.organization.clone(),
        name: "The hall".parse().expect("a name"),
        address: "1 Road".parse().expect("an address"),
        city: "Pune".parse().expect("a city"),
        region: Some("IN-MH".parse().expect("a region")),
        zone: "Asia/Kolkata".parse().expect("a zone"),
        amenities: vec![],
        layout: world.layout.clone(),
        created_at: now,
    };
    let event = Event {
        id: shows[0].event.clone(),
        organization: world.show.organization.clone(),
        title: "A play".parse().expect("a title"),
        description: "It is one.".parse().expect("a description"),
        category: Category::Theater,
        language: None,
        tags: vec![],
        images: vec![],
        lifecycle: Lifecycle { status: EventStatus::Published, approved: true },
        rejection: None,
        shows: shows.iter().map(|show| show.id.clone()).collect(),
        publishing_since: Some(now),
        revision: 1,
        created_at: now,
    };
    store.create_organization(&world.organization()).await.expect("an organization");
    store.create_venue(&venue).await.expect("a venue");
    store.create_event(&event, &shows).await.expect("an event");
    for show in &shows {
        store.list_at_door(show).await.expect("a card");
        for (block, size) in world.layout.blocks() {
            store.create_block(&show.id, &block, size).await.expect("a block");
        }
    }
    world.show = shows[0].clone();
}

/// What the fixtures of organizers speak of: venue 1 with stalls and a pit, event 1 and its show 1, which is nobody's yet.
pub async fn draft(store: Store, now: Timestamp) -> World {
    let mut world = World::new(store.clone()).await;
    let organization = world.show.organization.clone();
    let row = |label: &str, seats| Row { label: label.parse().expect("a label"), seats };
    let section = |code: &str, places, level: &str| Section {
        code: code.parse().expect("a code"),
        name: code.parse().expect("a name"),
        places,
        level: level.parse().expect("a level"),
    };
    let stalls = section("S", Places::Seated(vec![row("A", 10), row("B", 40)]), "STD");
    world.layout = Layout::new(vec![stalls, section("PIT", Places::Standing(70), "PIT")]).expect("a layout");
    let venue = Venue {
        id: "ven_0000000000000001".parse().expect("an id"),
        organization: organization.clone(),
        name: "Royal Hall".parse().expect("a name"),
        address: "1 Main Road".parse().expect("an address"),
        city: "Mumbai".parse().expect("a city"),
        region: Some("IN-MH".parse().expect("a region")),
        zone: "Asia/Kolkata".parse().expect("a zone"),
        amenities: vec![],
        layout: world.layout.clone(),
        created_at: now,
    };
    let event = Event {
        id: "evt_0000000000000001".parse().expect("an id"),
        organization: organization.clone(),
        title: "A play".parse().expect("a title"),
        description: "Three acts.".parse().expect("a description"),
        category: Category::Theater,
        language: Some("Marathi".parse().expect("a language")),
        tags: vec![],
        images: vec![],
        lifecycle: Lifecycle { status: EventStatus::Draft, approved: false },
        rejection: None,
        shows: vec!["show_0000000000000001".parse().expect("an id")],
        publishing_since: None,
        revision: 1,
        created_at: now,
    };
    let rupees = |amount: i64| Money { amount: amount * 100, currency: "INR".parse().expect("a currency") };
    let prices = [("STD", 500), ("PIT", 300)].map(|(level, amount)| (level.parse().expect("a level"), rupees(amount)));
    world.show = Show {
        id: event.shows[0].clone(),
        event: event.id.clone(),
        venue: venue.id.clone(),
        venue_name: venue.name.clone(),
        city: venue.city.clone(),
        starts_at: domain::show::whole_seconds(now) + SignedDuration::from_hours(24 * 60),
        prices: prices.into(),
        status: ShowStatus::Draft,
        ..world.show
    };
    store.create_organization(&world.organization()).await.expect("an organization");
    store.create_venue(&venue).await.expect("a venue");
    store.create_event(&event, std::slice::from_ref(&world.show)).await.expect("an event");
    let organizer = Profile {
        id: Person::number(2).user,
        email: "otto@example.org".parse().expect("an address"),
        name: "Otto".parse().expect("a name"),
        phone: None,
        organization: Some(organization),
        created_at: now,
    };
    store.create_profile(&organizer).await.expect("a profile");
    world
}
