//! What tests share: a database that speaks DynamoDB's protocol, fresh tables, and small worlds to act in.

pub mod authenticator;
pub mod backstage;
pub mod cloud;
pub mod emulator;
pub mod fake;
pub mod function_event;
pub mod interruption;
pub mod meter;
pub mod openapi;
pub mod printed;
pub mod reach;
pub mod simulation;
pub mod stage;
pub mod template;
pub mod watcher;
pub mod world;
