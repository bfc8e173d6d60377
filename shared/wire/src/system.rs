//! What the system says of itself.

use serde::Serialize;
use utoipa::ToSchema;

/// The API answers.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct HealthView {
    /// `ok`.
    pub status: &'static str,
    /// Which version answers.
    pub version: &'static str,
}

/// A web hook was taken.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Taken {
    /// Always true.
    pub taken: bool,
}
