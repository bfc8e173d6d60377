import { describe, expect, it } from "vitest";
import { PROBLEM_KINDS } from "@/lib/problem";

type Catalogue = { [key: string]: string | Catalogue };

const files = import.meta.glob<{ default: Catalogue }>("./*/*.json", { eager: true });

/** Every text of a catalogue by its path, without the plural's ending. */
function texts(catalogue: Catalogue, path = ""): [string, string][] {
  return Object.entries(catalogue).flatMap(([key, value]) =>
    typeof value === "string"
      ? [[`${path}${key}`.replace(/_(zero|one|two|few|many|other)$/, ""), value] as [string, string]]
      : texts(value, `${path}${key}.`),
  );
}

function placeholders(text: string): string[] {
  return [...text.matchAll(/{{\s*(\w+)/g)].map((match) => match[1] ?? "").sort();
}

describe("catalogues", () => {
  const english = Object.keys(files).filter((file) => file.startsWith("./en/"));

  it.each(english)("%s says the same in Hindi, with the same placeholders", (file) => {
    const [en, hi] = [files[file], files[file.replace("/en/", "/hi/")]].map(
      (one) => new Map(texts(one?.default ?? {})),
    );
    expect([...(hi?.keys() ?? [])].sort()).toEqual([...(en?.keys() ?? [])].sort());
    for (const [key, text] of en ?? []) {
      expect(hi?.get(key), key).not.toBe("");
      expect(placeholders(hi?.get(key) ?? ""), key).toEqual(placeholders(text));
    }
  });

  it("have words for every problem", () => {
    const problems = files["./en/problems.json"]?.default ?? {};
    expect(Object.keys(problems).sort()).toEqual([...PROBLEM_KINDS].sort());
  });
});
