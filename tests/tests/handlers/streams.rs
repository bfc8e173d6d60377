//! Stream readers and workers: partial batch answers, and effects that a repeat does not change.

use super::{Stage, fixture};
use domain::event::EventCommand;
use domain::hold::Hold;
use serde_json::{Value, json};
use store::Placed;
use tests::function_event::Person;
use tests::world::seats;

/// The stream record of this outcome, about this hold.
fn deleted(outcome: &str, hold: &Hold) -> Value {
    let mut event = fixture("holds-expire", outcome);
    let image = &mut event["Records"][0]["dynamodb"]["OldImage"];
    image["hold_id"]["S"] = json!(hold.id);
    image["user"]["S"] = json!(hold.user);
    let places: Vec<Value> =
        hold.places.iter().map(|place| json!({"S": format!("{} {} {}", place.seat, place.level, place.price.amount)})).collect();
    image["places"]["L"] = json!(places);
    event
}

async fn held(stage: &Stage) -> Hold {
    let id = domain::id::HoldId::from_entropy(tests::world::entropy());
    let show = &stage.world.show;
    let hold = show.hold(&stage.world.layout, id, Person::number(3).user, &seats(&["S-A-1"]), "S-A-1".to_owned(), stage.now).unwrap();
    let Placed::New(hold) = stage.store.place_hold(&hold, 6, stage.now).await.unwrap() else { panic!("new") };
    hold
}

#[tokio::test]
async fn what_ttl_deleted_is_freed_and_a_replay_changes_nothing() {
    let stage = Stage::new().await;
    let hold = held(&stage).await;
    for _ in 0..2 {
        let answer = stage.send("holds-expire", &deleted("lapsed", &hold)).await.unwrap();
        assert_eq!(answer, json!({"batchItemFailures": []}));
        assert_eq!(stage.world.row("A", stage.now).await, "AAAAAAAAAA");
    }
}

#[tokio::test]
async fn a_hold_that_its_owner_deleted_is_none_of_the_readers_business() {
    let stage = Stage::new().await;
    let hold = held(&stage).await;
    stage.send("holds-expire", &deleted("released", &hold)).await.unwrap();
    assert_eq!(stage.world.row("A", stage.now).await, "HAAAAAAAAA");
}

#[tokio::test]
async fn a_record_that_cannot_be_handled_is_handed_back_with_all_after_it() {
    let stage = Stage::new().await;
    let mut event = fixture("outbox-dispatch", "confirmed");
    event["Records"][0]["dynamodb"]["SequenceNumber"] = json!("77");
    // The queue is nowhere: the record is not lost.
    let answer = stage.send("outbox-dispatch", &event).await.unwrap();
    assert_eq!(answer, json!({"batchItemFailures": [{"itemIdentifier": "77"}]}));
}

#[tokio::test]
async fn what_is_taken_back_of_a_booking_that_stays_is_passed_on_once() {
    let stage = Stage::new().await;
    let returned = fixture("outbox-dispatch", "returned");
    // The queue is nowhere: that a message was to be sent is seen by the record coming back.
    let answer = stage.send("outbox-dispatch", &returned).await.unwrap();
    assert_eq!(answer, json!({"batchItemFailures": [{"itemIdentifier": "100000000000000000002"}]}));
    let mut touched = returned.clone();
    touched["Records"][0]["dynamodb"]["OldImage"] = returned["Records"][0]["dynamodb"]["NewImage"].clone();
    assert_eq!(stage.send("outbox-dispatch", &touched).await.unwrap(), json!({"batchItemFailures": []}), "nothing was taken back");
}

#[tokio::test]
async fn a_message_nobody_understands_is_handed_back_and_the_others_are_done() {
    let stage = Stage::new().await;
    let mut event = fixture("payments-work", "booking-moved");
    let mut garbage = event["Records"][0].clone();
    garbage["messageId"] = json!("2");
    garbage["body"] = json!("garbage");
    event["Records"].as_array_mut().unwrap().push(garbage);
    let answer = stage.send("payments-work", &event).await.unwrap();
    assert_eq!(answer, json!({"batchItemFailures": [{"itemIdentifier": "2"}]}));
    stage.send("payments-reconcile", &fixture("payments-reconcile", "minute")).await.unwrap();
}

#[tokio::test]
async fn only_what_was_called_off_is_closed() {
    let stage = Stage::new().await;
    let close = async || stage.send("events-close", &fixture("events-close", "cancelled")).await.unwrap();
    assert_eq!(close().await, json!({"batchItemFailures": []}));
    assert_eq!(stage.world.row("A", stage.now).await, "AAAAAAAAAA", "the event is on sale");

    // The caller got no further than the event itself.
    let event = stage.store.event(&stage.world.show.event).await.unwrap().unwrap();
    stage.store.move_event(&event, EventCommand::Cancel, None).await.unwrap();
    for _ in 0..2 {
        // The queue for what follows is nowhere: the message comes back, and repeating it changes nothing.
        assert_eq!(close().await, json!({"batchItemFailures": [{"itemIdentifier": "1"}]}));
        assert_eq!(stage.world.row("A", stage.now).await, "XXXXXXXXXX");
    }
}

#[tokio::test]
async fn a_booking_that_moved_is_written_to_the_audit_log_once() {
    let stage = Stage::new().await;
    for _ in 0..2 {
        stage.send("audit-record", &fixture("audit-record", "confirmed")).await.unwrap();
    }
    assert_eq!(stage.store.audit_of("book_0000000000000001").await.unwrap(), ["booking.moved"]);
}

#[tokio::test]
async fn of_several_records_about_one_block_only_the_newest_is_passed_on() {
    let stage = Stage::new().await;
    let mut batch = fixture("seats-broadcast", "claimed");
    let record = batch["Records"][0].clone();
    let numbered = |number: &str, sort_key: &str| {
        let mut record = record.clone();
        record["dynamodb"]["SequenceNumber"] = json!(number);
        for image in ["Keys", "NewImage", "OldImage"] {
            record["dynamodb"][image]["sk"]["S"] = json!(sort_key);
        }
        record
    };
    let (one, other) = ("BLOCK#A#00001", "BLOCK#B#00001");
    batch["Records"] = json!([numbered("1", one), numbered("2", other), numbered("3", one), numbered("4", other)]);
    // Viewers cannot be told here: the first record that was passed on at all is the first that comes back.
    let answer = stage.send("seats-broadcast", &batch).await.unwrap();
    assert_eq!(answer, json!({"batchItemFailures": [{"itemIdentifier": "3"}]}));
}

#[tokio::test]
async fn counts_follow_the_newest_version_in_any_order() {
    let stage = Stage::new().await;
    let newer = fixture("seats-broadcast", "claimed");
    let mut older = newer.clone();
    older["Records"][0]["dynamodb"]["NewImage"] = older["Records"][0]["dynamodb"]["OldImage"].clone();
    for event in [&newer, &older, &newer] {
        // Viewers cannot be told here, so the record is handed back; the count is kept all the same.
        stage.send("seats-broadcast", event).await.unwrap();
    }
    let counts = stage.store.section_counts(&stage.world.show.id, &"S".parse().unwrap()).await.unwrap();
    assert_eq!((counts.available, counts.held, counts.booked), (9, 1, 0));
}
