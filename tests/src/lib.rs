//! What tests share: a database that speaks DynamoDB's protocol, fresh tables, and small worlds to act in.

pub mod emulator;
pub mod world;
