import type { FullResult, Reporter, TestCase, TestResult } from "@playwright/test/reporter";

/** The last line of a run. */
export default class Summary implements Reporter {
  private passed = 0;
  private failed = 0;

  onTestEnd(test: TestCase, result: TestResult) {
    if (result.status === "passed") this.passed += 1;
    else if (result.status !== "skipped" && test.outcome() !== "expected") this.failed += 1;
  }

  onEnd(_result: FullResult) {
    console.log(`${this.passed} passed, ${this.failed} failed`);
  }
}
