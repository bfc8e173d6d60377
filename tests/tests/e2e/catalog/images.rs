//! Pictures: posted to S3 with the form that the platform signs, read under /media/.

use super::{city, draft_in, own_view, pointers, publish};
use serde_json::{Value, json};
use tests::cloud::{Answer, Cloud, Person, shared};

const BYTES_MAX: usize = 10_000_000;
const BOUNDARY: &str = "frontrow-boundary";

/// The eight bytes that every PNG begins with, and so many more.
fn picture(bytes: usize) -> Vec<u8> {
    let mut picture = b"\x89PNG\r\n\x1a\n".to_vec();
    picture.resize(bytes, 7);
    picture
}

/// Posts the form as a browser does: its fields, then the file.
async fn upload(cloud: &Cloud, form: &Value, file: &[u8]) -> Answer {
    let mut body = Vec::new();
    for (name, value) in form["fields"].as_object().expect("fields") {
        let value = value.as_str().expect("a text");
        body.extend(format!("--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes());
    }
    let head = "content-disposition: form-data; name=\"file\"; filename=\"a.png\"\r\ncontent-type: application/octet-stream";
    body.extend(format!("--{BOUNDARY}\r\n{head}\r\n\r\n").bytes());
    body.extend(file);
    body.extend(format!("\r\n--{BOUNDARY}--\r\n").bytes());
    let request = cloud.http.post(form["url"].as_str().expect("an address"));
    Answer::of(request.header("content-type", format!("multipart/form-data; boundary={BOUNDARY}")).body(body)).await
}

async fn new_image(organizer: &Person<'_>, event: &str) -> Value {
    let image = json!({"contentType": "image/png", "bytes": 1000, "alt": "Two people on a stage"});
    organizer.post(&format!("/v1/events/{event}/images"), &image).await.expect(201)
}

/// Status, media type and bytes of what is served.
async fn served(cloud: &Cloud, image: &Value) -> (u16, String, Vec<u8>) {
    let url = format!("{}{}", cloud.base, image["url"].as_str().expect("a path"));
    let response = cloud.http.get(url).send().await.expect("an answer");
    let media_type = response.headers().get("content-type").and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    (response.status().as_u16(), media_type, response.bytes().await.expect("bytes").to_vec())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_is_uploaded_by_its_form_and_served_as_the_events_poster() {
    let cloud = shared().await;
    let organizer = cloud.demo("organizer").await;
    let event = draft_in(&organizer, &city("Postertown")).await;
    let image = new_image(&organizer, &event).await;
    assert_eq!(served(cloud, &image).await.0, 404, "there is nothing yet");
    let file = picture(250_000);
    let uploaded = upload(cloud, &image["upload"], &file).await;
    assert_eq!(uploaded.status, 201, "{}", uploaded.body);
    assert!(served(cloud, &image).await == (200, "image/png".to_owned(), file));
    let again = cloud.http.get(format!("{}{}", cloud.base, image["url"].as_str().unwrap())).send().await.unwrap();
    assert_eq!(again.headers()["cache-control"], "public, max-age=31536000, immutable");

    let second = new_image(&organizer, &event).await;
    publish(cloud, &organizer, &event).await;
    let shown = cloud.send("GET", &format!("/v1/events/{event}"), None).await.expect(200);
    let view = |image: &Value| json!({"imageId": image["imageId"], "url": image["url"], "alt": "Two people on a stage"});
    assert_eq!(shown["images"], json!([view(&image), view(&second)]));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_form_takes_this_picture_only_of_this_type_and_at_most_ten_megabytes() {
    let cloud = shared().await;
    let organizer = cloud.demo("organizer").await;
    let event = draft_in(&organizer, &city("Formtown")).await;
    let image = new_image(&organizer, &event).await;
    let other = new_image(&organizer, &event).await;
    let changed = |name: &str, value: &Value| {
        let mut form = image["upload"].clone();
        form["fields"][name] = value.clone();
        form
    };
    let other_policy = other["upload"]["fields"]["policy"].clone();
    for (what, form, bytes, status) in [
        ("another type", changed("Content-Type", &json!("text/html")), 1_000, 403),
        ("another key", changed("key", &other["upload"]["fields"]["key"]), 1_000, 403),
        ("a further field", changed("acl", &json!("public-read")), 1_000, 403),
        ("another policy", changed("policy", &other_policy), 1_000, 403),
        ("another signature", changed("x-amz-signature", &json!("0".repeat(64))), 1_000, 403),
        ("too large", image["upload"].clone(), BYTES_MAX + 1, 400),
        ("empty", image["upload"].clone(), 0, 400),
    ] {
        let refused = upload(cloud, &form, &picture(bytes)).await;
        assert_eq!(refused.status, status, "{what}: {}", refused.body);
        assert_eq!((served(cloud, &image).await.0, served(cloud, &other).await.0), (404, 404), "{what}");
    }
    let largest = picture(BYTES_MAX);
    assert_eq!(upload(cloud, &image["upload"], &largest).await.status, 201);
    assert!(served(cloud, &image).await.2 == largest);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_that_is_wrongly_described_is_refused_with_its_place() {
    let cloud = shared().await;
    let organizer = cloud.demo("organizer").await;
    let event = draft_in(&organizer, &city("Altville")).await;
    let path = format!("/v1/events/{event}/images");
    for (body, pointer) in [
        (json!({"alt": "A stage"}), "/contentType"),
        (json!({"contentType": "image/gif", "alt": "A stage"}), "/contentType"),
        (json!({"contentType": "image/svg+xml", "alt": "A stage"}), "/contentType"),
        (json!({"contentType": null, "alt": "A stage"}), "/contentType"),
        (json!({"contentType": "image/png"}), "/alt"),
        (json!({"contentType": "image/png", "alt": ""}), "/alt"),
        (json!({"contentType": "image/png", "alt": "x".repeat(201)}), "/alt"),
        (json!({"contentType": "image/png", "alt": "A stage", "bytes": 0}), "/bytes"),
        (json!({"contentType": "image/png", "alt": "A stage", "bytes": BYTES_MAX + 1}), "/bytes"),
        (json!({"contentType": "image/png", "alt": "A stage", "bytes": -1}), "/bytes"),
        (json!({"contentType": "image/png", "alt": "A stage", "key": "events/x.png"}), "/key"),
    ] {
        let refused = organizer.post(&path, &body).await;
        assert_eq!((refused.status, pointers(&refused)), (400, vec![pointer]), "{body}");
    }
    assert_eq!(own_view(&organizer, &event).await["images"], json!([]));
    for foreign in ["evt_0000000000000000", "nonsense", "show_0000000000000000"] {
        let image = json!({"contentType": "image/png", "alt": "A stage"});
        let answer = organizer.post(&format!("/v1/events/{foreign}/images"), &image).await;
        assert_eq!((answer.status, answer.problem()), (404, "not-found"), "{foreign}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_has_eight_pictures_and_none_once_it_is_called_off() {
    let cloud = shared().await;
    let organizer = cloud.demo("organizer").await;
    let event = draft_in(&organizer, &city("Fulltown")).await;
    let path = format!("/v1/events/{event}/images");
    let image = json!({"contentType": "image/webp", "alt": "A stage"});
    for _ in 0..8 {
        organizer.post(&path, &image).await.expect(201);
    }
    assert_eq!(organizer.post(&path, &image).await.problem(), "state-conflict");
    assert_eq!(own_view(&organizer, &event).await["images"].as_array().unwrap().len(), 8);

    let gone = draft_in(&organizer, &city("Fulltown")).await;
    super::moved(&organizer, &gone, "cancel").await.expect(200);
    assert_eq!(organizer.post(&format!("/v1/events/{gone}/images"), &image).await.problem(), "state-conflict");
    assert_eq!(own_view(&organizer, &gone).await["images"], json!([]));
}
