//! What requests cost: DynamoDB's own `ConsumedCapacity`, by function, operation and table.

use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

/// Who asked for what, where.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Use {
    /// The function, as `holds-place`.
    pub function: String,
    /// The operation, as `UpdateItem`.
    pub operation: String,
    /// The table's name.
    pub table: String,
}

/// How much of it.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Used {
    /// Requests that were answered with their cost.
    pub requests: u64,
    /// Read units.
    pub read_units: f64,
    /// Write units.
    pub write_units: f64,
}

/// Sums up what functions ask of the database, while it is switched on. A failed condition is not counted: the embedded
/// database does not say what it cost (DynamoDB charges it like the write).
#[derive(Debug, Default)]
pub struct Meter {
    on: AtomicBool,
    used: Mutex<BTreeMap<Use, Used>>,
}

impl Meter {
    /// Begins anew.
    pub fn start(&self) {
        self.used.lock().expect("nobody panics while counting").clear();
        self.on.store(true, Ordering::Release);
    }

    /// Stops, and says what was used since the start.
    pub fn stop(&self) -> BTreeMap<Use, Used> {
        self.on.store(false, Ordering::Release);
        self.used()
    }

    /// What was used since the start.
    pub fn used(&self) -> BTreeMap<Use, Used> {
        self.used.lock().expect("nobody panics while counting").clone()
    }

    /// What one function used since the start.
    pub fn used_by(&self, function: &str) -> Used {
        self.sum(|key| key.function == function)
    }

    /// What all functions used since the start.
    pub fn total(&self) -> Used {
        self.sum(|_| true)
    }

    fn sum(&self, wanted: impl Fn(&Use) -> bool) -> Used {
        let used = self.used.lock().expect("nobody panics while counting");
        used.iter().filter(|(key, _)| wanted(key)).fold(Used::default(), |sum, (_, used)| Used {
            requests: sum.requests + used.requests,
            read_units: sum.read_units + used.read_units,
            write_units: sum.write_units + used.write_units,
        })
    }

    /// The body with a question for the cost, if the meter is on.
    pub(super) fn ask(&self, body: &[u8]) -> Option<Vec<u8>> {
        if !self.on.load(Ordering::Acquire) {
            return None;
        }
        let mut request: Value = serde_json::from_slice(body).ok()?;
        request.as_object_mut()?.insert("ReturnConsumedCapacity".to_owned(), "TOTAL".into());
        serde_json::to_vec(&request).ok()
    }

    /// Writes down what the answer says.
    pub(super) fn note(&self, function: &str, operation: &str, answer: &[u8]) {
        let Ok(answer) = serde_json::from_slice::<Value>(answer) else { return };
        let costs = match &answer["ConsumedCapacity"] {
            Value::Array(costs) => costs.as_slice(),
            Value::Object(_) => std::slice::from_ref(&answer["ConsumedCapacity"]),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => return,
        };
        let reads = matches!(operation, "GetItem" | "Query" | "Scan" | "BatchGetItem" | "TransactGetItems" | "SearchVectors");
        let mut used = self.used.lock().expect("nobody panics while counting");
        for cost in costs {
            let table = cost["TableName"].as_str().unwrap_or_default().to_owned();
            let key = Use { function: function.to_owned(), operation: operation.to_owned(), table };
            let entry = used.entry(key).or_default();
            let units = cost["CapacityUnits"].as_f64().unwrap_or_default();
            entry.requests += 1;
            *if reads { &mut entry.read_units } else { &mut entry.write_units } += units;
        }
    }
}
