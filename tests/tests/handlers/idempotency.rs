//! `Idempotency-Key`: the same request under the same key has one effect and one answer, whoever dies or comes in between.

use super::{Stage, fixture};
use api::{App, Clock, Ids, Linked, Media};
use aws_sdk_dynamodb::config::{Credentials, SharedCredentialsProvider};
use domain::id::UserId;
use jiff::{SignedDuration, Timestamp};
use local::dynamo::Fault;
use serde_json::{Value, json};
use std::sync::{Arc, LazyLock};
use store::{Store, Tables};
use tests::emulator;
use tests::function_event::Person;
use tests::interruption::{interrupted, killed};
use tests::stage::{Answered, draft, hall};
use tests::world::World;

/// Nothing sends more requests than this.
const REQUESTS_MAX: usize = 20;
/// Every endpoint that makes something, with a fixture that does.
const CREATING: [(&str, &str); 6] = [
    ("bookings-create", "created"),
    ("coupons-create", "created"),
    ("events-create", "created"),
    ("holds-place", "placed"),
    ("images-create", "created"),
    ("venues-create", "created"),
];
/// When every show of these tests begins, whenever they run: a repeat has the same date.
static STARTS_AT: LazyLock<Timestamp> = LazyLock::new(|| Clock::default().now() + SignedDuration::from_hours(24 * 30));

/// The fixture, with its shows ahead and without a key.
fn unkeyed(function: &str, outcome: &str) -> Value {
    let mut event = fixture(function, outcome);
    let mut body: Value = serde_json::from_str(event["body"].as_str().unwrap()).unwrap();
    for show in body.get_mut("shows").and_then(Value::as_array_mut).into_iter().flatten() {
        show["startsAt"] = json!(*STARTS_AT);
    }
    event["body"] = json!(body.to_string());
    event
}

/// The same with this key.
fn keyed(function: &str, outcome: &str, key: &str) -> Value {
    let mut event = unkeyed(function, outcome);
    event["headers"]["idempotency-key"] = json!(key);
    event
}

/// The same with another value of one of its body's members.
fn with_member(mut event: Value, name: &str, value: &Value) -> Value {
    let mut body: Value = serde_json::from_str(event["body"].as_str().unwrap()).unwrap();
    body[name] = value.clone();
    event["body"] = json!(body.to_string());
    event
}

fn by(mut event: Value, person: &Person) -> Value {
    event["requestContext"]["authorizer"]["jwt"]["claims"]["sub"] = json!(person.subject);
    event
}

fn is_replayed(answer: &Answered) -> bool {
    answer.raw["headers"].get("idempotent-replayed").is_some()
}

/// The same answer byte for byte, and said to be one.
fn assert_replayed(first: &Answered, again: &Answered) {
    assert!(!is_replayed(first) && is_replayed(again), "{again:?}");
    assert_eq!((first.status, &first.raw["body"]), (again.status, &again.raw["body"]));
    for name in ["content-type", "cache-control", "retry-after", "location"] {
        assert_eq!(first.raw["headers"].get(name), again.raw["headers"].get(name), "{name}");
    }
}

/// How many events the organization of this stage has.
async fn events(stage: &Stage) -> usize {
    stage.store.events_of(&stage.world.show.organization, None, None, 100).await.unwrap().items.len()
}

async fn venues(stage: &Stage) -> usize {
    stage.store.venues(None, None, 100).await.unwrap().items.len()
}

#[tokio::test]
async fn every_endpoint_that_creates_answers_a_repeat_with_its_first_answer() {
    for (function, outcome) in CREATING {
        let stage = if matches!(function, "holds-place" | "bookings-create") { Stage::new().await } else { Stage::with_draft().await };
        if function == "bookings-create" {
            stage.invoke("holds-place", &fixture("holds-place", "placed")).await;
        }
        let event = keyed(function, outcome, "key");
        let first = stage.invoke(function, &event).await;
        assert_eq!(first.status, 201, "{function}: {}", first.body);
        // Without a key a repeat of these is another answer: 200, or another thing.
        assert_replayed(&first, &stage.invoke(function, &event).await);
        let other = stage.invoke(function, &unkeyed(function, outcome)).await;
        assert_ne!((other.status, &other.raw["body"]), (first.status, &first.raw["body"]), "{function} without the key");
    }
}

#[tokio::test]
async fn a_repeat_makes_nothing_and_another_key_does() {
    let stage = Stage::with_draft().await;
    let before = events(&stage).await;
    for _ in 0..3 {
        stage.invoke("events-create", &keyed("events-create", "created", "one")).await;
    }
    assert_eq!(events(&stage).await, before + 1);
    stage.invoke("events-create", &keyed("events-create", "created", "two")).await;
    assert_eq!(events(&stage).await, before + 2);
}

#[tokio::test]
async fn another_request_under_the_same_key_is_refused_and_makes_nothing() {
    let stage = Stage::with_draft().await;
    let first = keyed("events-create", "created", "key");
    stage.invoke("events-create", &first).await;
    let before = events(&stage).await;
    let mut respelled = first.clone();
    respelled["body"] = json!(format!("{} ", first["body"].as_str().unwrap()));
    let mut queried = first.clone();
    queried["rawQueryString"] = json!("a=1");
    for other in [with_member(first.clone(), "title", &json!("Another play")), respelled, queried] {
        let refused = stage.invoke("events-create", &other).await;
        assert_eq!((refused.status, refused.problem()), (422, "idempotency-mismatch"), "{}", refused.body);
        assert!(!is_replayed(&refused));
    }
    assert_eq!(events(&stage).await, before);

    // The path is part of what is asked.
    let stage = Stage::new().await;
    let mut hold = keyed("holds-place", "placed", "key");
    assert_eq!(stage.invoke("holds-place", &hold).await.status, 201);
    hold["pathParameters"]["showId"] = json!("show_0000000000000002");
    hold["rawPath"] = json!("/v1/shows/show_0000000000000002/hold");
    assert_eq!(stage.invoke("holds-place", &hold).await.problem(), "idempotency-mismatch");
}

#[tokio::test]
async fn a_key_is_its_callers_own_and_its_routes_own() {
    let stage = Stage::with_draft().await;
    let venue = keyed("venues-create", "created", "key");
    let first = stage.invoke("venues-create", &venue).await;
    let event = stage.invoke("events-create", &keyed("events-create", "created", "key")).await;
    assert_eq!((event.status, is_replayed(&event)), (201, false), "{}", event.body);
    // An admin, to whom the same body is another request.
    let mut other = with_member(by(venue.clone(), &Person::number(3)), "name", &json!("Another Hall"));
    other["requestContext"]["authorizer"]["jwt"]["claims"]["cognito:groups"] = json!("[admin]");
    let other = stage.invoke("venues-create", &other).await;
    assert_eq!((other.status, is_replayed(&other)), (201, false), "{}", other.body);
    assert_replayed(&first, &stage.invoke("venues-create", &venue).await);
    assert_eq!(venues(&stage).await, 3, "one was there");
}

#[tokio::test]
async fn a_key_that_is_none_is_refused_before_anything_is_done() {
    let stage = Stage::with_draft().await;
    let before = events(&stage).await;
    for key in ["", "two words", "ä", &"x".repeat(256)] {
        let refused = stage.invoke("events-create", &keyed("events-create", "created", key)).await;
        assert_eq!((refused.status, refused.problem()), (400, "invalid-request"), "{key}: {}", refused.body);
        assert_eq!(refused.body["errors"][0]["pointer"], "/header/idempotency-key");
    }
    assert_eq!(events(&stage).await, before);
    assert_eq!(stage.invoke("events-create", &keyed("events-create", "created", &"x".repeat(255))).await.status, 201);
}

#[tokio::test]
async fn without_a_key_nothing_is_read_or_written_for_it() {
    let stage = Stage::new().await;
    for (function, outcome, extra) in [("holds-place", "placed", 2), ("bookings-create", "created", 2)] {
        let requests = async |event: &Value| {
            stage.dynamo.meter.start();
            let answer = stage.invoke(function, event).await;
            assert!(matches!(answer.status, 200 | 201), "{}", answer.body);
            let used = stage.dynamo.meter.stop();
            let writes = used.iter().filter(|(key, _)| key.table.ends_with("main") && key.operation != "GetItem");
            (used.values().map(|used| used.requests).sum::<u64>(), writes.map(|(_, used)| used.requests).sum::<u64>())
        };
        requests(&unkeyed(function, outcome)).await;
        // A repeat meets what is there: it asks the same each time, and with a key exactly two requests more.
        let (plain, plain_writes) = requests(&unkeyed(function, outcome)).await;
        let (keyed, keyed_writes) = requests(&keyed(function, outcome, "key")).await;
        assert_eq!((keyed, keyed_writes), (plain + extra, plain_writes + extra), "{function}");
        assert!(function != "holds-place" || plain_writes == 0, "a hold writes nothing to the main table");
    }
}

#[tokio::test]
async fn a_decision_is_final_under_its_key() {
    let stage = Stage::new().await;
    let event = keyed("holds-place", "seats-taken", "key");
    let first = stage.invoke("holds-place", &event).await;
    assert_eq!(first.problem(), "seats-taken");
    // The places come back; who gave up on them must not get them by a duplicate that comes late.
    stage.store.release_hold(&stage.world.show.id, &Person::number(2).user, stage.now).await.unwrap();
    assert_replayed(&first, &stage.invoke("holds-place", &event).await);
    assert_eq!(stage.store.hold_of(&stage.world.show.id, &Stage::caller().user, stage.now).await.unwrap(), None);
    let again = stage.invoke("holds-place", &keyed("holds-place", "seats-taken", "another")).await;
    assert_eq!(again.status, 201, "{}", again.body);
}

#[tokio::test]
async fn what_was_not_understood_leaves_its_key_free() {
    let stage = Stage::with_draft().await;
    // Refused while it is decided: whether there is such a venue is looked up.
    let created = keyed("events-create", "created", "key");
    let mut body: Value = serde_json::from_str(created["body"].as_str().unwrap()).unwrap();
    body["shows"][0]["venueId"] = json!("ven_0000000000000009");
    let wrong = with_member(created.clone(), "shows", &body["shows"]);
    for _ in 0..2 {
        let refused = stage.invoke("events-create", &wrong).await;
        assert_eq!((refused.problem(), is_replayed(&refused)), ("invalid-request", false));
    }
    let corrected = stage.invoke("events-create", &created).await;
    assert_eq!((corrected.status, is_replayed(&corrected)), (201, false), "{}", corrected.body);
}

#[tokio::test]
async fn what_failed_on_our_side_is_tried_again_at_once() {
    let stage = Stage::with_draft().await;
    let before = events(&stage).await;
    let event = keyed("events-create", "created", "key");
    for (error, status) in [("TransactionConflictException", 503), ("AccessDeniedException", 500)] {
        let operation = "TransactWriteItems".to_owned();
        stage.dynamo.faults.arm(vec![Fault::Refuse { operation, error: error.to_owned(), times: 7, function: None }]);
        assert_eq!(stage.invoke("events-create", &event).await.status, status);
        stage.dynamo.faults.arm(vec![]);
    }
    let made = stage.invoke("events-create", &event).await;
    assert_eq!((made.status, is_replayed(&made)), (201, false), "{}", made.body);
    assert_eq!(events(&stage).await, before + 1);
}

#[tokio::test]
async fn of_twenty_at_once_one_is_carried_out() {
    let stage = Stage::with_draft().await;
    let before = events(&stage).await;
    let event = keyed("events-create", "created", "key");
    let answers = futures_util::future::join_all((0..20).map(|_| stage.invoke("events-create", &event))).await;
    assert_eq!(events(&stage).await, before + 1);
    let made: Vec<&Answered> = answers.iter().filter(|answer| answer.status == 201).collect();
    assert_eq!(made.iter().filter(|answer| !is_replayed(answer)).count(), 1);
    assert!(made.iter().all(|answer| answer.raw["body"] == made[0].raw["body"]));
    for waiting in answers.iter().filter(|answer| answer.status != 201) {
        assert_eq!((waiting.status, waiting.problem()), (409, "idempotency-in-flight"), "{}", waiting.body);
        assert_eq!(waiting.raw["headers"]["retry-after"], "1");
    }
}

/// A database that can be interrupted, and what the fixtures speak of.
struct Scene {
    function: &'static str,
    tables: Tables,
    world: World,
    event: Value,
    before: usize,
}

/// The functions that are tried with somebody in between. A booking is its hold's and cannot be made twice.
const INTERRUPTED: [(&str, &str); 4] =
    [("events-create", "created"), ("holds-place", "placed"), ("images-create", "created"), ("venues-create", "created")];

impl Scene {
    async fn new(function: &'static str, outcome: &str) -> Self {
        let tables = emulator::tables().await;
        let store = Store::new(emulator::client(), tables.clone());
        let now = Clock::default().now();
        let world = if function == "holds-place" { hall(store, now).await } else { draft(store, now).await };
        let mut scene = Self { function, tables, world, event: keyed(function, outcome, "key"), before: 0 };
        scene.before = scene.count().await;
        scene
    }

    /// How many of what the function makes there are.
    async fn count(&self) -> usize {
        let store = &self.world.store;
        match self.function {
            "events-create" => store.events_of(&self.world.show.organization, None, None, 100).await.unwrap().items.len(),
            "venues-create" => store.venues(None, None, 100).await.unwrap().items.len(),
            "images-create" => store.event(&self.world.show.event).await.unwrap().unwrap().images.len(),
            // Two places each.
            "holds-place" => self.world.row("A", Clock::default().now()).await.matches('H').count() / 2,
            other => panic!("{other}"),
        }
    }

    async fn assert_one_made(&self, when: &str) {
        assert_eq!(self.count().await, self.before + 1, "{} {when}", self.function);
    }

    fn attempt(&self) -> impl AsyncFnOnce(Store) -> Answered + use<> {
        let (function, event) = (self.function, self.event.clone());
        async move |store| invoke(function, store, &event).await
    }

    /// The same request at the same time, on a connection of its own.
    fn rival(&self) -> (impl Future<Output = ()> + Send + use<>, tokio::sync::oneshot::Receiver<Answered>) {
        let (told, heard) = tokio::sync::oneshot::channel();
        let (function, event, store) = (self.function, self.event.clone(), self.world.store.clone());
        (async move { drop(told.send(invoke(function, store, &event).await)) }, heard)
    }
}

/// Calls a function whose database is this store's.
async fn invoke(function: &'static str, store: Store, event: &Value) -> Answered {
    let app = App { store, clock: Clock::default(), ids: Ids::default(), stage: api::Stage::Local, public_url: String::new() };
    let linked = match function {
        "events-create" => Linked::http(function, Arc::new(app), events_create::handle),
        "holds-place" => Linked::http(function, Arc::new(app), holds_place::handle),
        "venues-create" => Linked::http(function, Arc::new(app), venues_create::handle),
        "images-create" => {
            let credentials = SharedCredentialsProvider::new(Credentials::new("local", "local", None, None, "tests"));
            let uploads = media::Uploads::new("media", "local", Some("http://127.0.0.1:9"), credentials);
            Linked::http(function, Arc::new(Media { app, uploads }), images_create::handle)
        }
        other => panic!("{other}"),
    };
    Answered::of(serde_json::from_slice(&linked.invoke(event.to_string().into_bytes()).await.unwrap()).unwrap())
}

/// Lets the time of this attribute pass for all keys of whoever sent this.
async fn pass(tables: &Tables, event: &Value, attribute: &str) {
    let client = emulator::client();
    let user = UserId::from_subject(event["requestContext"]["authorizer"]["jwt"]["claims"]["sub"].as_str().unwrap()).unwrap();
    let text = |text: String| aws_sdk_dynamodb::types::AttributeValue::S(text);
    let query = client.query().table_name(&tables.main).key_condition_expression("pk = :pk");
    let records = query.expression_attribute_values(":pk", text(format!("IDEMPOTENCY#{user}"))).send().await.unwrap();
    for item in records.items() {
        let update = client.update_item().table_name(&tables.main).key("pk", item["pk"].clone()).key("sk", item["sk"].clone());
        let update = update.update_expression("SET #a = :a").condition_expression("attribute_exists(#a)");
        let update = update.expression_attribute_names("#a", attribute);
        // What has ended has no deadline any more.
        let _ = update.expression_attribute_values(":a", aws_sdk_dynamodb::types::AttributeValue::N("1".to_owned())).send().await;
    }
}

#[tokio::test]
async fn two_at_the_same_time_make_one_whoever_comes_in_between() {
    for (function, outcome) in INTERRUPTED {
        for n in 0..=REQUESTS_MAX {
            assert!(n < REQUESTS_MAX, "{function} sends more than {REQUESTS_MAX} requests");
            let scene = Scene::new(function, outcome).await;
            let (rival, other) = scene.rival();
            let (one, happened) = interrupted(&scene.tables, n, scene.attempt(), rival).await;
            scene.assert_one_made(&format!("request {n}")).await;
            if !happened {
                assert!(n >= 4, "only {n} requests of {function} were interrupted");
                break;
            }
            let other = other.await.unwrap();
            let (made, waiting): (Vec<_>, Vec<_>) = [one, other].into_iter().partition(|answer| answer.status == 201);
            assert!(!made.is_empty(), "{function} {n}: {waiting:?}");
            assert!(made.iter().all(|answer| answer.raw["body"] == made[0].raw["body"]), "{function} {n}: {made:?}");
            assert!(waiting.iter().all(|answer| answer.problem() == "idempotency-in-flight"), "{function} {n}: {waiting:?}");
        }
    }
}

#[tokio::test]
async fn killed_before_any_request_the_next_attempt_makes_it_once() {
    for (function, outcome) in INTERRUPTED {
        for n in 0..=REQUESTS_MAX {
            assert!(n < REQUESTS_MAX, "{function} sends more than {REQUESTS_MAX} requests");
            let scene = Scene::new(function, outcome).await;
            let died = killed(&scene.tables, n, scene.attempt()).await;
            if died {
                let early = scene.attempt()(scene.world.store.clone()).await;
                assert!(matches!(early.status, 201 | 409), "{function} {n}: {}", early.body);
            }
            pass(&scene.tables, &scene.event, "deadline").await;
            let again = scene.attempt()(scene.world.store.clone()).await;
            // A hold that stands is 200.
            assert!(matches!(again.status, 201 | 200), "{function} {n}: {}", again.body);
            scene.assert_one_made(&format!("killed before request {n}")).await;
            assert_replayed_body(&again, &scene.attempt()(scene.world.store.clone()).await);
            if !died {
                assert!(n >= 4, "only {n} requests of {function} were killed");
                break;
            }
        }
    }
}

#[tokio::test]
async fn a_zombie_makes_nothing_that_its_successor_did_not() {
    for (function, outcome) in INTERRUPTED {
        for n in 0..=REQUESTS_MAX {
            assert!(n < REQUESTS_MAX, "{function} sends more than {REQUESTS_MAX} requests");
            let scene = Scene::new(function, outcome).await;
            let (successor, heard) = scene.rival();
            let (tables, event) = (scene.tables.clone(), scene.event.clone());
            let meanwhile = async move {
                pass(&tables, &event, "deadline").await;
                successor.await;
            };
            let (zombie, happened) = interrupted(&scene.tables, n, scene.attempt(), meanwhile).await;
            scene.assert_one_made(&format!("request {n}")).await;
            if !happened {
                break;
            }
            let successor = heard.await.unwrap();
            assert_eq!((zombie.status, &zombie.raw["body"]), (successor.status, &successor.raw["body"]), "{function} {n}");
        }
    }
}

#[tokio::test]
async fn after_a_day_the_same_key_makes_another_one() {
    let scene = Scene::new("events-create", "created").await;
    let first = scene.attempt()(scene.world.store.clone()).await;
    pass(&scene.tables, &scene.event, "ttl").await;
    let second = scene.attempt()(scene.world.store.clone()).await;
    assert_eq!((second.status, is_replayed(&second)), (201, false), "{}", second.body);
    assert_ne!(first.body["eventId"], second.body["eventId"]);
    assert_eq!(scene.count().await, scene.before + 2);
}

fn assert_replayed_body(first: &Answered, again: &Answered) {
    assert!(is_replayed(again));
    assert_eq!((first.status, &first.raw["body"]), (again.status, &again.raw["body"]));
}
