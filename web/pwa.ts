import type { VitePWAOptions } from "vite-plugin-pwa";

const DAY_SECONDS = 24 * 3600;

/** The app on a home screen, and what of it starts without a network. */
export const pwa: Partial<VitePWAOptions> = {
  // A new version waits until people say so: nobody is reloaded in the middle of a payment.
  registerType: "prompt",
  // Strict CSP: no inline script. `app/update-bar.tsx` registers.
  injectRegister: false,
  includeAssets: [],
  manifest: {
    name: "Frontrow",
    short_name: "Frontrow",
    description: "Pick the exact seats on a live map, and walk in with your phone.",
    id: "/",
    start_url: "/",
    scope: "/",
    display: "standalone",
    background_color: "#fbf8f3",
    theme_color: "#a8123e",
    categories: ["entertainment"],
    icons: [
      { src: "/icons/192.png", sizes: "192x192", type: "image/png" },
      { src: "/icons/512.png", sizes: "512x512", type: "image/png" },
      { src: "/icons/maskable-512.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
      { src: "/favicon.svg", sizes: "any", type: "image/svg+xml" },
    ],
    shortcuts: [{ name: "My tickets", url: "/tickets", icons: [{ src: "/icons/192.png", sizes: "192x192" }] }],
  },
  workbox: {
    // Everything that pages are made of, in the letters that all of them need. Decoders, other scripts' fonts and source maps are fetched by
    // those who need them.
    globPatterns: ["**/*.{js,css,html,svg,webmanifest}", "icons/*.png", "assets/*-latin-wght-normal-*.woff2"],
    globIgnores: ["**/*.map", "**/*.wasm", "assets/anek-*"],
    navigateFallback: "/index.html",
    navigateFallbackDenylist: [/^\/v1\//, /^\/media\//, /^\/_local\//, /^\/config\.json$/],
    cleanupOutdatedCaches: true,
    // The API is in no list: its answers are never kept by the worker. Tickets are kept by the page, per person (`features/tickets/store.ts`).
    runtimeCaching: [
      {
        urlPattern: ({ url, sameOrigin }) => sameOrigin && url.pathname === "/config.json",
        handler: "NetworkFirst",
        options: { cacheName: "config", networkTimeoutSeconds: 3 },
      },
      {
        urlPattern: ({ url, sameOrigin }) => sameOrigin && url.pathname.startsWith("/media/"),
        handler: "CacheFirst",
        options: {
          cacheName: "media",
          expiration: { maxEntries: 80, maxAgeSeconds: 30 * DAY_SECONDS, purgeOnQuotaError: true },
        },
      },
      {
        urlPattern: ({ url, sameOrigin }) => sameOrigin && url.pathname.endsWith(".woff2"),
        handler: "CacheFirst",
        options: { cacheName: "fonts", expiration: { maxEntries: 12, maxAgeSeconds: 365 * DAY_SECONDS } },
      },
      {
        // Whoever scanned once scans without a network, too.
        urlPattern: ({ url, sameOrigin }) => sameOrigin && url.pathname.endsWith(".wasm"),
        handler: "CacheFirst",
        options: { cacheName: "decoders", expiration: { maxEntries: 2, maxAgeSeconds: 365 * DAY_SECONDS } },
      },
    ],
  },
};
