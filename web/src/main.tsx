import "./styles/index.css";
import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode, startTransition } from "react";
import { createRoot } from "react-dom/client";
import { createBrowserRouter, RouterProvider } from "react-router";
import { forgetAtSignOut } from "./app/forget-at-sign-out";
import { routes } from "./app/routes";
import { loadConfig } from "./lib/config";
import { startI18n } from "./lib/i18n";
import { queryClient } from "./lib/query";
import { startSession } from "./lib/session";

// The first page's code is fetched beside its words and settings, not after them.
const router = createBrowserRouter(routes);
void start();

// No `await` outside a function: pages import from this file's chunk, and would wait for it while it waits for them.
async function start(): Promise<void> {
  await Promise.all([loadConfig(), startI18n()]);
  forgetAtSignOut();
  startSession();
  await firstPage();
  const root = document.getElementById("root");
  if (!root) throw new Error("index.html has a root");
  // A transition is drawn in slices: a slow phone answers to taps between them.
  startTransition(() =>
    createRoot(root).render(
      <StrictMode>
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </StrictMode>,
    ),
  );
}

/** Resolves when the first page can be drawn. Until then people see what `index.html` holds. */
function firstPage(): Promise<void> {
  return new Promise((resolve) => {
    if (router.state.initialized) return resolve();
    const stop = router.subscribe(({ initialized }) => {
      if (!initialized) return;
      stop();
      resolve();
    });
  });
}
