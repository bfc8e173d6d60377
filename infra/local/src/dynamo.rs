//! DynamoDB: embedded in this process, or at an address. Either way requests are metered, and may be made to fail.

mod backend;
mod connector;
mod dispatch;
mod expiry;
mod faults;
mod meter;
mod open;
mod tables;

pub use backend::{CallError, Dynamo};
pub use connector::Connector;
pub use faults::{Fault, Faults};
pub use meter::{Meter, Use, Used};

#[cfg(test)]
mod tests;
