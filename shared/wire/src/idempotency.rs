//! The header by which a repeated request is recognized.

use domain::idempotency::IdempotencyKey;
use utoipa::IntoParams;

/// Declares the header in the description of an endpoint whose handler decides inside `Request::once`.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Header)]
pub struct IdempotencyHeader {
    /// Yours for this request, the same for every try of it. A repeat within 24 hours is not carried out again but answered as
    /// the first one was, with `Idempotent-Replayed: true`; another request under the same key is refused.
    #[param(rename = "Idempotency-Key", required = false, inline)]
    pub idempotency_key: IdempotencyKey,
}
