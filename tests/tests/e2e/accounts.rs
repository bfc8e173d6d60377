//! From a stranger to a buyer with a session.

use serde_json::json;
use tests::cloud::{PASSWORD, shared};

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_signs_up_confirms_and_is_somebody() {
    let cloud = shared().await;
    let anna = cloud.somebody().await;
    let me = anna.get("/v1/me").await.expect(200);
    assert_eq!((me["email"].as_str(), &me["roles"], &me["bookings"]), (Some(anna.email.as_str()), &json!(["USER"]), &json!(0)));
    let changed = anna.send("PATCH", "/v1/me", Some(&json!({"name": "Anna", "phone": "+919876543210"}))).await.expect(200);
    assert_eq!((changed["name"].as_str(), changed["phone"].as_str()), (Some("Anna"), Some("+919876543210")));
    let cleared = anna.send("PATCH", "/v1/me", Some(&json!({"phone": null}))).await.expect(200);
    assert_eq!(cleared.get("phone"), None);
    let empty = anna.send("PATCH", "/v1/me", Some(&json!({}))).await;
    assert_eq!(empty.problem(), "invalid-request");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_learns_which_addresses_have_an_account() {
    let cloud = shared().await;
    let anna = cloud.somebody().await;
    let wrong = cloud.send("POST", "/v1/auth/sign-in", Some(&json!({"email": anna.email, "password": "Not-her-password-1"}))).await;
    let unknown = cloud.send("POST", "/v1/auth/sign-in", Some(&json!({"email": "nobody@example.org", "password": PASSWORD}))).await;
    assert_eq!((wrong.status, wrong.problem()), (401, "sign-in-refused"));
    assert_eq!((unknown.status, &unknown.body), (wrong.status, &wrong.body));
    for email in [anna.email.as_str(), "nobody@example.org"] {
        cloud.send("POST", "/v1/auth/forgot-password", Some(&json!({"email": email}))).await.expect(204);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_is_refreshed_and_ends_when_its_owner_says_so() {
    let cloud = shared().await;
    let anna = cloud.somebody().await;
    let body = json!({"refreshToken": anna.refresh_token});
    let fresh = cloud.send("POST", "/v1/auth/refresh", Some(&body)).await.expect(200);
    assert!(fresh["accessToken"].is_string());
    let cookie = format!("frontrow_refresh={}", anna.refresh_token);
    let by_cookie =
        cloud.http.post(format!("{}/v1/auth/refresh", cloud.base)).header("cookie", &cookie).header("content-type", "application/json");
    tests::cloud::Answer::of(by_cookie).await.expect(200);
    cloud.send("POST", "/v1/auth/sign-out", Some(&body)).await.expect(204);
    let refused = cloud.send("POST", "/v1/auth/refresh", Some(&body)).await;
    assert_eq!(refused.status, 401, "{}", refused.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_needs_a_password_and_an_address_of_its_own() {
    let cloud = shared().await;
    let anna = cloud.somebody().await;
    let sign_up = |body: serde_json::Value| async move { cloud.send("POST", "/v1/auth/sign-up", Some(&body)).await };
    let taken = sign_up(json!({"email": anna.email, "password": PASSWORD, "name": "Again"})).await;
    assert_eq!((taken.status, taken.problem()), (409, "account-exists"));
    let weak = sign_up(json!({"email": "weak@example.org", "password": "password", "name": "Weak"})).await;
    assert_eq!((weak.status, weak.problem()), (422, "password-refused"));
    let short = sign_up(json!({"email": "weak@example.org", "password": "Aa1!", "name": "Weak"})).await;
    assert_eq!((short.problem(), short.body["errors"][0]["pointer"].as_str()), ("invalid-request", Some("/password")));
    let unconfirmed =
        sign_up(json!({"email": format!("late-{}@example.org", std::process::id()), "password": PASSWORD, "name": "Late"})).await;
    assert_eq!(unconfirmed.status, 201);
    let email = format!("late-{}@example.org", std::process::id());
    let early = cloud.send("POST", "/v1/auth/sign-in", Some(&json!({"email": email, "password": PASSWORD}))).await;
    assert_eq!((early.status, early.problem()), (403, "not-confirmed"));
    let wrong = cloud.send("POST", "/v1/auth/confirm", Some(&json!({"email": email, "code": "000000"}))).await;
    assert_eq!((wrong.status, wrong.problem()), (400, "code-refused"));
}
