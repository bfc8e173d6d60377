//! The error format, RFC 9457.

use serde::Serialize;
use utoipa::ToSchema;

/// Problem details. Further members depend on the type; see `docs/problems.md`.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProblemView {
    /// What kind of problem, as `/problems/seats-taken`.
    #[schema(example = "/problems/seats-taken")]
    pub r#type: String,
    /// The same for every problem of this type.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// About this occurrence.
    pub detail: Option<String>,
    /// For `invalid-request`: which members are wrong.
    pub errors: Option<Vec<FieldErrorView>>,
}

/// What is wrong with one member.
#[derive(Debug, Serialize, ToSchema)]
pub struct FieldErrorView {
    /// JSON pointer into the body, or `/query/<name>`.
    pub pointer: String,
    /// What it must be.
    pub detail: String,
}
