//! From a stranger to a buyer with a session, and everything that people do with their accounts.

use serde_json::{Value, json};
use tests::authenticator;
use tests::backstage::Backstage;
use tests::cloud::{Answer, Cloud, PASSWORD, Person, shared};

const OTHER_PASSWORD: &str = "Another-horse-2";

/// An address that nobody else has.
fn address(name: &str) -> String {
    format!("{name}-{}@example.org", std::process::id())
}

async fn post(cloud: &Cloud, path: &str, body: &Value) -> Answer {
    cloud.send("POST", path, Some(body)).await
}

async fn sign_in(cloud: &Cloud, email: &str, password: &str) -> Answer {
    post(cloud, "/v1/auth/sign-in", &json!({"email": email, "password": password})).await
}

async fn refresh(cloud: &Cloud, token: &str) -> Answer {
    post(cloud, "/v1/auth/refresh", &json!({"refreshToken": token})).await
}

/// A request with nothing but this cookie.
async fn with_cookie(cloud: &Cloud, path: &str, cookie: &str) -> Answer {
    Answer::of(cloud.http.post(format!("{}{path}", cloud.base)).header("cookie", cookie)).await
}

fn problem(answer: &Answer) -> (u16, &str) {
    (answer.status, answer.problem())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_signs_up_with_the_mailed_code_and_is_somebody() {
    let (cloud, email) = (shared().await, address("stranger"));
    let backstage = Backstage::of(cloud).await;
    let sign_up = json!({"email": email.to_uppercase(), "password": PASSWORD, "name": "Ann Example"});
    let user = post(cloud, "/v1/auth/sign-up", &sign_up).await.expect(201)["userId"].as_str().unwrap().to_owned();
    assert_eq!(problem(&sign_in(cloud, &email, PASSWORD).await), (403, "not-confirmed"));
    let profile = backstage.store().profile(&user.parse().unwrap()).await.unwrap();
    assert_eq!(profile, None, "an address that is not confirmed is nobody's");

    let code = backstage.mailed_code(&email).await;
    assert_eq!(problem(&post(cloud, "/v1/auth/confirm", &json!({"email": email, "code": "000000"})).await), (400, "code-refused"));
    post(cloud, "/v1/auth/confirm", &json!({"email": email, "code": code})).await.expect(204);
    let profile = backstage.store().profile(&user.parse().unwrap()).await.unwrap().expect("it is made with the confirmation");
    assert_eq!((profile.email.as_str(), profile.name.as_str()), (email.as_str(), "Ann Example"));
    assert_eq!(problem(&post(cloud, "/v1/auth/confirm", &json!({"email": email, "code": code})).await), (400, "code-refused"));

    let me = cloud.sign_in(&email).await.get("/v1/me").await.expect(200);
    assert_eq!(me, json!({"userId": user, "email": email, "name": "Ann Example", "roles": ["USER"], "bookings": 0}));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_is_mailed_again_to_who_waits_for_it_and_to_nobody_else() {
    let (cloud, email) = (shared().await, address("again"));
    let backstage = Backstage::of(cloud).await;
    post(cloud, "/v1/auth/sign-up", &json!({"email": email, "password": PASSWORD, "name": "Again"})).await.expect(201);
    assert_eq!(backstage.mailed(&email).await.len(), 1);
    post(cloud, "/v1/auth/resend-code", &json!({ "email": email })).await.expect(204);
    let codes = backstage.mailed(&email).await;
    assert_eq!(codes.len(), 2);
    post(cloud, "/v1/auth/confirm", &json!({"email": email, "code": codes[1]})).await.expect(204);

    let nobody = address("nobody");
    post(cloud, "/v1/auth/resend-code", &json!({ "email": nobody })).await.expect(204);
    assert_eq!(backstage.mailed(&nobody).await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_profile_is_changed_by_its_owner_and_wrong_members_change_nothing() {
    let cloud = shared().await;
    let anna = cloud.somebody().await;
    let changed = anna.send("PATCH", "/v1/me", Some(&json!({"name": " Anna ", "phone": "+919876543210"}))).await.expect(200);
    assert_eq!((changed["name"].as_str(), changed["phone"].as_str()), (Some("Anna"), Some("+919876543210")));
    let renamed = anna.send("PATCH", "/v1/me", Some(&json!({"name": "Anna B."}))).await.expect(200);
    assert_eq!(renamed["phone"], "+919876543210", "what is left out stays");

    for (body, pointer) in [
        (json!({}), "/name"),
        (json!({"name": ""}), "/name"),
        (json!({"name": "   "}), "/name"),
        (json!({"name": "x".repeat(101)}), "/name"),
        (json!({"name": "a\u{7}b"}), "/name"),
        (json!({"name": null}), "/name"),
        (json!({"name": 1}), "/name"),
        (json!({"phone": "12"}), "/phone"),
        (json!({"phone": "+0123456789"}), "/phone"),
        (json!({"phone": "+1234567890123456"}), "/phone"),
        (json!({"phone": 919_876_543_210_u64}), "/phone"),
        (json!({"name": "Eve", "phone": "x"}), "/phone"),
        (json!({"name": "Eve", "email": "eve@example.org"}), "/email"),
        (json!({"name": "Eve", "roles": ["ADMIN"]}), "/roles"),
        (json!({"name": "Eve", "organizationId": "org_0000000000000000"}), "/organizationId"),
    ] {
        let refused = anna.send("PATCH", "/v1/me", Some(&body)).await;
        assert_eq!((problem(&refused), refused.body["errors"][0]["pointer"].as_str()), ((400, "invalid-request"), Some(pointer)), "{body}");
    }
    assert_eq!(anna.get("/v1/me").await.expect(200), renamed);

    let cleared = anna.send("PATCH", "/v1/me", Some(&json!({"phone": null}))).await.expect(200);
    assert_eq!((cleared.get("phone"), &cleared["name"]), (None, &json!("Anna B.")));
}

#[tokio::test(flavor = "multi_thread")]
async fn roles_are_the_groups_of_the_token() {
    let cloud = shared().await;
    for (account, roles) in
        [("admin", json!(["USER", "ADMIN"])), ("organizer", json!(["USER", "ORGANIZER"])), ("staff", json!(["USER", "STAFF"]))]
    {
        assert_eq!(cloud.demo(account).await.get("/v1/me").await.expect(200)["roles"], roles);
    }
    let anna = cloud.somebody().await;
    assert_eq!(anna.get("/v1/organizer/events").await.problem(), "forbidden");
    Backstage::of(cloud).await.add_to_group(&anna.email, "organizer").await;
    assert_eq!(anna.get("/v1/me").await.expect(200)["roles"], json!(["USER"]), "the old token says nothing of it");
    let fresh = refresh(cloud, &anna.refresh_token).await.expect(200);
    let anna = Person { token: fresh["accessToken"].as_str().unwrap().to_owned(), ..anna };
    assert_eq!(anna.get("/v1/me").await.expect(200)["roles"], json!(["USER", "ORGANIZER"]));
    assert_eq!(anna.get("/v1/organizer/events").await.problem(), "forbidden", "an organizer of nothing sells nothing");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_learns_which_addresses_have_an_account() {
    let cloud = shared().await;
    let anna = cloud.somebody().await;
    let wrong = sign_in(cloud, &anna.email, "Not-her-password-1").await;
    let unknown = sign_in(cloud, "nobody@example.org", PASSWORD).await;
    assert_eq!(problem(&wrong), (401, "sign-in-refused"));
    assert_eq!((unknown.status, &unknown.body), (wrong.status, &wrong.body));
    for path in ["/v1/auth/forgot-password", "/v1/auth/resend-code"] {
        for email in [anna.email.as_str(), "nobody@example.org"] {
            post(cloud, path, &json!({ "email": email })).await.expect(204);
        }
    }
    let wrong = json!({"email": anna.email, "code": "000000", "newPassword": OTHER_PASSWORD});
    let unknown = json!({"email": "nobody@example.org", "code": "000000", "newPassword": OTHER_PASSWORD});
    let (wrong, unknown) = (post(cloud, "/v1/auth/reset-password", &wrong).await, post(cloud, "/v1/auth/reset-password", &unknown).await);
    assert_eq!(problem(&wrong), (400, "code-refused"));
    assert_eq!((unknown.status, &unknown.body), (wrong.status, &wrong.body));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_is_refreshed_by_body_or_cookie_and_ends_when_its_owner_says_so() {
    let cloud = shared().await;
    let anna = cloud.somebody().await;
    let signed_in = sign_in(cloud, &anna.email, PASSWORD).await;
    let cookie = signed_in.headers["set-cookie"].to_str().unwrap().to_owned();
    let tokens = signed_in.expect(200);
    let token = tokens["refreshToken"].as_str().unwrap();
    assert_eq!(cookie, format!("frontrow_refresh={token}; HttpOnly; Secure; SameSite=Strict; Path=/v1/auth; Max-Age=2592000"));

    let by_body = refresh(cloud, token).await.expect(200);
    let by_cookie = with_cookie(cloud, "/v1/auth/refresh", &format!("theme=dark; frontrow_refresh={token}")).await.expect(200);
    for fresh in [&by_body, &by_cookie] {
        let anna = Person { token: fresh["accessToken"].as_str().unwrap().to_owned(), ..anna.clone() };
        assert_eq!(anna.get("/v1/me").await.expect(200)["email"], json!(anna.email));
        assert_eq!(fresh["expiresIn"], tokens["expiresIn"]);
    }
    for body in [json!({}), json!({"refreshToken": "garbage"}), json!({"refreshToken": tokens["accessToken"]})] {
        assert_eq!(problem(&post(cloud, "/v1/auth/refresh", &body).await), (401, "unauthenticated"), "{body}");
    }
    assert_eq!(problem(&with_cookie(cloud, "/v1/auth/refresh", "theme=dark").await), (401, "unauthenticated"));

    let signed_out = with_cookie(cloud, "/v1/auth/sign-out", &format!("frontrow_refresh={token}")).await;
    let gone = "frontrow_refresh=; HttpOnly; Secure; SameSite=Strict; Path=/v1/auth; Max-Age=0";
    assert_eq!((signed_out.status, signed_out.headers["set-cookie"].to_str().unwrap()), (204, gone));
    assert_eq!(problem(&refresh(cloud, token).await), (401, "unauthenticated"));
    refresh(cloud, &anna.refresh_token).await.expect(200);
    post(cloud, "/v1/auth/sign-out", &json!({"refreshToken": anna.refresh_token})).await.expect(204);
    assert_eq!(problem(&refresh(cloud, &anna.refresh_token).await), (401, "unauthenticated"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forgotten_password_is_replaced_with_the_mailed_code_once() {
    let cloud = shared().await;
    let anna = cloud.somebody().await;
    let backstage = Backstage::of(cloud).await;
    let reset = async |code: &str, password: &str| {
        post(cloud, "/v1/auth/reset-password", &json!({"email": anna.email, "code": code, "newPassword": password})).await
    };
    assert_eq!(problem(&reset("654321", OTHER_PASSWORD).await), (400, "code-refused"), "nobody asked for a code");

    post(cloud, "/v1/auth/forgot-password", &json!({"email": anna.email})).await.expect(204);
    let code = backstage.mailed_code(&anna.email).await;
    sign_in(cloud, &anna.email, PASSWORD).await.expect(200);
    assert_eq!(problem(&reset("000000", OTHER_PASSWORD).await), (400, "code-refused"));
    assert_eq!(problem(&reset(&code, "alllowercase").await), (422, "password-refused"));
    reset(&code, OTHER_PASSWORD).await.expect(204);
    assert_eq!(problem(&sign_in(cloud, &anna.email, PASSWORD).await), (401, "sign-in-refused"));
    sign_in(cloud, &anna.email, OTHER_PASSWORD).await.expect(200);
    assert_eq!(problem(&reset(&code, PASSWORD).await), (400, "code-refused"), "a code is good for once");
    sign_in(cloud, &anna.email, OTHER_PASSWORD).await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_is_changed_by_who_knows_it() {
    let cloud = shared().await;
    let anna = cloud.somebody().await;
    let change = async |current: &str, new: &str| {
        anna.post("/v1/auth/change-password", &json!({"currentPassword": current, "newPassword": new})).await
    };
    assert_eq!(problem(&change("Not-her-password-1", OTHER_PASSWORD).await), (401, "sign-in-refused"));
    assert_eq!(problem(&change(PASSWORD, "alllowercase").await), (422, "password-refused"));
    let short = change(PASSWORD, "Aa1!").await;
    assert_eq!((problem(&short), short.body["errors"][0]["pointer"].as_str()), ((400, "invalid-request"), Some("/newPassword")));
    sign_in(cloud, &anna.email, PASSWORD).await.expect(200);
    change(PASSWORD, OTHER_PASSWORD).await.expect(204);
    assert_eq!(problem(&sign_in(cloud, &anna.email, PASSWORD).await), (401, "sign-in-refused"));
    sign_in(cloud, &anna.email, OTHER_PASSWORD).await.expect(200);
    let nobody = json!({"currentPassword": OTHER_PASSWORD, "newPassword": PASSWORD});
    assert_eq!(problem(&post(cloud, "/v1/auth/change-password", &nobody).await), (401, "unauthenticated"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_factor_is_asked_for_from_its_proof_until_it_is_turned_off() {
    let cloud = shared().await;
    let anna = cloud.somebody().await;
    let made = anna.post("/v1/auth/mfa", &json!({})).await.expect(200);
    let secret = made["secret"].as_str().unwrap();
    let uri = made["otpauthUri"].as_str().unwrap();
    assert!(uri.starts_with("otpauth://totp/Frontrow:") && uri.contains(&format!("secret={}", secret.trim_end_matches('='))), "{uri}");
    assert!(sign_in(cloud, &anna.email, PASSWORD).await.expect(200)["accessToken"].is_string(), "it does not count yet");

    let verify = async |code: &str| anna.post("/v1/auth/mfa/verify", &json!({ "code": code })).await;
    assert_eq!(problem(&verify(&authenticator::wrong_code(secret)).await), (400, "code-refused"));
    assert!(sign_in(cloud, &anna.email, PASSWORD).await.expect(200)["accessToken"].is_string());
    verify(&authenticator::code(secret)).await.expect(204);

    let challenged = sign_in(cloud, &anna.email, PASSWORD).await;
    assert!(!challenged.headers.contains_key("set-cookie"));
    let challenged = challenged.expect(200);
    assert_eq!((&challenged["challenge"], challenged.get("accessToken")), (&json!("SOFTWARE_TOKEN_MFA"), None));
    let answer = async |code: &str, session: &Value| {
        post(cloud, "/v1/auth/challenge", &json!({"email": anna.email, "session": session, "code": code})).await
    };
    let wrong = answer(&authenticator::wrong_code(secret), &challenged["session"]).await;
    assert_eq!(problem(&wrong), (400, "code-refused"));
    assert_eq!(problem(&sign_in(cloud, &anna.email, "Not-her-password-1").await), (401, "sign-in-refused"));

    let session = sign_in(cloud, &anna.email, PASSWORD).await.expect(200)["session"].clone();
    let passed = answer(&authenticator::code(secret), &session).await;
    assert!(passed.headers["set-cookie"].to_str().unwrap().starts_with("frontrow_refresh="));
    let passed = passed.expect(200);
    let anna = Person { token: passed["accessToken"].as_str().unwrap().to_owned(), ..anna.clone() };
    anna.get("/v1/me").await.expect(200);

    anna.send("DELETE", "/v1/auth/mfa", None).await.expect(204);
    anna.send("DELETE", "/v1/auth/mfa", None).await.expect(204);
    assert!(sign_in(cloud, &anna.email, PASSWORD).await.expect(200)["accessToken"].is_string());
}

/// RFC 6238, appendix B.
#[test]
fn the_authenticator_shows_the_codes_of_the_standards_examples() {
    let secret = b"12345678901234567890";
    for (seconds, code) in [(59, "287082"), (1_111_111_109, "081804"), (1_234_567_890, "005924"), (20_000_000_000, "353130")] {
        assert_eq!(authenticator::code_at(secret, seconds), code);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_needs_a_password_and_an_address_of_its_own() {
    let cloud = shared().await;
    let anna = cloud.somebody().await;
    let sign_up = async |body: Value| post(cloud, "/v1/auth/sign-up", &body).await;
    let taken = sign_up(json!({"email": anna.email, "password": PASSWORD, "name": "Again"})).await;
    assert_eq!(problem(&taken), (409, "account-exists"));
    let weak = sign_up(json!({"email": address("weak"), "password": "alllowercase", "name": "Weak"})).await;
    assert_eq!(problem(&weak), (422, "password-refused"));
    for (body, pointer) in [
        (json!({"password": PASSWORD, "name": "Weak"}), "/email"),
        (json!({"email": "weak", "password": PASSWORD, "name": "Weak"}), "/email"),
        (json!({"email": format!("{}@example.org", "x".repeat(250)), "password": PASSWORD, "name": "Weak"}), "/email"),
        (json!({"email": address("weak"), "name": "Weak"}), "/password"),
        (json!({"email": address("weak"), "password": "Aa1!", "name": "Weak"}), "/password"),
        (json!({"email": address("weak"), "password": "x".repeat(129), "name": "Weak"}), "/password"),
        (json!({"email": address("weak"), "password": " Frontrow-demo-1", "name": "Weak"}), "/password"),
        (json!({"email": address("weak"), "password": PASSWORD}), "/name"),
        (json!({"email": address("weak"), "password": PASSWORD, "name": ""}), "/name"),
        (json!({"email": address("weak"), "password": PASSWORD, "name": "x".repeat(101)}), "/name"),
        (json!({"email": address("weak"), "password": PASSWORD, "name": "Weak", "role": "ADMIN"}), "/role"),
    ] {
        let refused = sign_up(body.clone()).await;
        assert_eq!((problem(&refused), refused.body["errors"][0]["pointer"].as_str()), ((400, "invalid-request"), Some(pointer)), "{body}");
    }
    assert_eq!(Backstage::of(cloud).await.mailed(&address("weak")).await, [""; 0], "nobody was signed up");
}
