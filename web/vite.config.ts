import { fileURLToPath } from "node:url";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { VitePWA } from "vite-plugin-pwa";
import { defineConfig } from "vitest/config";
import { pwa } from "./pwa.ts";

/** Where `cargo xtask up` answers; `npm run dev` borrows its API. */
const cloud = process.env.FRONTROW_URL ?? "http://127.0.0.1:8080";

/** The letters that every page is set in are asked for with the page, not after its styles: nothing moves when they come. */
const preloadLetters: Plugin = {
  name: "preload-letters",
  transformIndexHtml: {
    order: "post",
    handler: (_, { bundle = {} }) =>
      Object.keys(bundle)
        .filter((file) => /(bricolage|instrument)[^/]*-latin-wght-normal-[^/]*\.woff2$/.test(file))
        .map((file) => ({
          tag: "link",
          injectTo: "head" as const,
          attrs: { rel: "preload", href: `/${file}`, as: "font", type: "font/woff2", crossorigin: "anonymous" },
        })),
  },
};

export default defineConfig({
  plugins: [react(), tailwindcss(), preloadLetters, VitePWA(pwa)],
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
    rolldownOptions: {
      output: {
        // What every page needs is one file: many small ones are larger together, and later.
        codeSplitting: { groups: [{ name: "base", tags: ["$initial"] }] },
      },
    },
  },
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.{ts,tsx}"],
    setupFiles: ["src/testing/setup.ts"],
    restoreMocks: true,
  },
});
