import { fileURLToPath } from "node:url";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { VitePWA } from "vite-plugin-pwa";
import { defineConfig } from "vitest/config";
import { pwa } from "./pwa.ts";

/** Where `cargo xtask up` answers; `npm run dev` borrows its API. */
const cloud = process.env.FRONTROW_URL ?? "http://127.0.0.1:8080";

/**
 * What every page needs in any case. Left alone, each of these small files that routes share becomes a chunk of its own, and dozens of
 * small chunks are larger than one.
 */
const shell =
  /src\/(ui\/(button|field|notice|page|skeleton|spinner|toast)|lib\/(classes|config|i18n|online|problem|query|session|theme)|parts\/(logo|preferences|problem-notice))\.tsx?$|node_modules\/(lucide-react|clsx|class-variance-authority)\/(?!.*icons)/;

export default defineConfig({
  plugins: [react(), tailwindcss(), VitePWA(pwa)],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  server: {
    host: "127.0.0.1",
    port: 5173,
    proxy: Object.fromEntries(["/v1", "/media", "/_local", "/config.json"].map((path) => [path, { target: cloud }])),
  },
  build: {
    manifest: true,
    target: "es2022",
    sourcemap: true,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 600,
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: "shell", test: shell }] } } },
  },
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.{ts,tsx}"],
    setupFiles: ["src/testing/setup.ts"],
    restoreMocks: true,
  },
});
