import "./styles/index.css";
import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
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
await Promise.all([loadConfig(), startI18n()]);
forgetAtSignOut();
startSession();

const root = document.getElementById("root");
if (!root) throw new Error("index.html has a root");
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
);
