//! What must agree: template, functions, OpenAPI, fixtures, problems, policies, layers.

#![expect(clippy::unwrap_used, reason = "a test says where it fails")]

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use tests::reach::{Reach, rust_files};
use tests::template::{functions, root, sources_of};

mod contract {
    mod operations;
}

/// Every function's folder by its name.
fn folders() -> BTreeMap<String, PathBuf> {
    let mut folders = BTreeMap::new();
    for context in subfolders(&root().join("functions")) {
        for folder in subfolders(&context) {
            folders.insert(folder.file_name().unwrap().to_string_lossy().into_owned(), folder);
        }
    }
    folders
}

fn subfolders(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.filter(|path| path.is_dir()).collect()
}

fn names<T>(map: &BTreeMap<String, T>) -> BTreeSet<&String> {
    map.keys().collect()
}

#[test]
fn every_function_is_deployed_and_every_deployed_function_exists() {
    assert_eq!(names(&folders()), names(&functions()));
}

#[test]
fn routes_of_the_template_are_the_paths_of_the_description() {
    let description: Value = serde_json::from_str(&tests::openapi::openapi()).unwrap();
    let mut described = BTreeMap::new();
    for (path, operations) in description["paths"].as_object().unwrap() {
        for (method, operation) in operations.as_object().unwrap() {
            let is_public = operation.get("security").is_none();
            let id = operation["operationId"].as_str().unwrap().to_owned();
            described.insert(id, (format!("{} {path}", method.to_uppercase()), is_public));
        }
    }
    let deployed: BTreeMap<_, _> =
        functions().into_iter().filter_map(|(name, function)| Some((name, (function.route?, function.is_public)))).collect();
    assert_eq!(described, deployed);
}

#[test]
fn the_committed_description_is_fresh() {
    let committed = std::fs::read_to_string(root().join("openapi.json")).unwrap();
    assert!(committed == tests::openapi::openapi(), "openapi.json is stale: run cargo xtask openapi");
}

#[test]
fn every_schema_that_the_description_names_is_there() {
    fn named<'a>(value: &'a Value, names: &mut BTreeSet<&'a str>) {
        match value {
            Value::Object(members) => {
                names.extend(members.get("$ref").and_then(Value::as_str));
                members.values().for_each(|member| named(member, names));
            }
            Value::Array(items) => items.iter().for_each(|item| named(item, names)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    let description: Value = serde_json::from_str(&tests::openapi::openapi()).unwrap();
    let mut names = BTreeSet::new();
    named(&description, &mut names);
    let missing: Vec<_> = names.iter().filter(|name| description.pointer(name.trim_start_matches('#')).is_none()).collect();
    assert!(missing.is_empty() && names.len() > 20, "{missing:?}");
}

#[test]
fn every_function_has_fixtures_of_its_success_and_its_refusals() {
    for (name, function) in functions() {
        let folder = root().join("events").join(&name);
        let fixtures: Vec<PathBuf> =
            std::fs::read_dir(&folder).unwrap_or_else(|_| panic!("there is no events/{name}")).map(|entry| entry.unwrap().path()).collect();
        assert!(!fixtures.is_empty(), "events/{name} is empty");
        for fixture in fixtures {
            let event: Value = serde_json::from_str(&std::fs::read_to_string(&fixture).unwrap()).unwrap();
            if let Some(route) = &function.route {
                assert_eq!(event["routeKey"].as_str(), Some(route.as_str()), "{}", fixture.display());
            }
        }
    }
}

/// Fixtures are documentation: one that no test sends may be wrong.
#[test]
fn every_fixture_is_sent_by_a_test_of_the_handlers() {
    let tests: Vec<String> =
        rust_files(&root().join("tests/tests/handlers")).iter().map(|file| std::fs::read_to_string(file).unwrap()).collect();
    let quoted = |test: &&String, word: &str| test.contains(&format!("\"{word}\""));
    let mut unsent = Vec::new();
    for function in subfolders(&root().join("events")) {
        let name = function.file_name().unwrap().to_string_lossy().into_owned();
        for fixture in std::fs::read_dir(&function).unwrap().map(|entry| entry.unwrap().path()) {
            let outcome = fixture.file_stem().unwrap().to_string_lossy().into_owned();
            if !tests.iter().any(|test| quoted(&test, &name) && quoted(&test, &outcome)) {
                unsent.push(format!("{name}/{outcome}"));
            }
        }
    }
    assert!(unsent.is_empty(), "{unsent:?}");
}

#[test]
fn every_problem_is_documented_and_nothing_else() {
    let page = std::fs::read_to_string(root().join("docs/problems.md")).unwrap();
    let documented: BTreeSet<&str> = page.lines().filter_map(|line| line.strip_prefix("## ")).collect();
    let known: BTreeSet<&str> = api::ProblemKind::ALL.iter().map(|kind| kind.slug()).collect();
    assert_eq!(documented, known);
    for kind in api::ProblemKind::ALL {
        let line = format!("{} · {}", kind.status(), kind.title());
        assert!(page.contains(&line), "{line}");
    }
}

/// What a function's policy must allow: what its handler reaches through the shared crates.
#[test]
fn each_policy_allows_exactly_what_its_function_reaches() {
    let mut wrong = Vec::new();
    let deployed = functions();
    for (name, folder) in folders() {
        let reach = Reach::read(&sources_of(&folder));
        let reached = reach.operations("handle");
        let allowed = &deployed[&name].operations;
        let missing: Vec<_> = reached.difference(allowed).map(|missing| (missing, reach.explain("handle", missing))).collect();
        let needless: Vec<_> = allowed.difference(&reached).collect();
        if !missing.is_empty() || !needless.is_empty() {
            wrong.push(format!("{name}: missing {missing:?}, needless {needless:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The operations of the description, by function.
fn operations() -> BTreeMap<String, (String, Value)> {
    let description: Value = serde_json::from_str(&tests::openapi::openapi()).unwrap();
    let mut operations = BTreeMap::new();
    for methods in description["paths"].as_object().unwrap().values() {
        for (method, operation) in methods.as_object().unwrap() {
            operations.insert(operation["operationId"].as_str().unwrap().to_owned(), (method.clone(), operation.clone()));
        }
    }
    operations
}

fn has_idempotency_key(operation: &Value) -> bool {
    operation["parameters"].as_array().into_iter().flatten().any(|parameter| parameter["name"] == "Idempotency-Key")
}

/// A POST that makes something for somebody who is signed in: it answers 201.
#[test]
fn exactly_the_posts_that_create_honour_an_idempotency_key_and_say_so() {
    let folders = folders();
    let mut creating = BTreeSet::new();
    for (name, (method, operation)) in operations() {
        let creates = method == "post" && operation.get("security").is_some() && operation["responses"].get("201").is_some();
        let honours = Reach::read(&sources_of(&folders[&name])).reaches("handle", "begin_attempt");
        let says_so = has_idempotency_key(&operation);
        assert_eq!((honours, says_so), (creates, creates), "{name}: decides inside Request::once, describes IdempotencyHeader");
        if creates {
            let refusal = |status: &str| operation["responses"][status]["description"].as_str().unwrap_or_default().to_owned();
            assert!(refusal("409").contains("`idempotency-in-flight`"), "{name}");
            assert!(refusal("422").contains("`idempotency-mismatch`"), "{name}");
            creating.insert(name);
        }
    }
    let expected = [
        "bookings-create",
        "coupons-create",
        "events-create",
        "holds-place",
        "images-create",
        "payment-attempts-create",
        "refunds-create",
        "venues-create",
    ];
    assert_eq!(creating.iter().map(String::as_str).collect::<Vec<_>>(), expected, "docs/idempotency.md lists them");
    let page = std::fs::read_to_string(root().join("docs/idempotency.md")).unwrap();
    assert!(creating.iter().all(|name| page.contains(&format!("`{name}`"))));
}

#[test]
fn no_attempt_outlives_its_deadline() {
    let deployed = functions();
    for (name, (_, operation)) in operations() {
        if has_idempotency_key(&operation) {
            assert!(deployed[&name].timeout_seconds < store::ATTEMPT_SECONDS, "{name} may run as long as an attempt counts as alive");
        }
    }
}

#[test]
fn browsers_may_send_an_idempotency_key_and_read_what_comes_of_it() {
    let template = std::fs::read_to_string(root().join("template.yaml")).unwrap();
    let names = |list: &str| {
        let line = template.lines().find_map(|line| line.trim().strip_prefix(list)).unwrap_or_else(|| panic!("there is no {list}"));
        line.trim_matches([' ', '[', ']']).split(", ").map(str::to_owned).collect::<BTreeSet<_>>()
    };
    assert!(names("AllowHeaders:").contains("idempotency-key"));
    assert!(["idempotent-replayed", "retry-after"].iter().all(|name| names("ExposeHeaders:").contains(*name)));
}

#[test]
fn what_everybody_shares_at_the_edge_is_the_same_for_everybody() {
    let template = local::template::Template::read(&root().join("template.yaml")).unwrap();
    let is_shared = |path: &str| {
        let behaviour = template.behaviours.iter().find(|behaviour| behaviour.is_for(path)).unwrap();
        behaviour.cache_policy.as_deref() == Some("PublicCachePolicy")
    };
    for (name, function) in functions() {
        let Some(path) = function.route.as_deref().and_then(|route| route.strip_prefix("GET ")) else { continue };
        assert!(function.is_public || !is_shared(path), "{name}: one person's answer would be another's");
    }
    assert!(is_shared("/v1/shows/{showId}/seats") && is_shared("/v1/events") && is_shared("/v1/events/{eventId}"));
    assert!(!is_shared("/v1/shows/{showId}/hold") && !is_shared("/v1/me"));
}

#[test]
fn dependencies_point_down_only() {
    let output =
        std::process::Command::new(env!("CARGO")).args(["metadata", "--format-version", "1", "--no-deps", "--offline"]).output().unwrap();
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let layer = |name: &str| match name {
        "domain" | "signed" => 0,
        "wire" | "store" | "auth" | "media" | "queues" | "live" | "tickets" | "paper" => 1,
        "payments" => 2,
        "api" => 3,
        "local" => 5,
        "tests" | "xtask" => 6,
        _ => 4,
    };
    let packages = metadata["packages"].as_array().unwrap();
    let ours: BTreeSet<&str> = packages.iter().map(|package| package["name"].as_str().unwrap()).collect();
    for package in packages {
        let name = package["name"].as_str().unwrap();
        let dependencies = package["dependencies"].as_array().unwrap().iter().filter(|dependency| dependency["kind"].is_null());
        for dependency in dependencies.map(|dependency| dependency["name"].as_str().unwrap()) {
            if ours.contains(dependency) {
                assert!(layer(dependency) < layer(name), "{name} depends on {dependency}");
            }
            let allowed: &[&str] = match dependency {
                "aws-sdk-dynamodb" => &["store", "api", "local", "tests"],
                "krilla" | "rustybuzz" => &["paper"],
                "lambda_http" | "lambda_runtime" => &["api", "local"],
                "aws-sdk-cognitoidentityprovider" => &["auth", "local"],
                "tokio" if name == "domain" => &[],
                _ => continue,
            };
            assert!(allowed.contains(&name), "{name} names {dependency}");
        }
    }
}

#[test]
fn only_the_key_module_spells_keys() {
    for file in rust_files(&root().join("shared/store/src")) {
        if file.ends_with("key.rs") {
            continue;
        }
        let text = std::fs::read_to_string(&file).unwrap();
        for spelled in [
            "\"SHOW#",
            "\"HOLD#",
            "\"USER#",
            "\"BLOCK#",
            "\"PAYMENT#",
            "\"TICKET#",
            "\"EVENT#",
            "\"VENUE#",
            "\"AUDIT#",
            "\"COUPON#",
            "\"IDEMPOTENCY#",
        ] {
            assert!(!text.contains(spelled), "{} spells {spelled}", file.display());
        }
    }
}
