// Fails when src/api/schema.d.ts is not what openapi.json says.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const fresh = join(mkdtempSync(join(tmpdir(), "frontrow-schema-")), "schema.d.ts");
execFileSync("npx", ["openapi-typescript", "../openapi.json", "--output", fresh, "--alphabetize"], { stdio: "ignore" });
if (readFileSync(fresh, "utf8") !== readFileSync("src/api/schema.d.ts", "utf8")) {
  console.error("src/api/schema.d.ts is stale: npm run schema");
  process.exit(1);
}
