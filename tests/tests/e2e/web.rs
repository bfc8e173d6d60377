//! The web client's files, as the gateway serves them: what CloudFront will do, by the template's own rules.

use serde_json::Value;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use tests::cloud::{Answer, Cloud};
use tests::template::web_config;
use tokio::sync::OnceCell;

const SECRET: &str = "nobody may read this";

/// A cloud with a client of four files, beside which a secret lies.
async fn cloud() -> &'static Cloud {
    static CLOUD: OnceCell<Cloud> = OnceCell::const_new();
    CLOUD
        .get_or_init(|| async {
            let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("web-{}", std::process::id()));
            std::fs::create_dir_all(folder.join("dist/assets")).expect("a folder");
            for (name, text) in [
                ("secret.txt", SECRET.to_owned()),
                ("dist/index.html", "<!doctype html><title>The client</title>".to_owned()),
                ("dist/sw.js", "// the worker".to_owned()),
                ("dist/config.json", "{\"left\":\"by a build\"}".to_owned()),
                ("dist/assets/app-1a2b3c.js", "console.log('front row');\n".repeat(100)),
                ("dist/assets/icon-1a2b3c.png", "no picture, but long enough to be worth it. ".repeat(100)),
            ] {
                std::fs::write(folder.join(name), text).expect("a file");
            }
            let dist = folder.join("dist");
            Cloud::start(&["--no-demo", "--web", dist.to_str().expect("text")]).await
        })
        .await
}

async fn get(path: &str, headers: &[(&str, &str)]) -> reqwest::Response {
    let cloud = cloud().await;
    let request = cloud.http.get(format!("{}{path}", cloud.base));
    headers.iter().fold(request, |request, (name, value)| request.header(*name, *value)).send().await.expect("an answer")
}

fn header<'a>(answer: &'a reqwest::Response, name: &str) -> &'a str {
    answer.headers().get(name).map_or("", |value| value.to_str().expect("text"))
}

#[tokio::test(flavor = "multi_thread")]
async fn paths_of_the_client_are_its_first_page() {
    for path in ["/", "/index.html", "/events/evt_1", "/shows/show_1/seats?section=STALLS", "/door"] {
        let page = get(path, &[]).await;
        assert_eq!((page.status().as_u16(), header(&page, "content-type")), (200, "text/html; charset=utf-8"), "{path}");
        assert!(page.text().await.unwrap().contains("The client"), "{path}");
    }
    for path in ["/assets/gone-1a2b3c.js", "/favicon.ico", "/assets/"] {
        let expected = if path.ends_with('/') { 200 } else { 404 };
        assert_eq!(get(path, &[]).await.status().as_u16(), expected, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_has_a_hash_in_its_name_stays_and_the_rest_is_asked_for_anew() {
    for path in ["/assets/app-1a2b3c.js", "/assets/icon-1a2b3c.png"] {
        assert_eq!(header(&get(path, &[]).await, "cache-control"), "public, max-age=31536000, immutable", "{path}");
    }
    for path in ["/", "/sw.js", "/config.json", "/events/evt_1"] {
        assert_eq!(header(&get(path, &[]).await, "cache-control"), "no-cache", "{path}");
    }
    let page = get("/", &[]).await;
    let again = get("/", &[("if-none-match", header(&page, "etag"))]).await;
    assert_eq!((again.status().as_u16(), header(&again, "etag")), (304, header(&page, "etag")));
    assert_eq!(header(&again, "cache-control"), "no-cache");
    assert!(again.text().await.unwrap().is_empty());
    assert_eq!(get("/", &[("if-none-match", "W/\"another\"")]).await.status().as_u16(), 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn text_is_compressed_and_pictures_are_left_alone() {
    let wanted = [("accept-encoding", "gzip, br")];
    assert_eq!(header(&get("/assets/app-1a2b3c.js", &wanted).await, "content-encoding"), "gzip");
    assert_eq!(header(&get("/assets/icon-1a2b3c.png", &wanted).await, "content-encoding"), "");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_client_may_run_its_own_code_and_the_providers_and_nothing_else() {
    let info = cloud().await.send("GET", "/_local/info", None).await.expect(200);
    for path in ["/", "/events/evt_1", "/assets/app-1a2b3c.js", "/sw.js"] {
        let answer = get(path, &[]).await;
        let policy = header(&answer, "content-security-policy").to_owned();
        let sources = |directive: &str| -> Vec<&str> {
            let found = policy.split(';').map(str::trim).find_map(|rule| rule.strip_prefix(directive)?.strip_prefix(' '));
            found.unwrap_or_else(|| panic!("{path}: no {directive} in {policy}")).split(' ').collect()
        };
        for forbidden in ["unsafe-inline", "'unsafe-eval'", "${", "amazonaws", " * ", "https: "] {
            assert!(!policy.contains(forbidden), "{forbidden} in {policy}");
        }
        assert_eq!(sources("default-src"), ["'self'"]);
        assert_eq!((sources("object-src"), sources("frame-ancestors")), (vec!["'none'"], vec!["'none'"]));
        assert_eq!((sources("base-uri"), sources("form-action")), (vec!["'self'"], vec!["'self'"]));
        assert!(
            sources("script-src").contains(&"https://js.stripe.com") && sources("script-src").contains(&"https://checkout.razorpay.com")
        );
        let realtime = info["live"]["realtime"].as_str().unwrap().trim_end_matches("/event/realtime");
        let helper = info["helper"].as_str().unwrap();
        assert!(sources("connect-src").contains(&realtime) && sources("connect-src").contains(&helper), "{policy}");
        assert_eq!(header(&answer, "x-content-type-options"), "nosniff");
        assert_eq!(header(&answer, "x-frame-options"), "DENY");
        assert_eq!(header(&answer, "referrer-policy"), "strict-origin-when-cross-origin");
        assert_eq!(header(&answer, "cross-origin-opener-policy"), "same-origin-allow-popups");
        assert!(header(&answer, "permissions-policy").contains("camera=(self)"));
        assert_eq!(header(&answer, "strict-transport-security"), "", "it means nothing here");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn data_is_no_page() {
    for path in ["/v1/health", "/v1/nothing", "/media/nothing.png"] {
        let answer = get(path, &[]).await;
        assert_eq!(header(&answer, "content-security-policy"), "default-src 'none'; frame-ancestors 'none'", "{path}");
        assert_eq!(header(&answer, "x-content-type-options"), "nosniff", "{path}");
    }
    let health = get("/v1/health", &[]).await;
    assert_eq!((health.status().as_u16(), header(&health, "cache-control")), (200, "no-store"));
    let nothing = get("/v1/nothing", &[]).await;
    assert_eq!((nothing.status().as_u16(), header(&nothing, "content-type")), (404, "application/problem+json"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_configuration_has_the_shape_of_the_stacks_output() {
    let cloud = cloud().await;
    let config = cloud.send("GET", "/config.json", None).await.expect(200);
    assert_eq!(shape(&config), shape(&web_config()));
    assert_eq!((&config["apiBase"], &config["stage"]), (&Value::from(""), &Value::from("local")));
    assert_eq!(config["providers"], serde_json::json!(["sandbox"]));
    let info = cloud.send("GET", "/_local/info", None).await.expect(200);
    assert_eq!((&config["live"]["realtime"], &config["live"]["apiKey"]), (&info["live"]["realtime"], &info["live"]["key"]));
}

/// Names and kinds, without what differs between stages.
fn shape(value: &Value) -> Value {
    match value {
        Value::Object(members) => Value::Object(members.iter().map(|(name, value)| (name.clone(), shape(value))).collect()),
        Value::Array(items) => Value::Array(items.iter().take(1).map(shape).collect()),
        Value::String(_) => Value::from("text"),
        Value::Null | Value::Bool(_) | Value::Number(_) => value.clone(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_path_leads_out_of_the_folder() {
    let address = cloud().await.base.trim_start_matches("http://").to_owned();
    // Clients tidy paths up, so these are written by hand.
    for path in [
        "/../secret.txt",
        "/assets/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/assets/%2e%2e%2f%2e%2e%2fsecret.txt",
        "//etc/passwd.x",
        "/%2fetc/ld.so.conf",
        "/etc%00.html",
        "/.",
        "/..",
    ] {
        let (address, path) = (address.clone(), path.to_owned());
        let answer = tokio::task::spawn_blocking(move || {
            let mut socket = TcpStream::connect(&address).expect("a listener");
            write!(socket, "GET {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n").expect("sent");
            let mut answer = String::new();
            socket.read_to_string(&mut answer).expect("text");
            (path, answer)
        });
        let (path, answer) = answer.await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 404"), "{path}: {answer}");
        assert!(!answer.contains(SECRET) && !answer.contains("include"), "{path}: {answer}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn files_are_only_read() {
    let cloud = cloud().await;
    for method in ["POST", "PUT", "DELETE"] {
        let answer = Answer::of(cloud.http.request(method.parse().unwrap(), format!("{}/index.html", cloud.base))).await;
        assert_eq!(answer.status, 404, "{method}");
    }
    let head = cloud.http.head(format!("{}/sw.js", cloud.base)).send().await.unwrap();
    assert_eq!((head.status().as_u16(), header(&head, "cache-control")), (200, "no-cache"));
}
