import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** The numbered buyers that journeys share among themselves (`buyerFor`). */
export const BUYERS = Number(process.env.FRONTROW_BUYERS ?? 160);

/** Starts a local cloud for the journeys, unless FRONTROW_URL names one that runs. It ends with us, whatever happens to us. */
export default async function startCloud(): Promise<() => Promise<void>> {
  if (process.env.FRONTROW_URL) return async () => {};
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const target = process.env.CARGO_TARGET_DIR ?? `${root}/target`;
  const binary = process.env.FRONTROW_LOCAL ?? `${target}/debug/frontrow-local`;
  if (!existsSync(binary)) throw new Error(`${binary} is not built: cargo build --workspace --bin frontrow-local`);
  const venv = process.env.FRONTROW_VENV ?? `${root}/.frontrow/venv`;
  const flags = ["--port", "0", "--buyers", String(BUYERS), "--venv", venv, "--end-with-stdin"];
  const cloud = spawn(binary, flags, { cwd: root, stdio: ["pipe", "pipe", "inherit"] });
  const ended = new Promise<void>((resolve) => cloud.once("exit", () => resolve()));
  for await (const line of createInterface({ input: cloud.stdout })) {
    const ready = /^ready (http\S+)/.exec(line);
    if (!ready?.[1]) continue;
    process.env.FRONTROW_URL = ready[1];
    cloud.stdout.resume();
    return async () => {
      cloud.stdin.end();
      await ended;
    };
  }
  throw new Error("the local cloud ended before it was ready");
}
