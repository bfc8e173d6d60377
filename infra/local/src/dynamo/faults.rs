//! Trouble on demand: what no emulator does by itself, and the end of this very process between two writes.

use super::dispatch::Answer;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

/// One kind of trouble; `function` restricts it to the requests of one function.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Fault {
    /// This process dies, as by `kill -9`, when the n-th further write arrives; the write does not happen.
    KillBefore {
        /// n, from 1.
        writes: u32,
        /// Whose writes count; everybody's, if absent.
        function: Option<String>,
    },
    /// This process dies, as by `kill -9`, when the n-th further write is done; nobody hears of it.
    KillAfter {
        /// n, from 1.
        writes: u32,
        /// Whose writes count; everybody's, if absent.
        function: Option<String>,
    },
    /// The next n requests for an operation are not carried out but answered with an error.
    Refuse {
        /// As `UpdateItem`.
        operation: String,
        /// As `TransactionConflictException`.
        error: String,
        /// n.
        times: u32,
        /// Whose requests; everybody's, if absent.
        function: Option<String>,
    },
    /// The next n requests for an operation are carried out, but the answer is lost on the way.
    LoseReply {
        /// As `UpdateItem`.
        operation: String,
        /// n.
        times: u32,
        /// Whose requests; everybody's, if absent.
        function: Option<String>,
    },
}

/// What to do about one request.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Plan {
    Proceed,
    DieBefore,
    DieAfter,
    Refuse(String),
    LoseReply,
}

/// The trouble that is armed.
#[derive(Debug, Default)]
pub struct Faults {
    any: AtomicBool,
    armed: Mutex<Vec<Fault>>,
}

impl Faults {
    /// Arms these, in place of those armed before.
    pub fn arm(&self, faults: Vec<Fault>) {
        let mut armed = self.armed.lock().expect("nobody panics while arming");
        self.any.store(!faults.is_empty(), Ordering::Release);
        *armed = faults;
    }

    /// Those still to come.
    pub fn armed(&self) -> Vec<Fault> {
        self.armed.lock().expect("nobody panics while arming").clone()
    }

    pub(super) fn plan(&self, by: &str, operation: &str) -> Plan {
        if !self.any.load(Ordering::Acquire) {
            return Plan::Proceed;
        }
        let mut armed = self.armed.lock().expect("nobody panics while arming");
        for fault in armed.iter_mut() {
            if let Some(plan) = fault.meet(by, operation) {
                return plan;
            }
        }
        Plan::Proceed
    }
}

impl Fault {
    fn meet(&mut self, by: &str, asked: &str) -> Option<Plan> {
        let concerns = |function: &Option<String>| function.as_deref().is_none_or(|function| function == by);
        match self {
            Self::KillBefore { writes, function } if concerns(function) && writes_something(asked) => {
                is_last(writes).then_some(Plan::DieBefore)
            }
            Self::KillAfter { writes, function } if concerns(function) && writes_something(asked) => {
                is_last(writes).then_some(Plan::DieAfter)
            }
            Self::Refuse { operation, error, times, function } if concerns(function) && operation == asked => {
                take_one(times).then(|| Plan::Refuse(error.clone()))
            }
            Self::LoseReply { operation, times, function } if concerns(function) && operation == asked => {
                take_one(times).then_some(Plan::LoseReply)
            }
            Self::KillBefore { .. } | Self::KillAfter { .. } | Self::Refuse { .. } | Self::LoseReply { .. } => None,
        }
    }
}

pub(super) fn writes_something(operation: &str) -> bool {
    matches!(operation, "PutItem" | "UpdateItem" | "DeleteItem" | "BatchWriteItem" | "TransactWriteItems")
}

/// Counts down; true at the last one only.
fn is_last(left: &mut u32) -> bool {
    take_one(left) && *left == 0
}

fn take_one(left: &mut u32) -> bool {
    let some = *left > 0;
    *left = left.saturating_sub(1);
    some
}

/// DynamoDB's answer with this error.
pub(super) fn refusal(error: &str) -> Answer {
    let message = format!("{error}, as armed");
    let mut body = json!({ "__type": format!("com.amazonaws.dynamodb.v20120810#{error}"), "message": message });
    if error == "TransactionCanceledException" {
        body = json!({
            "__type": format!("com.amazonaws.dynamodb.v20120810#{error}"),
            "Message": message,
            "CancellationReasons": [{ "Code": "TransactionConflict", "Message": "Transaction is ongoing for the item" }],
        });
    }
    let status = if error == "InternalServerError" { 500 } else { 400 };
    Answer { status, body: body.to_string().into_bytes() }
}

/// The end, without a chance to tidy up.
pub(super) fn die() -> ! {
    let _ = rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::KILL);
    // The signal arrives before this matters.
    std::process::abort()
}
