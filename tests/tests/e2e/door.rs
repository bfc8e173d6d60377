//! From the ticket to the seat.

use aws_lc_rs::signature::{ED25519, UnparsedPublicKey};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use tests::cloud::{Person, Show, shared};
use tests::printed::{Raster, read};

async fn ticket(person: &Person<'_>, show: &Show, seats: &[&str]) -> (Value, Value) {
    person.hold(show, seats).await.expect(201);
    let booking = person.book(show).await;
    let proof = person.pay(&booking, "never").await;
    let booking = person.confirm(&booking, &proof).await.expect(200);
    let id = booking["tickets"][0]["ticketId"].as_str().expect("a ticket").to_owned();
    let ticket = person.get(&format!("/v1/tickets/{id}")).await.expect(200);
    (booking, ticket)
}

#[tokio::test(flavor = "multi_thread")]
async fn of_thirty_simultaneous_scans_one_is_admitted_and_its_nonce_hears_it_again() {
    let cloud = shared().await;
    let show = cloud.small_show(json!({})).await;
    let anna = cloud.demo("buyer21").await;
    let (_, ticket) = ticket(&anna, &show, &["S-A-1", "S-A-2"]).await;
    assert!(ticket["code"].as_str().unwrap().starts_with("FR1"));
    let staff = cloud.demo("staff").await;
    let staff: &'static Person<'static> = Box::leak(Box::new(staff));
    let code = ticket["code"].clone();
    let mut scans = tokio::task::JoinSet::new();
    for i in 0..30 {
        let code = code.clone();
        scans.spawn(async move {
            let nonce = format!("scan-{i:04}");
            let answer = staff.post("/v1/check-ins", &json!({"code": code, "gate": "north", "nonce": nonce})).await;
            (nonce, answer.expect(200))
        });
    }
    let answers = scans.join_all().await;
    let admitted: Vec<_> = answers.iter().filter(|(_, answer)| answer["outcome"] == "ADMITTED").collect();
    assert_eq!(admitted.len(), 1);
    assert!(answers.iter().all(|(_, answer)| answer["outcome"] == "ADMITTED" || answer["outcome"] == "ALREADY_ADMITTED"));
    let (nonce, first) = admitted[0];
    let again = staff.post("/v1/check-ins", &json!({"code": code, "gate": "north", "nonce": nonce})).await.expect(200);
    assert_eq!(&again, first);
    let shown = anna.get(&format!("/v1/tickets/{}", ticket["ticketId"].as_str().unwrap())).await.expect(200);
    assert_eq!(shown["status"], "ADMITTED");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_picture_reads_back_as_the_code_and_strangers_see_nothing() {
    let cloud = shared().await;
    let show = cloud.small_show(json!({})).await;
    let (anna, ben) = (cloud.demo("buyer22").await, cloud.demo("buyer23").await);
    let (_, ticket) = ticket(&anna, &show, &["S-A-1"]).await;
    let path = format!("/v1/tickets/{}", ticket["ticketId"].as_str().unwrap());
    let picture = anna.get(&format!("{path}/qr.svg")).await;
    assert_eq!(picture.headers["content-type"], "image/svg+xml");
    assert_eq!(Raster::of_svg(picture.body.as_str().unwrap()).codes(), [ticket["code"].as_str().unwrap()]);
    for what in ["", "/qr.svg", "/pdf"] {
        assert_eq!(ben.get(&format!("{path}{what}")).await.status, 404);
        assert_eq!(cloud.send("GET", &format!("{path}{what}"), None).await.status, 401);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_printed_ticket_opens_the_door_until_it_is_revoked() {
    let cloud = shared().await;
    let show = cloud.small_show(json!({})).await;
    let anna = cloud.demo("buyer26").await;
    let (booking, ticket) = ticket(&anna, &show, &["S-A-1", "S-A-2"]).await;
    let path = |i: usize| format!("/v1/tickets/{}/pdf", booking["tickets"][i]["ticketId"].as_str().unwrap());
    let printed = anna.get(&path(0)).await;
    assert_eq!((printed.status, &printed.headers["content-type"]), (200, &"application/pdf".parse().unwrap()));
    assert_eq!(printed.headers["cache-control"], "private, no-store");
    let page = read(printed.bytes);
    assert!(page.lines.iter().any(|line| line == "A play"), "{:?}", page.lines);
    assert_eq!(page.raster.codes(), [ticket["code"].as_str().unwrap()]);

    anna.post(&format!("/v1/bookings/{}/cancel", booking["bookingId"].as_str().unwrap()), &json!({})).await.expect(200);
    let refused = anna.get(&path(1)).await;
    assert_eq!((refused.status, refused.problem()), (409, "state-conflict"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_door_knows_foreign_revoked_and_invented_codes() {
    let cloud = shared().await;
    let (show, other) = (cloud.small_show(json!({})).await, cloud.small_show(json!({})).await);
    let anna = cloud.demo("buyer24").await;
    let (booking, ticket) = ticket(&anna, &show, &["S-A-1"]).await;
    let staff = cloud.demo("staff").await;
    let scan = |code: Value, nonce: &str, show: Option<&Show>| {
        let mut body = json!({"code": code, "nonce": nonce});
        if let Some(show) = show {
            body["showId"] = json!(show.show);
        }
        let staff = staff.clone();
        async move { staff.post("/v1/check-ins", &body).await.expect(200)["outcome"].as_str().unwrap().to_owned() }
    };
    let code = ticket["code"].clone();
    assert_eq!(scan(json!("FR1GARBAGE"), "nonce-0001", None).await, "UNKNOWN");
    assert_eq!(scan(json!(format!("{}A", code.as_str().unwrap())), "nonce-0002", None).await, "UNKNOWN");
    assert_eq!(scan(code.clone(), "nonce-0003", Some(&other)).await, "WRONG_SHOW");
    let nobody = anna.post("/v1/check-ins", &json!({"code": code, "nonce": "nonce-0004"})).await;
    assert_eq!((nobody.status, nobody.problem()), (403, "forbidden"), "a buyer is no staff");
    anna.post(&format!("/v1/bookings/{}/cancel", booking["bookingId"].as_str().unwrap()), &json!({})).await.expect(200);
    assert_eq!(scan(code, "nonce-0005", Some(&show)).await, "REVOKED");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_came_in_cannot_have_the_money_back() {
    let cloud = shared().await;
    let show = cloud.small_show(json!({})).await;
    let anna = cloud.demo("buyer25").await;
    let (booking, ticket) = ticket(&anna, &show, &["S-A-1"]).await;
    let staff = cloud.demo("staff").await;
    staff.post("/v1/check-ins", &json!({"code": ticket["code"], "nonce": "nonce-0001"})).await.expect(200);
    let refused = anna.post(&format!("/v1/bookings/{}/cancel", booking["bookingId"].as_str().unwrap()), &json!({})).await;
    assert_eq!((refused.status, refused.problem()), (409, "state-conflict"));
}

/// What a scanner does that knows nothing but the published keys.
fn is_genuine(code: &str, keys: &Value) -> bool {
    let bytes = base45::decode(code.strip_prefix("FR1").expect("a code")).expect("Base45");
    let (message, signature) = bytes.split_at(bytes.len() - 64);
    let key = keys["items"].as_array().expect("keys").iter().find(|key| key["number"] == message[1]).expect("the code's key");
    let key = URL_SAFE_NO_PAD.decode(key["publicKey"].as_str().expect("text")).expect("base64url");
    UnparsedPublicKey::new(&ED25519, key).verify(message, signature).is_ok()
}

fn offline(code: &Value, nonce: &str, gate: &str) -> Value {
    let seconds = std::time::UNIX_EPOCH.elapsed().expect("after 1970").as_secs();
    let at = jiff::Timestamp::from_second(seconds.try_into().expect("this era")).expect("a moment");
    json!({"code": code, "nonce": nonce, "gate": gate, "scannedAt": at.to_string()})
}

async fn sync(staff: &Person<'_>, scans: &[Value]) -> Vec<Value> {
    let answer = staff.post("/v1/check-ins/batch", &json!({ "items": scans })).await.expect(200);
    answer["items"].as_array().expect("answers").clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_door_that_goes_offline_lets_people_in_and_says_afterwards_who_came_twice() {
    let cloud = shared().await;
    let show = cloud.small_show(json!({})).await;
    let (anna, ben) = (cloud.demo("buyer126").await, cloud.demo("buyer127").await);
    let ((_, hers), (his_booking, his)) = (ticket(&anna, &show, &["S-A-1"]).await, ticket(&ben, &show, &["S-A-2"]).await);
    let staff = cloud.demo("staff").await;

    let mut next = String::new();
    let listed = loop {
        let page = staff.get(&format!("/v1/door/shows?limit=100{next}")).await.expect(200);
        if let Some(found) = page["items"].as_array().unwrap().iter().find(|listed| listed["showId"] == show.show) {
            break found.clone();
        }
        next = format!("&cursor={}", page["next"].as_str().expect("the show is in the list"));
    };
    assert_eq!((&listed["title"], &listed["city"], &listed["status"]), (&json!("A play"), &json!("Pune"), &json!("PUBLISHED")));
    let keys = cloud.send("GET", "/v1/ticket-keys", None).await;
    assert_eq!(keys.headers["cache-control"], "public, max-age=3600");
    assert!([&hers, &his].iter().all(|ticket| is_genuine(ticket["code"].as_str().unwrap(), &keys.body)));
    let list = format!("/v1/door/shows/{}/tickets", show.show);
    let before = staff.get(&list).await.expect(200);
    assert_eq!(before["items"], json!([]));

    ben.post(&format!("/v1/bookings/{}/cancel", his_booking["bookingId"].as_str().unwrap()), &json!({})).await.expect(200);
    let since = format!("{list}?since={}", before["asOf"].as_str().unwrap());
    let revoked = staff.get(&since).await.expect(200);
    assert_eq!(revoked["items"], json!([{"ticketId": his["ticketId"], "seat": "S-A-2", "status": "REVOKED"}]));

    let north = [offline(&hers["code"], "north-0001", "north"), offline(&his["code"], "north-0002", "north")];
    let south = [offline(&hers["code"], "south-0001", "south")];
    let first = sync(&staff, &north).await;
    let second = sync(&staff, &south).await;
    let outcomes: Vec<_> = first.iter().chain(&second).map(|answer| answer["outcome"].as_str().unwrap()).collect();
    assert_eq!(outcomes, ["ADMITTED", "REVOKED", "ALREADY_ADMITTED"]);
    assert_eq!((&second[0]["admittedAt"], &second[0]["gate"]), (&north[0]["scannedAt"], &json!("north")), "who came first, and where");
    assert_eq!((sync(&staff, &north).await, sync(&staff, &south).await), (first, second), "lost answers are heard again");
    let after = staff.get(&list).await.expect(200);
    let at = &north[0]["scannedAt"];
    let used = json!({"ticketId": hers["ticketId"], "seat": "S-A-1", "status": "ADMITTED", "admittedAt": at, "gate": "north"});
    let items = after["items"].as_array().unwrap();
    assert!(items.len() == 2 && items.contains(&used), "{items:?}");

    for (method, path) in [("GET", "/v1/door/shows"), ("GET", list.as_str()), ("POST", "/v1/check-ins/batch")] {
        let body = (method == "POST").then(|| json!({ "items": south }));
        assert_eq!(cloud.send(method, path, body.as_ref()).await.status, 401);
        assert_eq!(anna.send(method, path, body.as_ref()).await.problem(), "forbidden", "a buyer is no staff");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_twenty_devices_that_come_back_at_the_same_time_one_let_the_ticket_in() {
    let cloud = shared().await;
    let show = cloud.small_show(json!({})).await;
    let anna = cloud.demo("buyer128").await;
    let (_, ticket) = ticket(&anna, &show, &["S-A-1"]).await;
    let staff = cloud.demo("staff").await;
    let batches: Vec<[Value; 1]> = (0..20).map(|n| [offline(&ticket["code"], &format!("device-{n:04}"), "north")]).collect();
    let answers = futures_util::future::join_all(batches.iter().map(|batch| sync(&staff, batch))).await.concat();
    let count = |outcome: &str| answers.iter().filter(|answer| answer["outcome"] == outcome).count();
    assert_eq!((count("ADMITTED"), count("ALREADY_ADMITTED")), (1, 19));
    assert!(answers.iter().all(|answer| answer["admittedAt"] == answers[0]["admittedAt"]), "and all hear of the same one");
}
