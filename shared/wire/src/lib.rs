//! What travels over HTTP: bodies and answers as JSON, described for OpenAPI. Shapes only; the rules are in `domain`.

mod accounts;
mod bookings;
mod catalog;
mod holds;
mod idempotency;
mod invoices;
mod organizations;
mod problem;
mod system;
mod tickets;

pub use accounts::*;
pub use bookings::*;
pub use catalog::*;
pub use holds::*;
pub use idempotency::*;
pub use invoices::*;
pub use organizations::*;
pub use problem::*;
pub use system::*;
pub use tickets::*;
