//! From the payment to the invoice, and from the refund to the credit note.

use serde_json::{Value, json};
use tests::cloud::{Person, Show, shared};
use tests::printed::read;

async fn buy(person: &Person<'_>, show: &Show, seats: &[&str]) -> Value {
    person.hold(show, seats).await.expect(201);
    let booking = person.book(show).await;
    let proof = person.pay(&booking, "never").await;
    person.confirm(&booking, &proof).await.expect(200)
}

fn path(booking: &Value) -> String {
    format!("/v1/bookings/{}/invoices", booking["bookingId"].as_str().expect("an id"))
}

/// Waits until so many documents are issued for a booking.
async fn documents(person: &Person<'_>, booking: &Value, count: usize) -> Vec<Value> {
    let ask = || async {
        let items = person.get(&path(booking)).await.expect(200)["items"].as_array().expect("a list").clone();
        (items.len() == count).then_some(items)
    };
    person.cloud.eventually(&format!("{count} documents"), ask).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paid_booking_has_an_invoice_the_next_one_the_next_number_and_a_refund_a_credit_note() {
    let cloud = shared().await;
    let show = cloud.small_show(json!({})).await;
    let (anna, ben) = (cloud.demo("buyer27").await, cloud.demo("buyer28").await);
    let booking = buy(&anna, &show, &["S-A-1", "S-A-2"]).await;
    let invoice = documents(&anna, &booking, 1).await.remove(0);
    assert_eq!(
        (&invoice["kind"], &invoice["taxable"]["amount"], &invoice["total"]["amount"]),
        (&json!("INVOICE"), &json!(100_000), &json!(118_000))
    );
    assert_eq!(invoice["seller"]["registration"], "27AAACF0000A1ZT");
    assert_eq!(invoice["lines"][0]["quantity"], 2);

    let second = documents(&ben, &buy(&ben, &show, &["S-A-3"]).await, 1).await.remove(0);
    assert!(second["serial"].as_u64() > invoice["serial"].as_u64(), "other tests sell for the same organization at the same time");
    let year = invoice["financialYear"].as_str().expect("a year");
    let organizer = cloud.demo("organizer").await;
    let listed = organizer.get(&format!("/v1/organizer/invoices?financialYear={year}&limit=100")).await.expect(200);
    let serials: Vec<u64> = listed["items"].as_array().expect("a list").iter().filter_map(|item| item["serial"].as_u64()).collect();
    assert_eq!(serials, (1..=u64::try_from(serials.len()).expect("few")).collect::<Vec<_>>(), "no gap");

    let pdf = format!("{}/{}/pdf", path(&booking), invoice["documentId"].as_str().expect("an id"));
    let printed = anna.get(&pdf).await;
    assert_eq!((printed.status, &printed.headers["content-type"]), (200, &"application/pdf".parse().unwrap()));
    let page = read(printed.bytes);
    assert!(page.lines.iter().any(|line| line == invoice["number"].as_str().expect("a number")), "{:?}", page.lines);
    assert_eq!((ben.get(&pdf).await.status, ben.get(&path(&booking)).await.status), (404, 404));

    let id = booking["bookingId"].as_str().expect("an id");
    anna.post(&format!("/v1/bookings/{id}/cancel"), &json!({})).await.expect(200);
    let items = documents(&anna, &booking, 2).await;
    assert_eq!((&items[0], &items[1]["kind"]), (&invoice, &json!("CREDIT_NOTE")));
    assert_eq!((&items[1]["corrects"]["number"], &items[1]["total"]["amount"]), (&invoice["number"], &json!(118_000)));
}
