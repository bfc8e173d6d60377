//! What happened, a line a step, for whoever reads of a failure.

use serde_json::Value;

/// Everything that happened in a run.
#[derive(Debug, Default)]
pub(super) struct Trace {
    lines: Vec<String>,
    began: i64,
}

impl Trace {
    /// From this millisecond on.
    pub(super) fn new(began: i64) -> Self {
        Self { lines: Vec::new(), began }
    }

    /// One more line, at this millisecond.
    pub(super) fn note(&mut self, step: u32, at: i64, what: &str) {
        let passed = at - self.began;
        let (hours, minutes, seconds) = (passed / 3_600_000, passed / 60_000 % 60, passed / 1_000 % 60);
        self.lines.push(format!("{step:5}  {hours}:{minutes:02}:{seconds:02}.{:03}  {what}", passed % 1_000));
    }

    /// All of it.
    pub(super) fn text(&self) -> String {
        self.lines.join("\n")
    }
}

/// What a request is about, as `UpdateItem SHOW#…#S BLOCK#A#00001`.
pub(super) fn subject(operation: &str, body: &Value) -> String {
    if operation == "TransactWriteItems" {
        let writes = body["TransactItems"].as_array().into_iter().flatten().flat_map(|write| write.as_object().into_iter().flatten());
        return writes.map(|(kind, write)| format!("{kind} {}", key(write))).collect::<Vec<_>>().join(" + ");
    }
    key(body)
}

fn key(body: &Value) -> String {
    let of = if body["Key"].is_object() { &body["Key"] } else { &body["Item"] };
    match (of["pk"]["S"].as_str(), of["sk"]["S"].as_str()) {
        (Some(pk), Some(sk)) if sk == "PAYMENT" || pk.ends_with(sk) => pk.to_owned(),
        (Some(pk), Some(sk)) => format!("{pk} {sk}"),
        _ => body["MessageBody"].as_str().or_else(|| body["ExpressionAttributeValues"][":pk"]["S"].as_str()).unwrap_or_default().to_owned(),
    }
}
