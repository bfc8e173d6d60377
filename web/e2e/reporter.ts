import type { FullConfig, Reporter, Suite } from "@playwright/test/reporter";

/** The last line of a run. */
export default class Summary implements Reporter {
  private suite: Suite | undefined;

  onBegin(_config: FullConfig, suite: Suite) {
    this.suite = suite;
  }

  onEnd() {
    const outcomes = (this.suite?.allTests() ?? []).map((test) => test.outcome());
    const count = (...which: string[]) => outcomes.filter((outcome) => which.includes(outcome)).length;
    console.log(`${count("expected", "flaky")} passed, ${count("unexpected")} failed`);
  }
}
