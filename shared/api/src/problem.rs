//! The one error that clients see: RFC 9457 problem details, each type documented in `docs/problems.md`.

use serde_json::{Map, Value, json};
use std::error::Error;

/// Every type of problem, with its status and title.
macro_rules! problem_kinds {
    ($($(#[$doc:meta])* $kind:ident = $slug:literal, $status:literal, $title:literal;)*) => {
        /// What went wrong, in the contract's words.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum ProblemKind {
            $($(#[$doc])* $kind,)*
        }

        impl ProblemKind {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$kind),*];

            /// The last part of its `type`.
            pub fn slug(self) -> &'static str {
                match self { $(Self::$kind => $slug,)* }
            }

            /// Its HTTP status.
            pub fn status(self) -> u16 {
                match self { $(Self::$kind => $status,)* }
            }

            /// What people read.
            pub fn title(self) -> &'static str {
                match self { $(Self::$kind => $title,)* }
            }
        }
    };
}

problem_kinds! {
    /// The request is not of the documented shape; `errors` says where.
    InvalidRequest = "invalid-request", 400, "The request is not valid";
    /// A code or challenge is wrong or has run out.
    CodeRefused = "code-refused", 400, "The code is wrong or has run out";
    /// The provider's proof of payment is not genuine, or is another payment's.
    PaymentRefused = "payment-refused", 402, "The payment was not accepted";
    /// No token, or not one of ours.
    Unauthenticated = "unauthenticated", 401, "Sign in to do this";
    /// Address or password is wrong.
    SignInRefused = "sign-in-refused", 401, "The address or the password is wrong";
    /// Signed in, but not allowed.
    Forbidden = "forbidden", 403, "You may not do this";
    /// The address was never confirmed.
    NotConfirmed = "not-confirmed", 403, "Confirm your address first";
    /// There is no such thing, or it is somebody else's.
    NotFound = "not-found", 404, "There is no such thing";
    /// Other people have some of the places; `seats` names them.
    SeatsTaken = "seats-taken", 409, "Some of these places are taken";
    /// The user holds other places of this show already.
    HoldExists = "hold-exists", 409, "You already hold places for this show";
    /// The show is not on sale now.
    SalesClosed = "sales-closed", 409, "This show is not on sale";
    /// The thing is in a state that does not allow it.
    StateConflict = "state-conflict", 409, "This cannot be done in its present state";
    /// The address has an account already.
    AccountExists = "account-exists", 409, "There is an account with this address already";
    /// The same request, under the same `Idempotency-Key`, is being carried out.
    IdempotencyInFlight = "idempotency-in-flight", 409, "This request is being carried out already";
    /// The hold has run out.
    HoldExpired = "hold-expired", 410, "Your hold has run out";
    /// The booking was not paid in time.
    BookingExpired = "booking-expired", 410, "The booking was not paid in time";
    /// The body is larger than any request needs.
    PayloadTooLarge = "payload-too-large", 413, "The request is too large";
    /// The body is not JSON by its own account.
    UnsupportedMediaType = "unsupported-media-type", 415, "Send JSON";
    /// More places than one person may have.
    SeatLimit = "seat-limit", 422, "That is more places than one person may have";
    /// There is no such coupon, or it is used up.
    CouponRefused = "coupon-refused", 422, "The coupon was not accepted";
    /// More than is left, or money that the bank has.
    RefundRefused = "refund-refused", 422, "So much cannot go back";
    /// Something else was asked under this `Idempotency-Key`.
    IdempotencyMismatch = "idempotency-mismatch", 422, "This key belongs to another request";
    /// The password does not meet the policy.
    PasswordRefused = "password-refused", 422, "The password is too weak";
    /// Too many tries; wait a little.
    TooManyRequests = "too-many-requests", 429, "Too many tries";
    /// Our fault.
    Internal = "internal", 500, "Something went wrong on our side";
    /// Many people write the same things at once; the same request may succeed a little later.
    Contended = "contended", 503, "Very busy, try again in a moment";
}

/// What is wrong with one member of a request.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct FieldError {
    /// JSON pointer into the body, or `/query/<name>`, `/path/<name>` or `/header/<name>`.
    pub pointer: String,
    /// What it must be.
    pub detail: String,
}

/// A refusal on its way to the client.
#[derive(Debug)]
pub struct Problem {
    kind: ProblemKind,
    detail: Option<String>,
    members: Map<String, Value>,
    retry_after_seconds: Option<u32>,
    source: Option<Box<dyn Error + Send + Sync>>,
}

impl Problem {
    /// A problem of this kind.
    pub fn new(kind: ProblemKind) -> Self {
        Self { kind, detail: None, members: Map::new(), retry_after_seconds: None, source: None }
    }

    /// A sentence about this occurrence, for people.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    /// A further member that clients may act on.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl serde::Serialize) -> Self {
        self.members.insert(name.to_owned(), json!(value));
        self
    }

    /// When to try again.
    #[must_use]
    pub fn retry_after(mut self, seconds: u32) -> Self {
        self.retry_after_seconds = Some(seconds);
        self
    }

    /// One member of the request is not as it must be.
    #[expect(clippy::needless_pass_by_value, reason = "texts and errors alike are handed over")]
    pub fn invalid(pointer: impl Into<String>, detail: impl ToString) -> Self {
        Self::invalid_fields(&[FieldError { pointer: pointer.into(), detail: detail.to_string() }])
    }

    /// Several members of the request are not as they must be.
    pub fn invalid_fields(errors: &[FieldError]) -> Self {
        Self::new(ProblemKind::InvalidRequest).with("errors", errors)
    }

    /// There is no such thing, or it is not the caller's to know of.
    pub fn not_found() -> Self {
        Self::new(ProblemKind::NotFound)
    }

    /// Not allowed.
    pub fn forbidden() -> Self {
        Self::new(ProblemKind::Forbidden)
    }

    /// Our fault; the cause is logged once and never shown.
    pub fn internal(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { source: Some(source.into()), ..Self::new(ProblemKind::Internal) }
    }

    /// What went wrong.
    pub fn kind(&self) -> ProblemKind {
        self.kind
    }

    pub(crate) fn retry_after_seconds(&self) -> Option<u32> {
        self.retry_after_seconds
    }

    pub(crate) fn body(&self) -> Vec<u8> {
        let mut body = Map::new();
        body.insert("type".to_owned(), json!(format!("/problems/{}", self.kind.slug())));
        body.insert("title".to_owned(), json!(self.kind.title()));
        body.insert("status".to_owned(), json!(self.kind.status()));
        body.extend(self.detail.iter().map(|detail| ("detail".to_owned(), json!(detail))));
        body.extend(self.members.clone());
        serde_json::to_vec(&body).expect("strings and numbers are JSON")
    }

    /// Logs the cause with its whole chain, if there is one.
    pub(crate) fn log(&self) {
        let Some(source) = &self.source else { return };
        let mut chain = source.to_string();
        let mut next = source.source();
        while let Some(cause) = next {
            chain.push_str(": ");
            chain.push_str(&cause.to_string());
            next = cause.source();
        }
        tracing::error!(problem = self.kind.slug(), cause = chain, "request failed");
    }
}
