import { fileURLToPath } from "node:url";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { VitePWA } from "vite-plugin-pwa";
import { defineConfig } from "vitest/config";
import { preload } from "./preload.ts";
import { pwa } from "./pwa.ts";

/** Where `cargo xtask up` answers; `npm run dev` borrows its API. */
const cloud = process.env.FRONTROW_URL ?? "http://127.0.0.1:8080";

export default defineConfig({
  plugins: [react(), tailwindcss(), preload, VitePWA(pwa)],
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
        // What pages share comes in few files: many small ones are larger together, and later.
        codeSplitting: {
          groups: [
            { name: "base", tags: ["$initial"], priority: 4 },
            { name: "icons", test: /lucide-react/, minShareCount: 2, priority: 3 },
            {
              name: "shared",
              test: /src\/(api|lib\/(?!zod)|parts|ui)\/|@tanstack|openapi-fetch/,
              minShareCount: 3,
              priority: 2,
            },
            { name: "discover", test: /features\/discover/, priority: 1 },
          ],
        },
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
