//! Accounts: their fixtures against a user pool, one life from the sign-up to the sign-out.

use super::{Stage, fixture};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::id::UserId;
use serde_json::{Value, json};
use tests::authenticator;
use tests::stage::Answered;

/// The fixture with another value of one of its body's members.
fn with_member(mut event: Value, name: &str, value: &Value) -> Value {
    let mut body: Value = serde_json::from_str(event["body"].as_str().unwrap()).unwrap();
    assert!(body[name].is_string(), "the fixture has a {name}");
    body[name] = value.clone();
    event["body"] = json!(body.to_string());
    event
}

/// The fixture as the owner of these tokens sends it.
fn signed_in(mut event: Value, tokens: &Value) -> Value {
    let access = tokens["accessToken"].as_str().unwrap();
    event["headers"]["authorization"] = json!(format!("Bearer {access}"));
    event["requestContext"]["authorizer"]["jwt"]["claims"]["sub"] = json!(subject(access));
    event
}

/// Whose token it is, as Cognito says.
fn subject(token: &str) -> String {
    let claims = URL_SAFE_NO_PAD.decode(token.split('.').nth(1).unwrap()).unwrap();
    serde_json::from_slice::<Value>(&claims).unwrap()["sub"].as_str().unwrap().to_owned()
}

/// Runs a fixture as it is and expects what it is named after.
async fn assert_problem(stage: &Stage, function: &str, outcome: &str, status: u64) {
    let problem = outcome.split("-garbage").next().unwrap();
    let refused = stage.invoke(function, &fixture(function, outcome)).await;
    assert_eq!((refused.status, refused.problem()), (status, problem), "{function}/{outcome}: {}", refused.body);
}

async fn sign_in(stage: &Stage) -> Answered {
    stage.invoke("accounts-sign-in", &fixture("accounts-sign-in", "signed-in")).await
}

/// Ann of the fixtures, with a confirmed address: her tokens.
async fn ann(stage: &Stage) -> Value {
    assert_eq!(stage.invoke("accounts-sign-up", &fixture("accounts-sign-up", "created")).await.status, 201);
    assert_eq!(stage.invoke("accounts-confirm", &fixture("accounts-confirm", "confirmed")).await.status, 204);
    sign_in(stage).await.body
}

#[tokio::test]
async fn an_account_is_made_and_its_profile_with_the_confirmation() {
    let stage = Stage::with_accounts().await;
    assert_problem(&stage, "accounts-sign-up", "invalid-request", 400).await;
    assert_problem(&stage, "accounts-sign-up", "password-refused", 422).await;
    let made = stage.invoke("accounts-sign-up", &fixture("accounts-sign-up", "created")).await;
    assert_eq!(made.status, 201, "{}", made.body);
    let user: UserId = made.body["userId"].as_str().unwrap().parse().unwrap();
    assert_eq!(sign_in(&stage).await.problem(), "not-confirmed");
    assert_problem(&stage, "accounts-confirm", "code-refused", 400).await;
    assert_problem(&stage, "accounts-confirm", "invalid-request", 400).await;
    assert_problem(&stage, "accounts-resend-code", "invalid-request", 400).await;
    for outcome in ["sent", "sent-to-nobody"] {
        assert_eq!(stage.invoke("accounts-resend-code", &fixture("accounts-resend-code", outcome)).await.status, 204, "{outcome}");
    }
    assert_eq!(stage.store.profile(&user).await.unwrap(), None);

    assert_eq!(stage.invoke("accounts-confirm", &fixture("accounts-confirm", "confirmed")).await.status, 204);
    let profile = stage.store.profile(&user).await.unwrap().expect("it is made now");
    assert_eq!((profile.email.as_str(), profile.name.as_str()), ("ann@example.org", "Ann Example"));

    assert_problem(&stage, "accounts-sign-in", "sign-in-refused", 401).await;
    assert_problem(&stage, "accounts-sign-in", "invalid-request", 400).await;
    let tokens = sign_in(&stage).await;
    assert_eq!(tokens.status, 200, "{}", tokens.body);
    let me = stage.invoke("profiles-get", &signed_in(fixture("profiles-get", "found"), &tokens.body)).await;
    assert_eq!((me.status, &me.body["userId"], &me.body["roles"]), (200, &json!(user), &json!(["USER"])));
    assert_problem(&stage, "profiles-get", "unauthenticated", 401).await;
    let stranger = stage.invoke("profiles-get", &fixture("profiles-get", "found")).await;
    assert_eq!((stranger.status, stranger.problem()), (404, "not-found"), "the fixture's own caller has no profile");
    stage.end().await;
}

#[tokio::test]
async fn a_profile_is_changed_by_its_owner_only() {
    let stage = Stage::with_accounts().await;
    let tokens = ann(&stage).await;
    let user = UserId::from_subject(&subject(tokens["accessToken"].as_str().unwrap())).unwrap();
    for (outcome, status) in [("invalid-request", 400), ("unauthenticated", 401)] {
        let refused = stage.invoke("profiles-update", &fixture("profiles-update", outcome)).await;
        assert_eq!((refused.status, refused.problem()), (status, outcome), "{}", refused.body);
    }
    assert_eq!(stage.invoke("profiles-update", &fixture("profiles-update", "changed")).await.problem(), "not-found");
    let before = stage.store.profile(&user).await.unwrap().unwrap();
    assert_eq!((before.name.as_str(), before.phone), ("Ann Example", None));

    let changed = stage.invoke("profiles-update", &signed_in(fixture("profiles-update", "changed"), &tokens)).await;
    assert_eq!((changed.status, &changed.body["phone"]), (200, &json!("+919876543210")), "{}", changed.body);
    let profile = stage.store.profile(&user).await.unwrap().unwrap();
    assert_eq!((profile.name.as_str(), profile.phone.unwrap().as_str()), ("Ann B. Example", "+919876543210"));
    let removed = stage.invoke("profiles-update", &signed_in(fixture("profiles-update", "phone-removed"), &tokens)).await;
    assert_eq!((removed.status, removed.body.get("phone")), (200, None));
    let profile = stage.store.profile(&user).await.unwrap().unwrap();
    assert_eq!((profile.name.as_str(), profile.phone), ("Ann B. Example", None));
    stage.end().await;
}

#[tokio::test]
async fn a_password_is_changed_or_replaced_and_the_old_one_opens_nothing() {
    let stage = Stage::with_accounts().await;
    let tokens = ann(&stage).await;
    let change =
        async |outcome| stage.invoke("accounts-change-password", &signed_in(fixture("accounts-change-password", outcome), &tokens)).await;
    assert_problem(&stage, "accounts-change-password", "unauthenticated", 401).await;
    assert_eq!(change("sign-in-refused").await.problem(), "sign-in-refused");
    assert_eq!(sign_in(&stage).await.status, 200);
    assert_eq!(change("changed").await.status, 204);
    assert_eq!(sign_in(&stage).await.problem(), "sign-in-refused");
    let another = with_member(fixture("accounts-sign-in", "signed-in"), "password", &json!("Another-horse-2"));
    assert_eq!(stage.invoke("accounts-sign-in", &another).await.status, 200);

    for outcome in ["sent", "sent-to-nobody"] {
        assert_eq!(stage.invoke("accounts-forgot-password", &fixture("accounts-forgot-password", outcome)).await.status, 204, "{outcome}");
    }
    assert_problem(&stage, "accounts-forgot-password", "invalid-request", 400).await;
    assert_problem(&stage, "accounts-reset-password", "code-refused", 400).await;
    let third = with_member(fixture("accounts-reset-password", "changed"), "newPassword", &json!("Third-horse-3"));
    assert_eq!(stage.invoke("accounts-reset-password", &third).await.status, 204);
    assert_eq!(stage.invoke("accounts-sign-in", &another).await.problem(), "sign-in-refused");
    let third = with_member(fixture("accounts-sign-in", "signed-in"), "password", &json!("Third-horse-3"));
    assert_eq!(stage.invoke("accounts-sign-in", &third).await.status, 200);
    stage.end().await;
}

#[tokio::test]
async fn a_second_factor_is_set_up_asked_for_and_turned_off() {
    let stage = Stage::with_accounts().await;
    let tokens = ann(&stage).await;
    let as_ann = async |function, outcome| stage.invoke(function, &signed_in(fixture(function, outcome), &tokens)).await;
    for function in ["accounts-set-up-mfa", "accounts-enable-mfa", "accounts-disable-mfa"] {
        assert_problem(&stage, function, "unauthenticated", 401).await;
    }
    let made = as_ann("accounts-set-up-mfa", "set-up").await;
    assert_eq!(made.status, 200, "{}", made.body);
    let secret = made.body["secret"].as_str().unwrap();
    assert_eq!(as_ann("accounts-enable-mfa", "invalid-request").await.problem(), "invalid-request");
    assert!(sign_in(&stage).await.body["accessToken"].is_string());
    let code = || json!(authenticator::code(secret));
    let enable = with_member(fixture("accounts-enable-mfa", "enabled"), "code", &code());
    assert_eq!(stage.invoke("accounts-enable-mfa", &signed_in(enable, &tokens)).await.status, 204);

    let challenge = sign_in(&stage).await;
    assert_eq!((challenge.status, &challenge.body["challenge"]), (200, &json!("SOFTWARE_TOKEN_MFA")));
    assert_problem(&stage, "accounts-answer-challenge", "code-refused", 400).await;
    assert_problem(&stage, "accounts-answer-challenge", "invalid-request", 400).await;
    let answer = with_member(fixture("accounts-answer-challenge", "signed-in"), "session", &challenge.body["session"]);
    let passed = stage.invoke("accounts-answer-challenge", &with_member(answer, "code", &code())).await;
    assert_eq!(passed.status, 200, "{}", passed.body);
    assert!(passed.raw["cookies"][0].as_str().unwrap().starts_with("frontrow_refresh="));

    assert_eq!(as_ann("accounts-disable-mfa", "disabled").await.status, 204);
    assert!(sign_in(&stage).await.body["accessToken"].is_string());
    stage.end().await;
}

#[tokio::test]
async fn a_session_is_refreshed_and_ended_by_body_or_cookie() {
    let stage = Stage::with_accounts().await;
    let tokens = ann(&stage).await;
    let by_body = |function, outcome, tokens: &Value| with_member(fixture(function, outcome), "refreshToken", &tokens["refreshToken"]);
    let by_cookie = |function, outcome, tokens: &Value| {
        let mut event = fixture(function, outcome);
        let cookies = event["cookies"].as_array_mut().unwrap();
        *cookies.last_mut().unwrap() = json!(format!("frontrow_refresh={}", tokens["refreshToken"].as_str().unwrap()));
        event
    };
    for (function, outcome) in
        [("accounts-refresh", "unauthenticated"), ("accounts-refresh", "unauthenticated-garbage"), ("accounts-sign-out", "unauthenticated")]
    {
        assert_problem(&stage, function, outcome, 401).await;
    }
    let refresh = by_body("accounts-refresh", "refreshed", &tokens);
    for event in [&refresh, &by_cookie("accounts-refresh", "refreshed-by-cookie", &tokens)] {
        let fresh = stage.invoke("accounts-refresh", event).await;
        assert_eq!(fresh.status, 200, "{}", fresh.body);
        assert_eq!(subject(fresh.body["accessToken"].as_str().unwrap()), subject(tokens["accessToken"].as_str().unwrap()));
    }
    let ended = stage.invoke("accounts-sign-out", &by_body("accounts-sign-out", "signed-out", &tokens)).await;
    assert_eq!((ended.status, ended.raw["cookies"][0].as_str().unwrap().contains("Max-Age=0")), (204, true), "{}", ended.raw);
    assert_eq!(stage.invoke("accounts-refresh", &refresh).await.problem(), "unauthenticated");

    let tokens = sign_in(&stage).await.body;
    let ended = stage.invoke("accounts-sign-out", &by_cookie("accounts-sign-out", "signed-out-by-cookie", &tokens)).await;
    assert_eq!(ended.status, 204, "{}", ended.body);
    let refresh = by_body("accounts-refresh", "refreshed", &tokens);
    assert_eq!(stage.invoke("accounts-refresh", &refresh).await.problem(), "unauthenticated");
    stage.end().await;
}
