//! A stage for handlers: all functions linked as in the local cloud, a database of their own, and what the fixtures speak of.
//!
//! The caller of the fixtures is person 1. On stage: show 1 (rows A and B of 10 seats, S-B-1 held by person 2) and show 2 of the
//! same hall.

use crate::function_event::Person;
use crate::template::root;
use crate::world::{World, seats};
use domain::event::{Category, Event, EventStatus, Lifecycle};
use domain::id::HoldId;
use domain::show::Show;
use domain::venue::Venue;
use jiff::{SignedDuration, Timestamp};
use local::dynamo::Dynamo;
use local::functions::{Functions, Linker, sdk_config};
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
        let template = Template::read(&root().join("template.yaml")).expect("the template");
        let dynamo = Arc::new(Dynamo::memory().expect("memory"));
        dynamo.create_tables(&template).await.expect("tables");
        let settings = settings(&template);
        let mut linker = Linker::new(&template, &settings, &dynamo, NOWHERE);
        local::linked::link(&mut linker).await.expect("every function has its settings");
        let functions = linker.finish();
        let config = sdk_config(&dynamo, "tests", NOWHERE);
        let tables = Tables { inventory: settings["INVENTORY_TABLE"].clone(), main: settings["MAIN_TABLE"].clone() };
        let store = Store::new(aws_sdk_dynamodb::Client::new(&config), tables);
        let now = now();
        let world = hall(store.clone(), now).await;
        Self { functions, store, dynamo, world, now }
    }

    /// Calls an endpoint.
    pub async fn invoke(&self, function: &str, event: &Value) -> Answered {
        let raw = self.send(function, event).await.unwrap_or_else(|error| panic!("{function}: {error}"));
        let body = raw["body"].as_str().and_then(|body| serde_json::from_str(body).ok()).unwrap_or(Value::Null);
        Answered { status: raw["statusCode"].as_u64().unwrap_or_default(), body, raw }
    }

    /// Calls any function.
    pub async fn send(&self, function: &str, event: &Value) -> Result<Value, String> {
        let answer = self.functions.invoke(function, event.to_string().into_bytes()).await.map_err(|error| error.to_string())?;
        serde_json::from_slice(&answer).map_err(|error| error.to_string())
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

fn settings(template: &Template) -> HashMap<String, String> {
    let table = |name: &str| template.tables.iter().map(|table| table.name.clone()).find(|table| table.ends_with(name)).expect("a table");
    let settings = [
        ("STAGE", "local".to_owned()),
        ("INVENTORY_TABLE", table("inventory")),
        ("MAIN_TABLE", table("main")),
        ("USER_POOL_ID", "local_pool".to_owned()),
        ("USER_POOL_CLIENT_ID", "client".to_owned()),
        ("PAYMENTS_QUEUE_URL", format!("{NOWHERE}/payments")),
        ("TICKETS_QUEUE_URL", format!("{NOWHERE}/tickets")),
        ("MEDIA_BUCKET", "media".to_owned()),
        ("PUBLIC_URL", NOWHERE.to_owned()),
        ("LIVE_ENDPOINT", NOWHERE.to_owned()),
        ("TICKET_KEYS", TICKET_KEYS.to_owned()),
        ("SANDBOX_SECRET", "inline:secret".to_owned()),
    ];
    settings.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

async fn hall(store: Store, now: Timestamp) -> World {
    let mut world = World::new(store.clone()).await;
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
    store.create_venue(&venue).await.expect("a venue");
    store.create_event(&event, &shows).await.expect("an event");
    for show in &shows {
        for (block, size) in world.layout.blocks() {
            store.create_block(&show.id, &block, size).await.expect("a block");
        }
    }
    world.show = shows[0].clone();
    let other = Person::number(2).user;
    let id = HoldId::from_entropy(crate::world::entropy());
    let hold = world.show.hold(&world.layout, id, other, &seats(&["S-B-1"]), "S-B-1".to_owned(), now).expect("a hold");
    store.place_hold(&hold, world.show.seat_limit, now).await.expect("a free place");
    world
}
