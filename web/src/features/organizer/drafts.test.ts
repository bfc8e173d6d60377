import { beforeEach, describe, expect, it } from "vitest";
import { dropDraft, keepDraft, keptDraft } from "./drafts";
import { emptyEvent } from "./event-form";

describe("a draft on this device", () => {
  beforeEach(() => localStorage.clear());

  it("is one person's and one event's", () => {
    keepDraft("ada", "new", { ...emptyEvent(), title: "Opera" });
    expect(keptDraft("ada", "new")?.form.title).toBe("Opera");
    expect(keptDraft("bob", "new")).toBeUndefined();
    expect(keptDraft("ada", "evt_1")).toBeUndefined();
    dropDraft("ada", "new");
    expect(keptDraft("ada", "new")).toBeUndefined();
  });

  it("of an older shape, or broken, is as if there were none", () => {
    localStorage.setItem("frontrow.draft.ada.new", JSON.stringify({ form: { title: 1 }, keptAt: 0 }));
    expect(keptDraft("ada", "new")).toBeUndefined();
    localStorage.setItem("frontrow.draft.ada.new", "{");
    expect(keptDraft("ada", "new")).toBeUndefined();
  });
});
