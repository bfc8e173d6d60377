//! What was asked under a key and what was answered: a request that comes again is answered again and not carried out again.
//!
//! A record is `IN_FLIGHT` while an attempt is under way, then `DONE`. Whoever begins an attempt gets a token; only its bearer may
//! end it. When its deadline is over the next one may take over: with a token of its own, but with the seed and the moment of
//! the first, so that whatever the first one wrote before it died is written again under the same identifiers.

use crate::database::{DatabaseError, Item, Write, n, s, send_write};
use crate::key::Key;
use crate::{Store, key, record};
use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::types::{AttributeValue, ReturnValue, ReturnValuesOnConditionCheckFailure};
use aws_smithy_types::Blob;
use domain::id::UserId;
use domain::idempotency::IdempotencyKey;
use jiff::{SignedDuration, Timestamp};

/// An attempt that has not ended after so long is dead: more than any function runs that attempts something (a test compares).
pub const ATTEMPT_SECONDS: i64 = 15;
/// How long an answer is kept.
pub const KEPT_HOURS: i64 = 24;
/// Longest body that is kept; an item has room for 400 KB.
pub const KEPT_REPLY_BYTES_MAX: usize = 256 * 1024;

const _: () = assert!(KEPT_REPLY_BYTES_MAX < 400 * 1000 / 10 * 9, "headers and keys need room, too");
const _: () = assert!(ATTEMPT_SECONDS < KEPT_HOURS * 3_600);

/// One request under the key that its sender gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyedRequest {
    /// Who asks. Nobody else's keys are the same.
    pub user: UserId,
    /// Where, as `POST /v1/events`. The same key elsewhere is another one.
    pub route: String,
    /// What they call it.
    pub key: IdempotencyKey,
    /// Tells what is asked: see [`domain::idempotency::request_digest`].
    pub digest: String,
}

/// The right to carry a request out, and what every attempt of it has in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// Of what.
    pub request: KeyedRequest,
    /// When the first attempt began.
    pub began_at: Timestamp,
    /// What identifiers are drawn from: the first attempt's token.
    pub seed: String,
    /// Opens the record until somebody takes over.
    token: String,
}

/// An answer as it was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptReply {
    /// HTTP status.
    pub status: u16,
    /// Those that matter.
    pub headers: Vec<(String, String)>,
    /// At most [`KEPT_REPLY_BYTES_MAX`].
    pub body: Vec<u8>,
}

/// What to do with a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Begun {
    /// Carry it out.
    Attempt(Attempt),
    /// Say again what was said.
    Answered(KeptReply),
}

/// Why a request is neither carried out nor answered.
#[derive(Debug, thiserror::Error)]
pub enum BeginAttemptError {
    /// Something else was asked under this key.
    #[error("the key belongs to another request")]
    Mismatch,
    /// Another attempt is under way.
    #[error("an attempt is under way")]
    InFlight,
    /// The database could not do it.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

/// Why an answer was not kept.
#[derive(Debug, thiserror::Error)]
pub enum FinishAttemptError {
    /// Somebody took over and answered: this is the answer.
    #[error("another attempt has answered")]
    Answered(KeptReply),
    /// Somebody took over.
    #[error("another attempt took over")]
    Overtaken,
    /// The database could not do it.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

/// What a record that refused us says.
enum Found {
    /// Our own: the answer to our first try was lost on the way.
    Ours(Attempt),
    /// Its attempt is dead.
    Lapsed { token: String },
    /// Done.
    Answered(KeptReply),
}

#[derive(serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum State {
    InFlight,
    Done,
}

impl KeyedRequest {
    fn record(&self) -> Key {
        key::idempotency(&self.user, &self.route, &self.key)
    }
}

impl Attempt {
    /// Whether nobody attempted this before.
    pub fn is_first(&self) -> bool {
        self.token == self.seed
    }
}

impl Store {
    /// Pattern 62: begins to carry a request out, unless that was done, is being done, or the key belongs to another request.
    /// Where an attempt died, it is taken over (pattern 63). `token` is fresh and nobody else's.
    pub async fn begin_attempt(&self, request: &KeyedRequest, token: &str, now: Timestamp) -> Result<Begun, BeginAttemptError> {
        let put = self
            .client
            .put_item()
            .table_name(self.main())
            .set_item(Some(new_record(request, token, now)))
            .condition_expression("attribute_not_exists(pk) OR attribute_not_exists(digest) OR #ttl < :now")
            .expression_attribute_names("#ttl", "ttl")
            .expression_attribute_values(":now", n(now.as_second()))
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
        let found = match send_write!(self.client, "begin an attempt", PutItemError, put)? {
            Write::Done(_) => {
                Found::Ours(Attempt { request: request.clone(), began_at: now, seed: token.to_owned(), token: token.to_owned() })
            }
            Write::Refused(found) => judge(request, token, found, now)?,
        };
        match found {
            Found::Ours(attempt) => Ok(Begun::Attempt(attempt)),
            Found::Answered(reply) => Ok(Begun::Answered(reply)),
            Found::Lapsed { token: left } => self.take_over_attempt(request, &left, token, now).await,
        }
    }

    /// Pattern 63: takes over from whoever had the token `left`, if they have not ended and nobody else was faster.
    async fn take_over_attempt(&self, request: &KeyedRequest, left: &str, token: &str, now: Timestamp) -> Result<Begun, BeginAttemptError> {
        let update = self
            .update_record(request)
            .update_expression("SET #token = :token, deadline = :deadline, #ttl = :ttl")
            .condition_expression("#state = :in_flight AND #token = :left AND deadline < :now AND digest = :digest")
            .expression_attribute_names("#ttl", "ttl")
            .expression_attribute_values(":token", s(token))
            .expression_attribute_values(":deadline", n(deadline(now)))
            .expression_attribute_values(":ttl", n(kept_until(now)))
            .expression_attribute_values(":left", s(left))
            .expression_attribute_values(":now", n(now.as_second()))
            .expression_attribute_values(":digest", s(&request.digest))
            .return_values(ReturnValue::AllNew);
        let found = match send_write!(self.client, "take over an attempt", UpdateItemError, update)? {
            Write::Done(found) | Write::Refused(found) => judge(request, token, found, now)?,
        };
        match found {
            Found::Ours(attempt) => Ok(Begun::Attempt(attempt)),
            Found::Answered(reply) => Ok(Begun::Answered(reply)),
            // Somebody took over and died or gave up since we looked: the next try finds that out.
            Found::Lapsed { .. } => Err(BeginAttemptError::InFlight),
        }
    }

    /// Pattern 64: keeps the answer, unless somebody has taken over.
    pub async fn finish_attempt(&self, attempt: &Attempt, reply: &KeptReply, now: Timestamp) -> Result<(), FinishAttemptError> {
        let update = self
            .update_record(&attempt.request)
            .update_expression("SET #state = :done, #ttl = :ttl, #status = :status, headers = :headers, body = :body REMOVE deadline")
            .condition_expression("#state = :in_flight AND #token = :token")
            .expression_attribute_names("#ttl", "ttl")
            .expression_attribute_names("#status", "status")
            .expression_attribute_values(":done", record::spelled(&State::Done))
            .expression_attribute_values(":token", s(&attempt.token))
            .expression_attribute_values(":ttl", n(kept_until(now)))
            .expression_attribute_values(":status", n(reply.status))
            .expression_attribute_values(":headers", headers_attribute(&reply.headers))
            .expression_attribute_values(":body", AttributeValue::B(Blob::new(reply.body.clone())));
        match send_write!(self.client, "keep an answer", UpdateItemError, update)? {
            Write::Done(_) => Ok(()),
            Write::Refused(found) => match judge(&attempt.request, &attempt.token, found, now) {
                Ok(Found::Answered(kept)) => Err(FinishAttemptError::Answered(kept)),
                Ok(Found::Ours(_) | Found::Lapsed { .. }) | Err(BeginAttemptError::InFlight | BeginAttemptError::Mismatch) => {
                    Err(FinishAttemptError::Overtaken)
                }
                Err(BeginAttemptError::Database(error)) => Err(error.into()),
            },
        }
    }

    /// Pattern 65: ends an attempt without an answer, so that the next one may begin at once. It has the same seed: nobody
    /// knows what this one wrote. False if somebody has taken over.
    pub async fn give_up_attempt(&self, attempt: &Attempt) -> Result<bool, DatabaseError> {
        let update =
            self.update_record(&attempt.request).update_expression("SET deadline = :over").expression_attribute_values(":over", n(0));
        let update = update.condition_expression("#state = :in_flight AND #token = :token");
        let update = update.expression_attribute_values(":token", s(&attempt.token));
        Ok(matches!(send_write!(self.client, "give up an attempt", UpdateItemError, update)?, Write::Done(_)))
    }

    /// Pattern 66: frees the key of a first attempt that wrote nothing, so that something else may be asked under it. Without a
    /// digest the record counts as absent; functions that create need no permission to delete. False if somebody has taken over.
    pub async fn forget_attempt(&self, attempt: &Attempt) -> Result<bool, DatabaseError> {
        let update = self.update_record(&attempt.request).update_expression("REMOVE digest");
        let update = update.condition_expression("#state = :in_flight AND #token = :token AND seed = :token");
        let update = update.expression_attribute_values(":token", s(&attempt.token));
        Ok(matches!(send_write!(self.client, "forget an attempt", UpdateItemError, update)?, Write::Done(_)))
    }

    /// Every update of a record is one of an attempt that has not ended.
    fn update_record(&self, request: &KeyedRequest) -> aws_sdk_dynamodb::operation::update_item::builders::UpdateItemFluentBuilder {
        let key = request.record();
        self.client
            .update_item()
            .table_name(self.main())
            .key("pk", key.pk())
            .key("sk", key.sk())
            .expression_attribute_names("#state", "state")
            .expression_attribute_names("#token", "token")
            .expression_attribute_values(":in_flight", record::spelled(&State::InFlight))
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
    }
}

fn new_record(request: &KeyedRequest, token: &str, now: Timestamp) -> Item {
    let mut item = request.record().attributes();
    item.extend([
        ("digest".to_owned(), s(&request.digest)),
        ("state".to_owned(), record::spelled(&State::InFlight)),
        ("token".to_owned(), s(token)),
        ("seed".to_owned(), s(token)),
        ("began_at".to_owned(), s(now.to_string())),
        ("deadline".to_owned(), n(deadline(now))),
        ("ttl".to_owned(), n(kept_until(now))),
    ]);
    item
}

/// What a record means for whoever asks `request` and has `token`.
fn judge(request: &KeyedRequest, token: &str, found: Option<Item>, now: Timestamp) -> Result<Found, BeginAttemptError> {
    // Gone since, or free for another request: whoever asks again begins anew.
    let Some(item) = found.filter(|item| item.contains_key("digest")) else { return Err(BeginAttemptError::InFlight) };
    if record::text::<String>(&item, "digest")? != request.digest {
        return Err(BeginAttemptError::Mismatch);
    }
    let holder: String = record::text(&item, "token")?;
    match record::word(&item, "state")? {
        State::Done => Ok(Found::Answered(kept_reply(&item)?)),
        State::InFlight if holder == token => Ok(Found::Ours(Attempt {
            request: request.clone(),
            began_at: record::text(&item, "began_at")?,
            seed: record::text(&item, "seed")?,
            token: holder,
        })),
        State::InFlight if record::number::<i64>(&item, "deadline")? < now.as_second() => Ok(Found::Lapsed { token: holder }),
        State::InFlight => Err(BeginAttemptError::InFlight),
    }
}

fn deadline(now: Timestamp) -> i64 {
    now.as_second() + ATTEMPT_SECONDS
}

fn kept_until(now: Timestamp) -> i64 {
    (now + SignedDuration::from_hours(KEPT_HOURS)).as_second()
}

fn headers_attribute(headers: &[(String, String)]) -> AttributeValue {
    AttributeValue::M(headers.iter().map(|(name, value)| (name.clone(), s(value))).collect())
}

fn kept_reply(item: &Item) -> Result<KeptReply, DatabaseError> {
    let unreadable = |name: &str| DatabaseError::Unreadable(name.to_owned());
    let headers = item.get("headers").and_then(|value| value.as_m().ok()).ok_or_else(|| unreadable("headers"))?;
    let headers = headers.iter().map(|(name, value)| Some((name.clone(), value.as_s().ok()?.clone())));
    let mut headers = headers.collect::<Option<Vec<_>>>().ok_or_else(|| unreadable("headers"))?;
    headers.sort();
    let body = item.get("body").and_then(|value| value.as_b().ok()).ok_or_else(|| unreadable("body"))?;
    Ok(KeptReply { status: record::number(item, "status")?, headers, body: body.as_ref().to_vec() })
}
