//! When the next item runs out: a sweep reads every item, so it is made when there is something to find.

use crate::template::Template;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::Mutex;

/// Moments at which some item may run out, as seen in the requests of functions.
#[derive(Debug, Default)]
pub(super) struct Expiries {
    attributes: Vec<String>,
    moments: Mutex<BinaryHeap<Reverse<i64>>>,
}

impl Expiries {
    pub(super) fn of(template: &Template) -> Self {
        let attributes = template.tables.iter().filter_map(|table| table.ttl_attribute.as_ref());
        Self { attributes: attributes.cloned().collect(), moments: Mutex::default() }
    }

    /// Looks at a write. Too many moments do no harm: every number of ten digits in a request that names a TTL attribute
    /// is taken for one.
    pub(super) fn note(&self, body: &[u8]) {
        let Ok(text) = std::str::from_utf8(body) else { return };
        if !self.attributes.iter().any(|name| text.contains(name.as_str())) {
            return;
        }
        let mut moments = self.moments.lock().expect("nobody panics while noting");
        for (at, prefix) in text.match_indices("{\"N\":\"") {
            let number = text.get(at + prefix.len()..).and_then(|rest| rest.split('"').next()).unwrap_or_default();
            if let (10, Ok(moment)) = (number.len(), number.parse()) {
                moments.push(Reverse(moment));
            }
        }
    }

    /// Whether a moment has passed since the last question.
    pub(super) fn due(&self, now: i64) -> bool {
        let mut moments = self.moments.lock().expect("nobody panics while noting");
        let mut due = false;
        while moments.peek().is_some_and(|Reverse(moment)| *moment < now) {
            moments.pop();
            due = true;
        }
        due
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expiries() -> Expiries {
        Expiries { attributes: vec!["expires_at".to_owned()], moments: Mutex::default() }
    }

    #[test]
    fn a_sweep_is_due_when_a_written_moment_has_passed() {
        let expiries = expiries();
        expiries.note(br#"{"Item":{"pk":{"S":"x"},"expires_at":{"N":"1800000000"}}}"#);
        assert!(!expiries.due(1_800_000_000), "the item still lives in that second");
        assert!(expiries.due(1_800_000_001));
        assert!(!expiries.due(1_800_000_001), "once is enough");
    }

    #[test]
    fn updates_that_name_the_attribute_count_and_others_do_not() {
        let expiries = expiries();
        expiries.note(br#"{"UpdateExpression":"SET expires_at = :e","ExpressionAttributeValues":{":e":{"N":"1800000000"}}}"#);
        expiries.note(br#"{"Item":{"created":{"N":"1700000000"}}}"#);
        assert!(!expiries.due(1_750_000_000));
        assert!(expiries.due(1_800_000_001));
    }
}
