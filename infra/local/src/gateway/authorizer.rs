//! The JWT authorizer: what API Gateway checks of a token before a function runs.

use crate::helper::Accounts;
use jiff::Timestamp;
use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, RwLock};
use std::time::Duration;

/// Verified tokens that are remembered. Checking a signature takes longer than a hold.
const REMEMBERED_MAX: usize = 50_000;
/// Whoever sends unknown keys may make us ask for the pool's keys so often.
const KEYS_AGAIN: Duration = Duration::from_secs(5);

/// A token's claims, all of them text, as API Gateway hands them over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claims(pub BTreeMap<String, String>);

/// Checks tokens of one user pool.
pub struct Authorizer {
    issuer: String,
    audience: String,
    keys_url: String,
    http: reqwest::Client,
    keys: RwLock<Keys>,
    remembered: RwLock<HashMap<[u8; 32], Remembered>>,
}

#[derive(Default)]
struct Keys {
    by_id: HashMap<String, Arc<DecodingKey>>,
    asked_at: Option<std::time::Instant>,
}

struct Remembered {
    claims: Arc<Claims>,
    expires_at: i64,
}

impl Authorizer {
    /// For the tokens of this pool and client.
    pub fn new(helper_url: &str, accounts: &Accounts) -> Self {
        Self {
            issuer: accounts.issuer(),
            audience: accounts.client_id.clone(),
            keys_url: format!("{helper_url}/{}/.well-known/jwks.json", accounts.pool_id),
            http: reqwest::Client::new(),
            keys: RwLock::default(),
            remembered: RwLock::default(),
        }
    }

    #[cfg(test)]
    pub(super) fn with_key(issuer: &str, audience: &str, key_id: &str, key: DecodingKey) -> Self {
        let authorizer = Self::new("http://127.0.0.1:9", &Accounts { pool_id: "p".to_owned(), client_id: audience.to_owned() });
        authorizer.keys.write().unwrap().by_id.insert(key_id.to_owned(), Arc::new(key));
        authorizer.keys.write().unwrap().asked_at = Some(std::time::Instant::now());
        Self { issuer: issuer.to_owned(), ..authorizer }
    }

    /// The claims of the `authorization` header's token; None if it must not pass.
    pub async fn claims(&self, header: Option<&str>, now: Timestamp) -> Option<Arc<Claims>> {
        let header = header?.trim();
        let token = header.strip_prefix("Bearer ").or_else(|| header.strip_prefix("bearer ")).unwrap_or(header).trim();
        let digest: [u8; 32] = Sha256::digest(token).into();
        if let Some(known) = self.remembered.read().expect("nobody panics there").get(&digest) {
            return (known.expires_at > now.as_second()).then(|| known.claims.clone());
        }
        let verified = self.verify(token, now).await?;
        let expires_at = verified.get("exp")?.as_i64()?;
        let claims = Arc::new(Claims(verified.into_iter().map(|(name, value)| (name, as_text(&value))).collect()));
        let mut remembered = self.remembered.write().expect("nobody panics there");
        if remembered.len() >= REMEMBERED_MAX {
            remembered.clear();
        }
        remembered.insert(digest, Remembered { claims: claims.clone(), expires_at });
        Some(claims)
    }

    async fn verify(&self, token: &str, now: Timestamp) -> Option<Map<String, Value>> {
        let header = jsonwebtoken::decode_header(token).ok().filter(|header| header.alg == Algorithm::RS256)?;
        let key = self.key(header.kid.as_deref()?).await?;
        let mut validation = Validation::new(Algorithm::RS256);
        validation.set_issuer(&[&self.issuer]);
        validation.set_required_spec_claims(&["exp", "iss"]);
        validation.validate_aud = false;
        validation.validate_nbf = true;
        validation.leeway = 0;
        let claims = jsonwebtoken::decode::<Map<String, Value>>(token, &key, &validation).ok()?.claims;
        let text = |name: &str| claims.get(name).and_then(Value::as_str);
        // Access tokens name the client in `client_id`, id tokens in `aud`; API Gateway takes either.
        let for_us = match text("token_use") {
            Some("access") => text("client_id") == Some(&self.audience),
            Some("id") => text("aud") == Some(&self.audience),
            _ => false,
        };
        (for_us && claims.get("exp")?.as_i64()? > now.as_second()).then_some(claims)
    }

    async fn key(&self, id: &str) -> Option<Arc<DecodingKey>> {
        {
            let keys = self.keys.read().expect("nobody panics there");
            if let Some(key) = keys.by_id.get(id) {
                return Some(key.clone());
            }
            if keys.asked_at.is_some_and(|asked_at| asked_at.elapsed() < KEYS_AGAIN) {
                return None;
            }
        }
        let set: JwkSet = self.http.get(&self.keys_url).send().await.ok()?.json().await.ok()?;
        let mut keys = self.keys.write().expect("nobody panics there");
        keys.asked_at = Some(std::time::Instant::now());
        for key in &set.keys {
            if let (Some(id), Ok(decoding)) = (&key.common.key_id, DecodingKey::from_jwk(key)) {
                keys.by_id.insert(id.clone(), Arc::new(decoding));
            }
        }
        keys.by_id.get(id).cloned()
    }
}

/// Text stays, lists become `[a b]`, the rest is written as JSON.
fn as_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => format!("[{}]", items.iter().map(as_text).collect::<Vec<_>>().join(" ")),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => value.to_string(),
    }
}

#[cfg(test)]
mod tests;
