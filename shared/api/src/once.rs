//! `Idempotency-Key`: what a handler does inside [`Request::once`] is done once, however often the request comes. The rules
//! are in `docs/idempotency.md`.

use crate::context::{App, Ids};
use crate::problem::{Problem, ProblemKind};
use crate::reply::Reply;
use crate::request::Request;
use jiff::Timestamp;
use store::{Attempt, BeginAttemptError, Begun, FinishAttemptError, KeyedRequest};

/// What every attempt of a request has in common with the first: whoever creates something with these creates the same thing
/// again, and the store's condition sees that it is there.
#[derive(Debug)]
pub struct First {
    /// Where its identifiers come from.
    pub ids: Ids,
    /// When it began.
    pub at: Timestamp,
}

/// What becomes of the key of an attempt that has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum KeyFate {
    /// It stands for this answer.
    Kept,
    /// It stands for the request: the same one may be tried again at once.
    Open,
    /// It stands for nothing, for nothing was written.
    Free,
}

impl Request {
    /// Decides and commits. If the request has an `Idempotency-Key`, only the first that comes does so and the others hear
    /// what it answered; without one nothing is read or written for it.
    ///
    /// What a handler refuses before it comes here is no attempt: nothing is remembered of it.
    pub async fn once<D, F>(&self, app: &App, decide: D) -> Result<Reply, Problem>
    where
        D: FnOnce(First) -> F,
        F: Future<Output = Result<Reply, Problem>>,
    {
        let now = app.clock.now();
        let Some(key) = self.idempotency_key()? else { return Box::pin(decide(First { ids: app.ids.clone(), at: now })).await };
        let (route, digest) = self.route_and_digest()?;
        let request = KeyedRequest { user: self.caller()?.user, route, key, digest };
        match app.store.begin_attempt(&request, &app.ids.token(), now).await? {
            Begun::Answered(kept) => Ok(Reply::replayed(kept)),
            Begun::Attempt(attempt) => {
                let outcome = Box::pin(decide(First { ids: Ids::seeded(&attempt.seed), at: attempt.began_at })).await;
                conclude(app, &attempt, outcome).await
            }
        }
    }
}

/// Keeps the answer, or leaves the request to the next who asks. A database that fails now does not unsay what was done: the
/// attempt ends by its deadline, and the next one finds everything written.
async fn conclude(app: &App, attempt: &Attempt, outcome: Result<Reply, Problem>) -> Result<Reply, Problem> {
    let (fate, kept) = match &outcome {
        Ok(reply) => (KeyFate::Kept, reply.kept()),
        Err(problem) => (fate_after(problem.kind()), Some(problem.kept())),
    };
    let concluded = match (fate, kept) {
        (KeyFate::Kept, Some(kept)) => match app.store.finish_attempt(attempt, &kept, app.clock.now()).await {
            Ok(()) => Ok(()),
            Err(FinishAttemptError::Answered(kept)) => return Ok(Reply::replayed(kept)),
            Err(FinishAttemptError::Overtaken) => return Err(BeginAttemptError::InFlight.into()),
            Err(FinishAttemptError::Database(error)) => Err(error),
        },
        (KeyFate::Free, _) if attempt.is_first() => app.store.forget_attempt(attempt).await.map(drop),
        // An answer that is too long to keep is made again, from the same seed.
        (KeyFate::Kept | KeyFate::Open | KeyFate::Free, _) => app.store.give_up_attempt(attempt).await.map(drop),
    };
    if let Err(error) = concluded {
        tracing::warn!(cause = %error, "an attempt was left to its deadline");
    }
    outcome
}

fn fate_after(refusal: ProblemKind) -> KeyFate {
    match refusal {
        // Decisions. Whoever heard one has acted on it: a duplicate that comes late must not succeed behind their back.
        ProblemKind::CodeRefused
        | ProblemKind::PaymentRefused
        | ProblemKind::NotFound
        | ProblemKind::SeatsTaken
        | ProblemKind::HoldExists
        | ProblemKind::SalesClosed
        | ProblemKind::StateConflict
        | ProblemKind::AccountExists
        | ProblemKind::HoldExpired
        | ProblemKind::BookingExpired
        | ProblemKind::SeatLimit
        | ProblemKind::CouponRefused
        | ProblemKind::RefundRefused
        | ProblemKind::PasswordRefused => KeyFate::Kept,
        // Not understood: their documentation promises that nothing was written.
        ProblemKind::InvalidRequest | ProblemKind::PayloadTooLarge | ProblemKind::UnsupportedMediaType => KeyFate::Free,
        // Who asks is another question than what they ask; and what may succeed a little later must be able to.
        ProblemKind::Unauthenticated
        | ProblemKind::SignInRefused
        | ProblemKind::Forbidden
        | ProblemKind::NotConfirmed
        | ProblemKind::IdempotencyInFlight
        | ProblemKind::IdempotencyMismatch
        | ProblemKind::TooManyRequests
        | ProblemKind::Internal
        | ProblemKind::Contended => KeyFate::Open,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use store::KEPT_REPLY_BYTES_MAX;

    #[test]
    fn what_may_succeed_later_is_never_kept() {
        for kind in ProblemKind::ALL {
            let is_kept = fate_after(*kind) == KeyFate::Kept;
            assert!(!is_kept || (400..500).contains(&kind.status()), "{}", kind.slug());
            assert!(!is_kept || ![401, 403, 413, 415, 429].contains(&kind.status()), "{}", kind.slug());
        }
    }

    #[test]
    fn an_answer_is_kept_with_the_headers_that_matter_and_said_again_as_it_was() {
        let reply = Reply::created(&"body").header("location", "/v1/events/1").header("set-cookie", "secret").cached("private");
        let kept = reply.kept().expect("it is short");
        assert!(!kept.headers.iter().any(|(name, _)| name == "set-cookie"));
        let (said, again) = (reply.into_response(), Reply::replayed(kept).into_response());
        assert_eq!((said.status(), said.body().as_ref()), (again.status(), again.body().as_ref()));
        for name in ["content-type", "location", "cache-control"] {
            assert!(said.headers().contains_key(name));
            assert_eq!(said.headers().get(name), again.headers().get(name));
        }
        assert_eq!(again.headers()["idempotent-replayed"], "true");
        assert!(!said.headers().contains_key("idempotent-replayed"));
    }

    #[test]
    fn a_refusal_is_said_again_as_it_was() {
        let refusal = || Problem::new(ProblemKind::SeatsTaken).with("seats", ["S-A-1"]).retry_after(3);
        let (said, again) = (refusal().into_response(), Reply::replayed(refusal().kept()).into_response());
        assert_eq!((said.status(), said.body().as_ref()), (again.status(), again.body().as_ref()));
        for name in ["content-type", "cache-control", "retry-after"] {
            assert_eq!(said.headers().get(name), again.headers().get(name));
        }
    }

    #[test]
    fn an_answer_that_is_too_long_is_not_kept() {
        assert!(Reply::text("text/plain", "x".repeat(KEPT_REPLY_BYTES_MAX)).kept().is_some());
        assert!(Reply::text("text/plain", "x".repeat(KEPT_REPLY_BYTES_MAX + 1)).kept().is_none());
    }
}
