//! From the ticket to the seat.

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
