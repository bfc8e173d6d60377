use super::*;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{EncodingKey, Header};
use serde_json::json;

const ISSUER: &str = "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_test";

// Keys made for these tests; nothing else has ever been signed with them.
const OURS: &[u8] = include_bytes!("ours.der");
const OURS_PUBLIC: &[u8] = include_bytes!("ours.public.der");
const FOREIGN: &[u8] = include_bytes!("foreign.der");

fn now() -> Timestamp {
    api::Clock::default().now()
}

fn authorizer() -> Authorizer {
    Authorizer::with_key(ISSUER, "client", "k1", DecodingKey::from_rsa_der(OURS_PUBLIC))
}

fn claims() -> Value {
    json!({
        "sub": "s1", "iss": ISSUER, "client_id": "client", "token_use": "access",
        "exp": now().as_second() + 60, "cognito:groups": ["admin", "organizer"], "auth_time": 1,
    })
}

fn token(key: &[u8], claims: &Value) -> String {
    let header = Header { kid: Some("k1".to_owned()), ..Header::new(Algorithm::RS256) };
    jsonwebtoken::encode(&header, claims, &EncodingKey::from_rsa_der(key)).expect("it is signed")
}

async fn passes(token: &str) -> bool {
    authorizer().claims(Some(&format!("Bearer {token}")), now()).await.is_some()
}

#[tokio::test]
async fn a_good_token_passes_and_its_claims_are_text() {
    let authorizer = authorizer();
    let header = format!("Bearer {}", token(OURS, &claims()));
    for _ in 0..2 {
        let claims = authorizer.claims(Some(&header), now()).await.expect("it is good");
        assert_eq!(claims.0["sub"], "s1");
        assert_eq!(claims.0["cognito:groups"], "[admin organizer]");
        assert_eq!(claims.0["auth_time"], "1");
    }
}

#[tokio::test]
async fn an_id_token_passes_by_its_audience() {
    let mut claims = claims();
    claims["token_use"] = "id".into();
    assert!(!passes(&token(OURS, &claims)).await);
    claims["aud"] = "client".into();
    assert!(passes(&token(OURS, &claims)).await);
}

#[tokio::test]
async fn tokens_that_are_missing_or_garbage_do_not_pass() {
    assert!(authorizer().claims(None, now()).await.is_none());
    for garbage in ["", "x", "a.b.c", "....", "Bearer Bearer", "%00"] {
        assert!(!passes(garbage).await, "{garbage}");
    }
}

#[tokio::test]
async fn tokens_of_others_do_not_pass() {
    assert!(!passes(&token(FOREIGN, &claims())).await);
    for (name, value) in [("iss", "https://elsewhere"), ("client_id", "another"), ("token_use", "refresh")] {
        let mut claims = claims();
        claims[name] = value.into();
        assert!(!passes(&token(OURS, &claims)).await, "{name}");
    }
}

#[tokio::test]
async fn tokens_of_another_time_do_not_pass() {
    let mut expired = claims();
    expired["exp"] = (now().as_second() - 1).into();
    assert!(!passes(&token(OURS, &expired)).await);
    let mut early = claims();
    early["nbf"] = (now().as_second() + 60).into();
    assert!(!passes(&token(OURS, &early)).await);
    let mut timeless = claims();
    timeless.as_object_mut().expect("it is one").remove("exp");
    assert!(!passes(&token(OURS, &timeless)).await);
}

#[tokio::test]
async fn a_remembered_token_expires_too() {
    let authorizer = authorizer();
    let header = format!("Bearer {}", token(OURS, &claims()));
    assert!(authorizer.claims(Some(&header), now()).await.is_some());
    let later = now() + jiff::SignedDuration::from_secs(61);
    assert!(authorizer.claims(Some(&header), later).await.is_none());
}

#[tokio::test]
async fn unsigned_tokens_and_other_algorithms_do_not_pass() {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let unsigned = format!("{}.{}.", part(&json!({ "alg": "none", "kid": "k1" })), part(&claims()));
    assert!(!passes(&unsigned).await);
    // The public key as an HMAC secret: the classic confusion.
    let header = Header { kid: Some("k1".to_owned()), ..Header::new(Algorithm::HS256) };
    let confused = jsonwebtoken::encode(&header, &claims(), &EncodingKey::from_secret(OURS_PUBLIC)).expect("it is signed");
    assert!(!passes(&confused).await);
}
