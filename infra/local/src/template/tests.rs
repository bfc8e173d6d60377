use super::*;
use std::time::Duration;

fn ours() -> Template {
    Template::read(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../template.yaml")).expect("our template")
}

#[test]
fn our_template_is_understood() {
    let template = ours();
    assert!(template.functions.len() > 50);
    assert_eq!(template.groups, ["admin", "organizer", "staff"].map(str::to_owned));
    assert_eq!(template.channels.iter().map(|channel| &channel["Name"]).collect::<Vec<_>>(), ["seats"]);
    assert_eq!(template.cors.origins, ["http://localhost:5173"].map(str::to_owned));
    assert!(template.buckets.iter().any(|bucket| bucket.name == "frontrow-local-media-000000000000"));
}

#[test]
fn routes_know_whether_a_token_is_needed() {
    let template = ours();
    let route = |name: &str| match &template.function(name).expect("it is there").triggers[..] {
        [Trigger::Http(route)] => route.clone(),
        other => panic!("{name} has {other:?}"),
    };
    let expected = Route { method: "POST".to_owned(), path: "/v1/shows/{showId}/hold".to_owned(), signed_in: true };
    assert_eq!(route("holds-place"), expected);
    assert!(!route("health-get").signed_in);
}

#[test]
fn tables_have_keys_indexes_streams_and_ttl() {
    let template = ours();
    let inventory = template.table("InventoryTable").expect("it is there");
    assert_eq!(inventory.name, "frontrow-local-inventory");
    assert_eq!(inventory.ttl_attribute.as_deref(), Some("expires_at"));
    assert_eq!(inventory.create["StreamSpecification"]["StreamViewType"], "NEW_AND_OLD_IMAGES");
    let main = template.table("MainTable").expect("it is there");
    assert_eq!(main.create["GlobalSecondaryIndexes"][1]["IndexName"], "due");
}

#[test]
fn triggers_are_read() {
    let template = ours();
    let [Trigger::Stream(mapping)] = &template.function("holds-expire").expect("it is there").triggers[..] else { panic!("no stream") };
    assert_eq!((mapping.table.as_str(), mapping.filters.len()), ("InventoryTable", 2));
    let [Trigger::Queue { queue, batch_size: 10 }] = &template.function("payments-work").expect("it is there").triggers[..] else {
        panic!("no queue")
    };
    assert_eq!(template.queue(queue).expect("it is there").redrive, Some(("PaymentsDeadLetterQueue".to_owned(), 5)));
    let [Trigger::Schedule(rate)] = template.function("payments-reconcile").expect("it is there").triggers[..] else { panic!("no rate") };
    assert_eq!(rate, Duration::from_mins(1));
}

#[test]
fn a_function_has_its_own_variables_and_the_common_ones() {
    let template = ours();
    let variables = &template.function("check-ins-create").expect("it is there").variables;
    assert!(variables.contains("TICKET_KEYS") && variables.contains("MAIN_TABLE"));
    assert!(!variables.contains("USER_POOL_ID"));
}

#[test]
fn dead_letter_queues_come_first() {
    let template = ours();
    let first_with_redrive = template.queues.iter().position(|queue| queue.redrive.is_some()).expect("there is one");
    assert!(template.queues[first_with_redrive..].iter().all(|queue| queue.redrive.is_some()));
}

#[test]
fn each_path_has_the_headers_of_its_behaviour() {
    let template = ours();
    let policy = |path: &str| {
        let behaviour = template.behaviours.iter().find(|behaviour| behaviour.is_for(path)).expect("there is a default");
        let policy = behaviour.headers.iter().find(|(name, _)| name == "content-security-policy").expect("a policy");
        policy.1.clone()
    };
    assert_eq!(policy("/v1/events"), "default-src 'none'; frame-ancestors 'none'");
    assert_eq!(policy("/media/img_1.png"), policy("/v1/events"));
    assert!(policy("/").contains("https://${LiveApi.Dns.Http}") && policy("/v1").contains("media-000000000000"));
    let named = template.behaviours.iter().flat_map(|behaviour| &behaviour.headers);
    assert!(named.clone().any(|(name, _)| name == "permissions-policy"));
    assert!(named.clone().all(|(name, _)| name != "strict-transport-security"));
}

#[test]
fn a_star_stands_for_anything() {
    let is_for =
        |pattern: &str, path: &str| Behaviour { pattern: pattern.to_owned(), cache_policy: None, headers: Vec::new() }.is_for(path);
    for (pattern, path) in [
        ("*", "/"),
        ("/v1/*", "/v1/"),
        ("/v1/events*", "/v1/events"),
        ("/v1/shows/*/seats", "/v1/shows/show_1/seats"),
        ("/*/a/*/b", "/x/a/y/z/b"),
        ("/robots.txt", "/robots.txt"),
    ] {
        assert!(is_for(pattern, path), "{pattern} {path}");
    }
    for (pattern, path) in [
        ("/v1/*", "/v1"),
        ("/v1/shows/*/seats", "/v1/shows/show_1/hold"),
        ("/v1/shows/*/seats", "/v1/shows/show_1/seats/x"),
        ("/*/a/*/b", "/x/a/b/"),
        ("/robots.txt", "/robots.txt/x"),
    ] {
        assert!(!is_for(pattern, path), "{pattern} {path}");
    }
}
