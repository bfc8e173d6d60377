//! Idempotency records on DynamoDB's protocol: every operation, every variant of its errors, and two at the same time.

use crate::emulator;
use aws_sdk_dynamodb::types::AttributeValue;
use domain::id::UserId;
use jiff::Timestamp;
use serde_json::{Value, json};
use store::{ATTEMPT_SECONDS, Attempt, BeginAttemptError, Begun, Change, FinishAttemptError, KEPT_HOURS, KeptReply, KeyedRequest, Store};
use store::{StoredChange, Tables};
use tests::interruption::interrupted;
use tests::meter::{Meter, Units};
use tests::template::stream_filters;
use tests::world::{after, entropy, noon, somebody};

/// Nothing sends more requests than this.
const REQUESTS_MAX: usize = 10;
const DAY: i64 = KEPT_HOURS * 3_600;

fn request(user: &UserId) -> KeyedRequest {
    KeyedRequest { user: user.clone(), route: "POST /v1/events".to_owned(), key: "key".parse().unwrap(), digest: "one".to_owned() }
}

fn reply(text: &str) -> KeptReply {
    let headers = [("content-type", "application/json"), ("location", "/v1/events/1")];
    let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
    KeptReply { status: 201, headers, body: text.as_bytes().to_vec() }
}

/// A token that nobody else has.
fn token() -> String {
    format!("{:?}", entropy())
}

async fn attempt(store: &Store, request: &KeyedRequest, now: Timestamp) -> Attempt {
    match store.begin_attempt(request, &token(), now).await {
        Ok(Begun::Attempt(attempt)) => attempt,
        other => panic!("{other:?}"),
    }
}

async fn answered(store: &Store, request: &KeyedRequest, now: Timestamp) -> KeptReply {
    match store.begin_attempt(request, &token(), now).await {
        Ok(Begun::Answered(reply)) => reply,
        other => panic!("{other:?}"),
    }
}

async fn refused(store: &Store, request: &KeyedRequest, now: Timestamp) -> BeginAttemptError {
    store.begin_attempt(request, &token(), now).await.expect_err("it is refused")
}

#[tokio::test]
async fn what_was_answered_is_answered_again_for_a_day() {
    let store = emulator::store().await;
    let request = request(&somebody());
    let first = attempt(&store, &request, noon()).await;
    assert!(first.is_first());
    store.finish_attempt(&first, &reply("made"), after(noon(), 1)).await.unwrap();
    for seconds in [1, 60, DAY + 1] {
        assert_eq!(answered(&store, &request, after(noon(), seconds)).await, reply("made"), "after {seconds} s");
    }
    let next = attempt(&store, &request, after(noon(), DAY + 2)).await;
    assert_ne!(next.seed, first.seed, "what is made now is something else");
    assert_eq!(next.began_at, after(noon(), DAY + 2));
}

#[tokio::test]
async fn any_body_and_no_body_is_kept_byte_for_byte() {
    let store = emulator::store().await;
    for body in [vec![], vec![0, 255, 10], "ä".repeat(100_000).into_bytes()] {
        let (request, kept) = (request(&somebody()), KeptReply { status: 204, headers: vec![], body });
        let first = attempt(&store, &request, noon()).await;
        store.finish_attempt(&first, &kept, noon()).await.unwrap();
        assert_eq!(answered(&store, &request, noon()).await, kept);
    }
}

#[tokio::test]
async fn a_key_belongs_to_one_request_of_one_person_at_one_route() {
    let store = emulator::store().await;
    let asked = request(&somebody());
    let another = KeyedRequest { digest: "another".to_owned(), ..asked.clone() };
    let first = attempt(&store, &asked, noon()).await;
    assert!(matches!(refused(&store, &another, noon()).await, BeginAttemptError::Mismatch), "in flight");
    assert!(matches!(refused(&store, &another, after(noon(), 60)).await, BeginAttemptError::Mismatch), "its attempt is dead");
    store.finish_attempt(&first, &reply("made"), noon()).await.unwrap();
    assert!(matches!(refused(&store, &another, noon()).await, BeginAttemptError::Mismatch), "done");

    attempt(&store, &KeyedRequest { user: somebody(), ..another.clone() }, noon()).await;
    attempt(&store, &KeyedRequest { route: "POST /v1/venues".to_owned(), ..another.clone() }, noon()).await;
    attempt(&store, &KeyedRequest { key: "another".parse().unwrap(), ..another }, noon()).await;
    assert_eq!(answered(&store, &asked, noon()).await, reply("made"));
}

#[tokio::test]
async fn an_attempt_under_way_is_left_alone_until_its_deadline_is_over() {
    let store = emulator::store().await;
    let request = request(&somebody());
    let first = attempt(&store, &request, noon()).await;
    assert!(matches!(refused(&store, &request, noon()).await, BeginAttemptError::InFlight));
    assert!(matches!(refused(&store, &request, after(noon(), ATTEMPT_SECONDS)).await, BeginAttemptError::InFlight), "its last second");

    let second = attempt(&store, &request, after(noon(), ATTEMPT_SECONDS + 1)).await;
    assert_eq!((&second.seed, second.began_at), (&first.seed, noon()), "it makes what the first one would have made");
    assert!(!second.is_first());
    let late = after(noon(), 2 * ATTEMPT_SECONDS + 1);
    assert!(matches!(refused(&store, &request, late).await, BeginAttemptError::InFlight), "it has as much time as the first");
    let third = attempt(&store, &request, after(late, 1)).await;
    assert_eq!(third.seed, first.seed);
}

#[tokio::test]
async fn a_zombie_neither_overwrites_nor_ends_what_took_over() {
    let store = emulator::store().await;
    let request = request(&somebody());
    let zombie = attempt(&store, &request, noon()).await;
    let now = after(noon(), 60);
    let second = attempt(&store, &request, now).await;

    assert!(matches!(store.finish_attempt(&zombie, &reply("zombie"), now).await, Err(FinishAttemptError::Overtaken)));
    assert!(!store.give_up_attempt(&zombie).await.unwrap());
    assert!(!store.forget_attempt(&zombie).await.unwrap());
    assert!(matches!(refused(&store, &request, now).await, BeginAttemptError::InFlight), "the second is under way all the same");

    store.finish_attempt(&second, &reply("second"), now).await.unwrap();
    let told = store.finish_attempt(&zombie, &reply("zombie"), now).await;
    assert!(matches!(&told, Err(FinishAttemptError::Answered(kept)) if *kept == reply("second")), "{told:?}");
    assert!(!store.give_up_attempt(&zombie).await.unwrap());
    assert_eq!(answered(&store, &request, now).await, reply("second"));
}

#[tokio::test]
async fn an_attempt_that_gives_up_is_tried_again_at_once_and_makes_the_same() {
    let store = emulator::store().await;
    let request = request(&somebody());
    let first = attempt(&store, &request, noon()).await;
    assert!(store.give_up_attempt(&first).await.unwrap());
    let another = KeyedRequest { digest: "another".to_owned(), ..request.clone() };
    assert!(matches!(refused(&store, &another, noon()).await, BeginAttemptError::Mismatch), "the key stays the request's");
    let second = attempt(&store, &request, noon()).await;
    assert_eq!((second.seed.clone(), second.began_at), (first.seed, first.began_at));
    assert!(!store.forget_attempt(&second).await.unwrap(), "nobody knows what the first one wrote");
    assert!(matches!(refused(&store, &request, noon()).await, BeginAttemptError::InFlight));
}

#[tokio::test]
async fn a_key_that_was_freed_takes_another_request() {
    let store = emulator::store().await;
    let asked = request(&somebody());
    let first = attempt(&store, &asked, noon()).await;
    assert!(store.forget_attempt(&first).await.unwrap());
    let corrected = KeyedRequest { digest: "corrected".to_owned(), ..asked.clone() };
    let second = attempt(&store, &corrected, noon()).await;
    assert!(second.is_first() && second.seed != first.seed);
    assert!(matches!(store.finish_attempt(&first, &reply("late"), noon()).await, Err(FinishAttemptError::Overtaken)));
    assert!(matches!(refused(&store, &asked, noon()).await, BeginAttemptError::Mismatch));
}

/// What must be true of two requests at the same time.
fn assert_one_attempt(outcomes: [&Result<Begun, BeginAttemptError>; 2], n: usize) {
    let attempts = outcomes.iter().filter(|outcome| matches!(outcome, Ok(Begun::Attempt(_)))).count();
    assert_eq!(attempts, 1, "request {n}: {outcomes:?}");
}

#[tokio::test]
async fn of_two_that_begin_at_the_same_time_one_does() {
    for (lapsed, requests) in [(false, 1), (true, 2)] {
        for n in 0..REQUESTS_MAX {
            let tables = emulator::tables().await;
            let store = Store::new(emulator::client(), tables.clone());
            let request = request(&somebody());
            let now = if lapsed {
                attempt(&store, &request, noon()).await;
                after(noon(), 60)
            } else {
                noon()
            };
            let (told, other) = tokio::sync::oneshot::channel();
            let (rival, asked) = (store.clone(), request.clone());
            let meanwhile = async move { drop(told.send(rival.begin_attempt(&asked, &token(), now).await)) };
            let act = async |store: Store| store.begin_attempt(&request, &token(), now).await;
            let (outcome, happened) = interrupted(&tables, n, act, meanwhile).await;
            if !happened {
                assert_eq!(n, requests);
                break;
            }
            assert_one_attempt([&outcome, &other.await.unwrap()], n);
        }
    }
}

#[tokio::test]
async fn whoever_takes_over_while_the_first_one_finishes_hears_its_answer_or_makes_it() {
    for n in 0..REQUESTS_MAX {
        let tables = emulator::tables().await;
        let store = Store::new(emulator::client(), tables.clone());
        let request = request(&somebody());
        let (first, now) = (attempt(&store, &request, noon()).await, after(noon(), 60));
        let finish = async move { drop(store.finish_attempt(&first, &reply("first"), now).await) };
        let act = async |store: Store| store.begin_attempt(&request, &token(), now).await.unwrap();
        let (outcome, happened) = interrupted(&tables, n, act, finish).await;
        let expected = if happened { Begun::Answered(reply("first")) } else { outcome.clone() };
        assert_eq!(outcome, expected, "request {n}");
        if !happened {
            assert_eq!(n, 2, "both requests of a taking-over were interrupted");
            return assert!(matches!(outcome, Begun::Attempt(_)));
        }
    }
}

#[tokio::test]
async fn an_attempt_costs_one_write_unit_and_its_answer_one_for_each_kilobyte() {
    let (meter, tables) = (Meter::default(), emulator::tables().await);
    let store = Store::new(emulator::client_with(Some(meter.clone())), tables);
    let request = request(&somebody());
    let first = attempt(&store, &request, noon()).await;
    assert_eq!(meter.take(), Units { read: 0.0, write: 1.0 });
    store.finish_attempt(&first, &reply(&"x".repeat(3_000)), noon()).await.unwrap();
    assert_eq!(meter.take(), Units { read: 0.0, write: 4.0 });
    answered(&store, &request, noon()).await;
    let units = meter.take();
    assert!(units.read == 0.0, "an answer comes with the refusal: {units:?}");
}

/// Everything that lies in the partition of this user's keys.
async fn records(tables: &Tables, user: &UserId) -> Vec<std::collections::HashMap<String, AttributeValue>> {
    let query = emulator::client().query().table_name(&tables.main).key_condition_expression("pk = :pk");
    let query = query.expression_attribute_values(":pk", AttributeValue::S(format!("IDEMPOTENCY#{user}")));
    query.send().await.unwrap().items.unwrap_or_default()
}

#[tokio::test]
async fn a_record_wakes_no_stream_reader_and_is_not_audited_whatever_its_key() {
    let tables = emulator::tables().await;
    let store = Store::new(emulator::client(), tables.clone());
    let user = somebody();
    for key in ["key", "BOOKING#book_0000000000000001", "EVENT", "USER#x", "#"] {
        attempt(&store, &KeyedRequest { key: key.parse().unwrap(), ..request(&user) }, noon()).await;
    }
    let records = records(&tables, &user).await;
    assert_eq!(records.len(), 5);
    let filters = stream_filters();
    assert!(filters.len() >= 4, "every reader has one");
    for item in records {
        let text = |name: &str| item[name].as_s().unwrap().clone();
        let keys = json!({"pk": {"S": text("pk")}, "sk": {"S": text("sk")}});
        for name in ["INSERT", "MODIFY", "REMOVE"] {
            let change = json!({"Keys": keys, "NewImage": {"state": {"S": "DONE"}}});
            let record: Value = json!({
                "eventName": name, "dynamodb": change,
                "userIdentity": {"type": "Service", "principalId": "dynamodb.amazonaws.com"},
            });
            for filter in &filters {
                let filter = local::filter::Filter::parse(filter).unwrap();
                assert!(!filter.matches(&record), "{record}");
            }
        }
        for (old, new) in [(None, Some(item.clone())), (Some(item.clone()), Some(item.clone())), (Some(item.clone()), None)] {
            let change = Change { by_ttl: new.is_none(), old, new, ..Change::default() };
            assert_eq!(change.audit_entry().unwrap(), None);
            assert!(matches!(change.meaning().unwrap(), StoredChange::Other));
        }
    }
}
