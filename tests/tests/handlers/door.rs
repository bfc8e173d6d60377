//! The door: what a scanner loads before it goes offline, and what it says afterwards. Person 1 works for who sells the shows.

use super::{Stage, fixture};
use domain::booking::Booking;
use domain::id::{HoldId, OrganizationId, TicketId};
use domain::seat::SeatId;
use domain::ticket::{CLOCK_SLACK, SCAN_AGE_MAX, Ticket};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use tests::function_event::{Person, event};
use tests::stage::Answered;
use tests::world::{World, entropy};
use tickets::TicketCode;

async fn staffed() -> Stage {
    let stage = Stage::new().await;
    stage.employ(&Stage::caller(), &stage.world.show.organization).await;
    stage
}

fn minutes(minutes: i64) -> SignedDuration {
    SignedDuration::from_mins(minutes)
}

fn fresh_ticket() -> TicketId {
    HoldId::from_entropy(entropy()).booking_id().ticket_id(0)
}

/// A genuine code for a ticket of show 1, sold a day ago and good for two more.
fn code(stage: &Stage, ticket: &TicketId) -> String {
    let code = TicketCode {
        show: stage.world.show.id.clone(),
        ticket: ticket.clone(),
        seat: "S-A-1".parse().unwrap(),
        valid_from: stage.now - SignedDuration::from_hours(24),
        valid_until: stage.now + SignedDuration::from_hours(48),
    };
    code.sign(&Stage::ticket_keys())
}

fn scan(code: &str, nonce: &str, at: Timestamp) -> Value {
    json!({"code": code, "gate": "north", "nonce": nonce, "scannedAt": at.to_string()})
}

async fn sync_as(stage: &Stage, person: &Person, scans: &[Value]) -> Answered {
    let body = json!({ "items": scans });
    stage.invoke("check-ins-create-batch", &event("POST", "/v1/check-ins/batch", &[], Some(person), Some(&body))).await
}

async fn sync(stage: &Stage, scans: &[Value]) -> Vec<Value> {
    let answer = sync_as(stage, &Stage::caller().in_groups("staff"), scans).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.body["items"].as_array().unwrap().clone()
}

fn outcomes(answers: &[Value]) -> Vec<&str> {
    answers.iter().map(|answer| answer["outcome"].as_str().unwrap()).collect()
}

async fn door_list(stage: &Stage, query: &[(&str, &str)]) -> Answered {
    let mut event = fixture("door-tickets-list", "ok");
    for (name, value) in query {
        event["queryStringParameters"][*name] = json!(value);
    }
    let pairs: Vec<String> = query.iter().map(|(name, value)| format!("{name}={value}")).collect();
    event["rawQueryString"] = json!(pairs.join("&"));
    stage.invoke("door-tickets-list", &event).await
}

/// A confirmed booking of somebody's.
async fn sold(stage: &Stage, seats: &[&str]) -> Booking {
    let ben = tests::world::somebody();
    stage.world.place(&ben, seats, stage.now).await.unwrap();
    let booking = stage.world.book(&ben, stage.now).await;
    stage.store.sell_places_of(&booking, stage.now).await.unwrap();
    stage.store.confirm_booking(&booking, stage.now).await.unwrap();
    booking
}

#[tokio::test]
async fn everybody_sees_the_public_half_of_the_keys_and_nothing_of_the_other() {
    let stage = Stage::new().await;
    let keys = stage.invoke("ticket-keys-list", &fixture("ticket-keys-list", "ok")).await;
    assert_eq!((keys.status, keys.raw["headers"]["cache-control"].as_str()), (200, Some("public, max-age=3600")));
    // RFC 8032 has no vector for a seed of zeros; libsodium and OpenSSL agree on this one.
    let zeros = "O2onvM62pC1io6jQKm8Nc2UyFXcd4kOmOsBIoYtZ2ik";
    assert_eq!(keys.body, json!({"items": [{"number": 1, "algorithm": "Ed25519", "publicKey": zeros}]}));
}

#[tokio::test]
async fn fixtures_named_after_a_problem_meet_it() {
    let stage = staffed().await;
    for function in ["door-shows-list", "door-tickets-list", "check-ins-create-batch"] {
        for outcome in ["forbidden", "not-found", "invalid-request"] {
            if (function, outcome) != ("check-ins-create-batch", "not-found") {
                let answer = stage.invoke(function, &fixture(function, outcome)).await;
                assert_eq!(answer.problem(), outcome, "{function}: {}", answer.body);
            }
        }
    }
    let unknown = stage.invoke("check-ins-create-batch", &fixture("check-ins-create-batch", "unknown")).await;
    assert_eq!((unknown.status, outcomes(unknown.body["items"].as_array().unwrap())), (200, vec!["UNKNOWN", "UNKNOWN"]));
    assert_eq!(stage.invoke("door-shows-list", &fixture("door-shows-list", "ok")).await.status, 200);
}

#[tokio::test]
async fn staff_see_the_shows_of_their_organization_and_admins_those_they_name() {
    let stage = staffed().await;
    let own = stage.invoke("door-shows-list", &fixture("door-shows-list", "ok")).await;
    let shows = own.body["items"].as_array().unwrap();
    let ids: Vec<_> = shows.iter().map(|show| show["showId"].as_str().unwrap()).collect();
    assert_eq!(ids, ["show_0000000000000001", "show_0000000000000002"]);
    let first = json!({
        "showId": "show_0000000000000001", "eventId": "evt_0000000000000001", "title": "A play", "venueName": "The hall", "city": "Pune",
        "timeZone": "Asia/Kolkata", "startsAt": shows[0]["startsAt"], "status": "PUBLISHED",
    });
    assert_eq!(shows[0], first);

    let list = |person: Person, organization: Option<&OrganizationId>| {
        let mut event = event("GET", "/v1/door/shows", &[], Some(&person), None);
        if let Some(organization) = organization {
            event["queryStringParameters"] = json!({"organizationId": organization});
            event["rawQueryString"] = json!(format!("organizationId={organization}"));
        }
        let stage = &stage;
        async move { stage.invoke("door-shows-list", &event).await }
    };
    let (seller, other) = (&stage.world.show.organization, OrganizationId::from_entropy(entropy()));
    let admin = Person::number(3).in_groups("admin");
    assert_eq!(list(admin.clone(), Some(seller)).await.body["items"].as_array().unwrap().len(), 2);
    assert_eq!(list(admin, None).await.problem(), "forbidden", "an admin who belongs to nobody names somebody");
    stage.employ(&Person::number(4), &other).await;
    let stranger = Person::number(4).in_groups("staff");
    assert_eq!(list(stranger.clone(), None).await.body["items"], json!([]));
    assert_eq!(list(stranger, Some(seller)).await.problem(), "not-found");
    assert_eq!(list(Person::number(5).in_groups("staff"), None).await.problem(), "forbidden", "staff of nobody");
}

#[tokio::test]
async fn the_door_list_names_used_and_revoked_tickets_page_by_page_and_then_what_changed() {
    let stage = staffed().await;
    let (used, off) = (sold(&stage, &["S-A-1", "S-A-2"]).await, sold(&stage, &["S-A-3", "S-A-4"]).await);
    let ticket = Ticket::of(&used).next().unwrap();
    let admitted = sync(&stage, &[scan(&code(&stage, &ticket.id), "nonce-0001", stage.now - minutes(9))]).await;
    assert_eq!(outcomes(&admitted), ["ADMITTED"]);
    World::call_off(&stage.store, &off, stage.now).await.unwrap();

    let whole = door_list(&stage, &[]).await;
    assert_eq!((whole.status, &whole.body["showId"], &whole.body["next"]), (200, &json!(stage.world.show.id), &Value::Null));
    let items = whole.body["items"].as_array().unwrap();
    let at = (stage.now - minutes(9)).to_string();
    assert!(items.contains(&json!({"ticketId": ticket.id, "seat": "S-A-1", "status": "ADMITTED", "admittedAt": at, "gate": "north"})));
    for revoked in Ticket::of(&off) {
        assert!(items.contains(&json!({"ticketId": revoked.id, "seat": revoked.seat, "status": "REVOKED"})), "{items:?}");
    }
    assert_eq!(items.len(), 3, "the other ticket is as its code says");

    let (mut found, mut cursor, mut as_of) = (BTreeSet::new(), None, BTreeSet::new());
    loop {
        let cursor_now: Option<String> = cursor.take();
        let query: Vec<(&str, &str)> = [("limit", "1")].into_iter().chain(cursor_now.as_deref().map(|cursor| ("cursor", cursor))).collect();
        let page = door_list(&stage, &query).await.body;
        found.extend(page["items"].as_array().unwrap().iter().map(|item| item["ticketId"].to_string()));
        as_of.insert(page["asOf"].to_string());
        match page["next"].as_str() {
            Some(next) => cursor = Some(next.to_owned()),
            None => break,
        }
    }
    assert_eq!((found.len(), as_of.len()), (3, 1), "all pages are of one moment");

    let later = (stage.now + SignedDuration::from_hours(1)).to_string();
    assert_eq!(door_list(&stage, &[("since", &later)]).await.body["items"], json!([]));
    let just_now = whole.body["asOf"].as_str().unwrap();
    assert_eq!(door_list(&stage, &[("since", just_now)]).await.body["items"].as_array().unwrap().len(), 3, "the last minutes come again");
    for (name, value) in [("limit", "0"), ("limit", "1001"), ("cursor", "x"), ("cursor", "MjAyNi0xMS0yMVQxMDowMDowMFogLSAwIA")] {
        let refused = door_list(&stage, &[(name, value)]).await;
        assert_eq!((refused.problem(), &refused.body["errors"][0]["pointer"]), ("invalid-request", &json!(format!("/query/{name}"))));
    }
    stage.employ(&Person::number(4), &OrganizationId::from_entropy(entropy())).await;
    let parameters = [("showId", stage.world.show.id.as_str())];
    let foreign = event("GET", "/v1/door/shows/{showId}/tickets", &parameters, Some(&Person::number(4).in_groups("staff")), None);
    assert_eq!(stage.invoke("door-tickets-list", &foreign).await.problem(), "not-found");
}

#[tokio::test]
async fn two_devices_let_the_same_ticket_in_and_the_second_hears_of_the_first() {
    let stage = staffed().await;
    let (one, two) = (fresh_ticket(), fresh_ticket());
    let (first, second) = (stage.now - minutes(30), stage.now - minutes(40));
    let north = [scan(&code(&stage, &one), "north-0001", first), scan(&code(&stage, &two), "north-0002", first)];
    let answers = sync(&stage, &north).await;
    assert_eq!(outcomes(&answers), ["ADMITTED", "ADMITTED"]);
    let shown = json!({"ticketId": one, "showId": stage.world.show.id, "seat": "S-A-1"});
    assert_eq!(
        answers[0],
        json!({"nonce": "north-0001", "outcome": "ADMITTED", "ticket": shown, "admittedAt": first.to_string(), "gate": "north"})
    );

    // The other device scanned earlier, but says so later: who is written down stays.
    let mut south = scan(&code(&stage, &one), "south-0001", second);
    south["gate"] = json!("south");
    let late = sync(&stage, std::slice::from_ref(&south)).await;
    assert_eq!(
        late[0],
        json!({"nonce": "south-0001", "outcome": "ALREADY_ADMITTED", "ticket": shown, "admittedAt": first.to_string(), "gate": "north"})
    );
    assert_eq!(sync(&stage, &north).await, answers, "an answer that was lost is heard again");
    assert_eq!(sync(&stage, &[south]).await, late);
    let body = json!({"code": code(&stage, &one), "nonce": "online-0001"});
    let person = Stage::caller().in_groups("staff");
    let online = stage.invoke("check-ins-create", &event("POST", "/v1/check-ins", &[], Some(&person), Some(&body))).await;
    let expected = json!({"outcome": "ALREADY_ADMITTED", "ticket": shown, "admittedAt": first.to_string(), "gate": "north"});
    assert_eq!((online.status, online.body), (200, expected));
}

#[tokio::test]
async fn of_twenty_batches_at_the_same_time_one_is_admitted() {
    let stage = staffed().await;
    let code = code(&stage, &fresh_ticket());
    let batches: Vec<[Value; 1]> = (0..20).map(|n| [scan(&code, &format!("device-{n:04}"), stage.now)]).collect();
    let answers = futures_util::future::join_all(batches.iter().map(|batch| sync(&stage, batch))).await;
    let answers: Vec<Value> = answers.into_iter().flatten().collect();
    assert_eq!(outcomes(&answers).iter().filter(|outcome| **outcome == "ADMITTED").count(), 1);
    assert_eq!(outcomes(&answers).iter().filter(|outcome| **outcome == "ALREADY_ADMITTED").count(), 19);
    assert!(answers.iter().all(|answer| answer["admittedAt"] == answers[0]["admittedAt"]));
}

#[tokio::test]
async fn a_scan_is_judged_as_of_when_it_was_made_and_a_clock_that_is_wrong_is_not_believed() {
    let stage = staffed().await;
    let signed = |from: Timestamp, until: Timestamp| {
        let (show, ticket) = (stage.world.show.id.clone(), fresh_ticket());
        let code = TicketCode { show, ticket, seat: "S-A-1".parse().unwrap(), valid_from: from, valid_until: until };
        code.sign(&Stage::ticket_keys())
    };
    let (hour, now) = (SignedDuration::from_hours(1), stage.now);
    let over = || signed(now - hour * 3, now - hour);
    let good = || signed(now - SignedDuration::from_hours(90), now + hour * 9);
    let scans = [
        scan(&over(), "over-0001", now - hour * 2),
        scan(&over(), "over-0002", now),
        scan(&over(), "over-0003", now - hour + CLOCK_SLACK - minutes(1)),
        scan(&over(), "over-0004", now - hour * 4),
        scan(&good(), "good-0001", now + hour),
        scan(&good(), "good-0002", now - SCAN_AGE_MAX - hour),
        scan(&good(), "good-0003", now - SCAN_AGE_MAX + hour),
    ];
    let answers = sync(&stage, &scans).await;
    assert_eq!(outcomes(&answers), ["ADMITTED", "WRONG_SHOW", "ADMITTED", "WRONG_SHOW", "ADMITTED", "ADMITTED", "ADMITTED"], "{answers:?}");
    let admitted = |index: usize| answers[index]["admittedAt"].as_str().unwrap().parse::<Timestamp>().unwrap();
    assert_eq!((admitted(0), admitted(6)), (now - hour * 2, now - SCAN_AGE_MAX + hour));
    for wrong in [4, 5] {
        assert!((now..=now + minutes(5)).contains(&admitted(wrong)), "as of now");
    }
    assert_eq!(answers[1], json!({"nonce": "over-0002", "outcome": "WRONG_SHOW"}), "nothing was written");
}

#[tokio::test]
async fn one_bad_scan_keeps_no_other_back() {
    let stage = staffed().await;
    let (ticket, frozen) = (fresh_ticket(), sold(&stage, &["S-A-5"]).await);
    stage.store.freeze_tickets(&frozen, stage.now).await.unwrap();
    let good = code(&stage, &ticket);
    let mut elsewhere = scan(&good, "nonce-0006", stage.now);
    elsewhere["showId"] = json!("show_0000000000000002");
    let forged = TicketCode {
        show: stage.world.show.id.clone(),
        ticket,
        seat: "S-A-1".parse().unwrap(),
        valid_from: stage.now,
        valid_until: stage.now,
    };
    let forged = forged.sign(&"1:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=".parse().unwrap());
    let scans = [
        scan("https://example.org/menu", "nonce-0001", stage.now),
        json!(7),
        json!({"code": good, "nonce": "nonce-0003"}),
        json!({"code": good, "nonce": "nonce-0004", "scannedAt": "yesterday"}),
        json!({"code": "x".repeat(401), "nonce": "nonce-0005", "scannedAt": stage.now.to_string()}),
        elsewhere,
        scan(&code(&stage, &Ticket::of(&frozen).next().unwrap().id), "nonce-0007", stage.now),
        scan(&forged, "nonce-0008", stage.now),
        scan(&good, "nonce-0009", stage.now),
        scan(&good, "nonce-0010", stage.now),
    ];
    let answers = sync(&stage, &scans).await;
    let unknown = "UNKNOWN";
    assert_eq!(
        outcomes(&answers),
        [unknown, unknown, unknown, unknown, unknown, "WRONG_SHOW", "REVOKED", unknown, "ADMITTED", "ALREADY_ADMITTED"]
    );
    let nonces: Vec<_> = answers.iter().map(|answer| answer["nonce"].as_str()).collect();
    assert_eq!(nonces[..4], [Some("nonce-0001"), None, Some("nonce-0003"), Some("nonce-0004")]);

    stage.employ(&Person::number(4), &OrganizationId::from_entropy(entropy())).await;
    let foreign = sync_as(&stage, &Person::number(4).in_groups("staff"), &[scan(&good, "nonce-0009", stage.now)]).await;
    assert_eq!(foreign.body, json!({"items": [{"nonce": "nonce-0009", "outcome": unknown}]}), "not even that it exists");
    let nobodys = sync_as(&stage, &Person::number(5).in_groups("staff"), &[scan(&good, "nonce-0009", stage.now)]).await;
    assert_eq!(nobodys.problem(), "forbidden");
    let admins = sync_as(&stage, &Person::number(6).in_groups("admin"), &[scan(&good, "nonce-0011", stage.now)]).await;
    assert_eq!(outcomes(admins.body["items"].as_array().unwrap()), ["ALREADY_ADMITTED"]);
}

#[tokio::test]
async fn fifty_of_the_longest_scans_fit_and_fifty_one_are_too_many() {
    let stage = staffed().await;
    let seat: SeatId = "ABCDEFGHIJKL-ABCD-50000".parse().unwrap();
    let longest = |number: usize| {
        let (show, ticket) = (stage.world.show.id.clone(), fresh_ticket());
        let (valid_from, valid_until) = (stage.now - minutes(9), stage.now + minutes(9));
        let code = TicketCode { show, ticket, seat: seat.clone(), valid_from, valid_until }.sign(&Stage::ticket_keys());
        json!({
            "code": code, "gate": "n".repeat(40), "nonce": format!("{number:064}"), "showId": stage.world.show.id, "scannedAt": stage.now.to_string(),
        })
    };
    let scans: Vec<Value> = (0..50).map(longest).collect();
    let answers = sync(&stage, &scans).await;
    assert!(answers.len() == 50 && answers.iter().all(|answer| answer["outcome"] == "ADMITTED"));
    for count in [0, 51] {
        let refused = sync_as(&stage, &Stage::caller().in_groups("staff"), &vec![json!(1); count]).await;
        assert_eq!((refused.problem(), &refused.body["errors"][0]["pointer"]), ("invalid-request", &json!("/items")));
    }
}
