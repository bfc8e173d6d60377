//! How many tests of the web client passed: what vitest and Playwright write about their runs, added up.

use serde_json::Value;
use std::fmt;
use std::ops::Add;
use std::path::Path;

/// Tests by their end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Count {
    passed: u64,
    failed: u64,
}

impl Count {
    /// None if it did not run.
    pub(super) fn of_vitest(report: &Path) -> Self {
        Self::vitest(&read(report))
    }

    /// None if it did not run.
    pub(super) fn of_playwright(report: &Path) -> Self {
        Self::playwright(&read(report))
    }

    fn vitest(report: &Value) -> Self {
        Self { passed: number(&report["numPassedTests"]), failed: number(&report["numFailedTests"]) }
    }

    /// One that passed when it was repeated has passed; Playwright names it as flaky.
    fn playwright(report: &Value) -> Self {
        let stats = &report["stats"];
        Self { passed: number(&stats["expected"]) + number(&stats["flaky"]), failed: number(&stats["unexpected"]) }
    }
}

impl Add for Count {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { passed: self.passed + other.passed, failed: self.failed + other.failed }
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

fn read(report: &Path) -> Value {
    let text = std::fs::read(report).unwrap_or_default();
    serde_json::from_slice(&text).unwrap_or_default()
}

fn number(value: &Value) -> u64 {
    value.as_u64().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn both_reports_are_added_up() {
        let unit = Count::vitest(&json!({ "numTotalTests": 12, "numPassedTests": 11, "numFailedTests": 1 }));
        let journeys = Count::playwright(&json!({ "stats": { "expected": 5, "unexpected": 1, "flaky": 1, "skipped": 0 } }));
        assert_eq!((unit + journeys).to_string(), "17 passed, 2 failed");
        assert_eq!(Count::of_vitest(Path::new("/nowhere")).to_string(), "0 passed, 0 failed");
    }
}
