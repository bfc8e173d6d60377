//! What the public finds, and how lists are turned page by page.

use super::{city, draft, hall, hours_ahead, play, publish, show};
use jiff::tz::TimeZone;
use serde_json::json;
use std::collections::BTreeSet;
use tests::cloud::{Cloud, shared};

/// The titles that a search finds, in its order, on one page.
async fn titles(cloud: &Cloud, query: &str) -> Vec<String> {
    let page = cloud.send("GET", &format!("/v1/events?limit=100&{query}"), None).await.expect(200);
    let items = page["items"].as_array().expect("items").iter();
    items.map(|item| item["title"].as_str().expect("a title").to_owned()).collect()
}

/// One listed event: title, category, city, hours from now, cheapest and dearest price in rupees.
type Plan<'a> = (&'a str, &'a str, &'a str, i64, i64, i64);

async fn publish_all(cloud: &Cloud, plans: &[Plan<'_>]) {
    let organizer = cloud.demo("organizer").await;
    for (title, category, city, hours, lowest, highest) in plans {
        let venue = organizer.post("/v1/venues", &hall(city)).await.expect(201);
        let mut show = show(&venue, hours_ahead(*hours));
        show["prices"]["PIT"]["amount"] = json!(lowest * 100);
        show["prices"]["STD"]["amount"] = json!(highest * 100);
        let mut event = play(&json!([show]));
        (event["title"], event["category"]) = (json!(title), json!(category));
        let event = draft(&organizer, &event).await;
        publish(cloud, &organizer, &event).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn events_are_found_by_category_city_dates_and_prices() {
    let cloud = shared().await;
    let (here, there) = (city("Findville"), city("Losttown"));
    let plans = [
        ("Early play", "THEATER", here.as_str(), 48, 300, 500),
        ("Late play", "THEATER", here.as_str(), 24 * 40, 1_000, 2_000),
        ("Concert", "CONCERT", here.as_str(), 24 * 10, 700, 900),
        ("Far concert", "CONCERT", there.as_str(), 24 * 10, 700, 900),
    ];
    publish_all(cloud, &plans).await;
    let here = format!("city={}", here.replace(' ', "%20"));
    let day = |hours: i64| hours_ahead(hours).to_zoned(TimeZone::get("Asia/Kolkata").unwrap()).date();
    let moment = |hours: i64| hours_ahead(hours);
    for (query, expected) in [
        (here.clone(), vec!["Early play", "Concert", "Late play"]),
        (here.to_uppercase().replace("CITY=", "city="), vec!["Early play", "Concert", "Late play"]),
        (format!("city={}", there.replace(' ', "%20")), vec!["Far concert"]),
        (format!("{here}&category=THEATER"), vec!["Early play", "Late play"]),
        (format!("{here}&category=MOVIE"), vec![]),
        (format!("{here}&dateFrom={}", day(24 * 10)), vec!["Concert", "Late play"]),
        (format!("{here}&dateTo={}", day(24 * 10)), vec!["Early play", "Concert"]),
        (format!("{here}&dateFrom={0}&dateTo={0}", day(24 * 10)), vec!["Concert"]),
        (format!("{here}&dateFrom={}&dateTo={}", moment(47), moment(49)), vec!["Early play"]),
        (format!("{here}&dateFrom={}", moment(24 * 41)), vec![]),
        (format!("{here}&minPrice=90001"), vec!["Late play"]),
        (format!("{here}&minPrice=90000"), vec!["Concert", "Late play"]),
        (format!("{here}&maxPrice=69999"), vec!["Early play"]),
        (format!("{here}&maxPrice=70000"), vec!["Early play", "Concert"]),
        (format!("{here}&minPrice=60000&maxPrice=80000&category=CONCERT"), vec!["Concert"]),
        (format!("{here}&status=PUBLISHED"), vec!["Early play", "Concert", "Late play"]),
        (format!("{here}&status=COMPLETED"), vec![]),
        (format!("{here}&status=CANCELLED"), vec![]),
    ] {
        assert_eq!(titles(cloud, &query).await, expected, "{query}");
    }
    let page = cloud.send("GET", &format!("/v1/events?{here}&category=CONCERT"), None).await.expect(200);
    let found = &page["items"][0];
    assert_eq!((&found["minPrice"]["amount"], &found["maxPrice"]["amount"]), (&json!(70_000), &json!(90_000)));
    assert_eq!((&found["minTotal"]["amount"], &found["timeZone"]), (&json!(82_600), &json!("Asia/Kolkata")), "18 % tax, no fee");
    assert_eq!((&found["nextShowAt"], &found["venues"]), (&found["firstShowAt"], &json!(["Royal Hall"])));
}

/// Follows `next` to the end; every page's items.
async fn all_pages(cloud: &Cloud, path: &str, id: &str) -> Vec<Vec<String>> {
    let mut pages = vec![];
    let mut cursor = String::new();
    loop {
        let page = cloud.send("GET", &format!("{path}{cursor}"), None).await.expect(200);
        pages.push(page["items"].as_array().expect("items").iter().map(|item| item[id].as_str().expect("an id").to_owned()).collect());
        let Some(next) = page["next"].as_str() else { return pages };
        cursor = format!("&cursor={next}");
        assert!(pages.len() < 50, "it must end");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_are_turned_to_the_end_without_a_gap_or_a_repeat() {
    let cloud = shared().await;
    let city = city("Pageville");
    // Two at the same hour, and months apart.
    let plans = [48, 48, 24 * 35, 24 * 35 + 1, 24 * 70].map(|hours| ("A play", "THEATER", city.as_str(), hours, 300, 500));
    publish_all(cloud, &plans).await;
    let here = format!("city={}", city.replace(' ', "%20"));
    for (path, id) in [(format!("/v1/events?{here}"), "eventId"), (format!("/v1/venues?{here}"), "venueId")] {
        let whole = all_pages(cloud, &format!("{path}&limit=100"), id).await.concat();
        assert_eq!((whole.len(), whole.iter().collect::<BTreeSet<_>>().len()), (5, 5));
        for limit in 1..=5 {
            let pages = all_pages(cloud, &format!("{path}&limit={limit}"), id).await;
            assert!(pages.iter().all(|page| page.len() <= limit), "{pages:?}");
            assert_eq!(pages.concat(), whole, "{path} {limit}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_query_is_refused_with_its_place() {
    let cloud = shared().await;
    for (path, pointers) in [
        ("/v1/events?category=OPERA", "/query/category"),
        ("/v1/events?category=theater", "/query/category"),
        ("/v1/events?city=", "/query/city"),
        ("/v1/events?dateFrom=yesterday", "/query/dateFrom"),
        ("/v1/events?dateFrom=2026-02-30", "/query/dateFrom"),
        ("/v1/events?dateTo=2026-11-21T18:30:00", "/query/dateTo"),
        ("/v1/events?minPrice=-1", "/query/minPrice"),
        ("/v1/events?minPrice=1.5", "/query/minPrice"),
        ("/v1/events?maxPrice=1000000000001", "/query/maxPrice"),
        ("/v1/events?minPrice=2&maxPrice=1", "/query/maxPrice"),
        ("/v1/events?status=DRAFT", "/query/status"),
        ("/v1/events?status=SUBMITTED", "/query/status"),
        ("/v1/events?status=OPEN", "/query/status"),
        ("/v1/events?limit=0", "/query/limit"),
        ("/v1/events?limit=101", "/query/limit"),
        ("/v1/events?limit=many", "/query/limit"),
        ("/v1/events?cursor=garbage!", "/query/cursor"),
        ("/v1/events?cursor=Z2FyYmFnZQ", "/query/cursor"),
        ("/v1/events?cursor=", "/query/cursor"),
        ("/v1/venues?city=", "/query/city"),
        ("/v1/venues?limit=0", "/query/limit"),
        ("/v1/venues?cursor=%25%25%25", "/query/cursor"),
    ] {
        let refused = cloud.send("GET", path, None).await;
        assert_eq!((refused.status, super::pointers(&refused)), (400, vec![pointers]), "{path}");
    }
    let organizer = cloud.demo("organizer").await;
    for (query, pointer) in [("status=OPEN", "/query/status"), ("limit=101", "/query/limit"), ("cursor=%3F", "/query/cursor")] {
        let refused = organizer.get(&format!("/v1/organizer/events?{query}")).await;
        assert_eq!((refused.status, super::pointers(&refused)), (400, vec![pointer]), "{query}");
    }
}
