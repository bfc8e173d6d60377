//! The local cloud: everything that `template.yaml` asks AWS for, on one machine and in (almost) one process.
//!
//! The gateway, the functions and the database live here; Cognito, S3, SES, SQS and AppSync Events in a helper process.

pub mod demo;
pub mod demo_accounts;
pub mod dynamo;
pub mod filter;
pub mod functions;
pub mod gateway;
pub mod helper;
pub mod linked;
pub mod pollers;
pub mod queues;
pub mod schedules;
pub mod streams;
pub mod template;
pub mod up;
pub mod watch;

/// Where everything pretends to be.
pub const REGION: &str = "us-east-1";
/// The helper's only account.
pub const ACCOUNT_ID: &str = "000000000000";
/// The key that everything local is signed with.
pub const ACCESS_KEY: &str = "frontrow";
/// Its secret, which is none.
pub const SECRET_KEY: &str = "frontrow-local";
