// What a visitor downloads, against the budget: the entry, and what each route adds to it. Prints a table; fails if one is too large.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const ENTRY_KB_MAX = 140;
const ROUTE_KB_MAX = 60;
/** Routes that need a decoder or charts, which nobody else loads. */
const HEAVY = new Set(["door-scanner", "organizer-event"]);

const manifest = JSON.parse(readFileSync("dist/.vite/manifest.json", "utf8"));

/** Every script that a chunk needs before it can run. */
function scripts(key, found = new Set()) {
  const chunk = manifest[key];
  if (!chunk || found.has(chunk.file)) return found;
  found.add(chunk.file);
  for (const imported of chunk.imports ?? []) scripts(imported, found);
  return found;
}

const kb = (files) =>
  [...files].reduce((sum, file) => sum + gzipSync(readFileSync(`dist/${file}`), { level: 9 }).length, 0) / 1024;

// What the page itself names: scripts, what they import, and styles.
const html = readFileSync("dist/index.html", "utf8");
const named = (pattern) => [...html.matchAll(pattern)].map((match) => match[1]);
const keyOf = (file) => Object.keys(manifest).find((key) => manifest[key].file === file);
const entry = new Set();
for (const file of named(/<(?:script type="module"|link rel="modulepreload")[^>]* (?:src|href)="\/([^"]+)"/g))
  scripts(keyOf(file), entry);
const rows = [{ part: "entry", kb: kb(entry), max: ENTRY_KB_MAX }];
for (const key of Object.keys(manifest)
  .filter((name) => name.startsWith("src/app/routes/"))
  .sort()) {
  const name = key.replace(/^src\/app\/routes\/|\.tsx$/g, "");
  const added = [...scripts(key)].filter((file) => !entry.has(file));
  rows.push({ part: name, kb: kb(added), max: HEAVY.has(name) ? undefined : ROUTE_KB_MAX });
}
const styles = named(/<link rel="stylesheet"[^>]* href="\/([^"]+)"/g);
rows.push({ part: "entry's styles", kb: kb(styles), max: 25 });

for (const { part, kb: size, max } of rows)
  console.log(`${part.padEnd(24)} ${size.toFixed(1).padStart(7)} KB gzip${max ? ` of ${max}` : ""}`);
const over = rows.filter(({ kb: size, max }) => max && size > max);
if (over.length > 0) {
  console.error(`over budget: ${over.map(({ part }) => part).join(", ")}`);
  process.exit(1);
}
