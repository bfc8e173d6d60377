import type { RouteObject } from "react-router";
import type { Namespace } from "@/lib/i18n";
import { loadNamespaces } from "@/lib/i18n";
import type { Role } from "@/lib/session";
import { mustBeSignedIn } from "./guards";
import { Root } from "./root";
import { RouteProblem } from "./route-problem";

interface RouteFile {
  Component: React.ComponentType;
  loader?: RouteObject["loader"];
}

/** A route whose code and whose words are fetched when somebody goes there. With `roles`, only for those who have one of them. */
function page(
  path: string | undefined,
  namespaces: Namespace[],
  file: () => Promise<RouteFile>,
  roles?: Role[],
): RouteObject {
  const lazy = async () => {
    const [{ Component, loader }] = await Promise.all([file(), loadNamespaces(...namespaces)]);
    const guarded: RouteObject["loader"] = async (args) => {
      if (roles) await mustBeSignedIn(args.request, roles);
      return typeof loader === "function" ? loader(args) : null;
    };
    return { Component, loader: guarded };
  };
  const route = { lazy, ErrorBoundary: RouteProblem };
  return path === undefined ? { index: true, ...route } : { path, ...route };
}

const buyer: Role[] = ["USER"];
const organizer: Role[] = ["ORGANIZER", "ADMIN"];
const admin: Role[] = ["ADMIN"];
const door: Role[] = ["STAFF", "ORGANIZER", "ADMIN"];

/** Every page there is. */
export const routes: RouteObject[] = [
  {
    Component: Root,
    ErrorBoundary: RouteProblem,
    children: [
      page(undefined, ["discover"], () => import("./routes/home")),
      page("events", ["discover"], () => import("./routes/events")),
      page("events/:eventId", ["discover"], () => import("./routes/event")),
      page("shows/:showId", ["seat-map"], () => import("./routes/show")),
      page("shows/:showId/checkout", ["checkout"], () => import("./routes/checkout"), buyer),
      page("bookings", ["tickets"], () => import("./routes/bookings"), buyer),
      page("bookings/:bookingId", ["tickets", "checkout"], () => import("./routes/booking"), buyer),
      page("tickets", ["tickets"], () => import("./routes/tickets"), buyer),
      page("tickets/:ticketId", ["tickets"], () => import("./routes/ticket"), buyer),
      page("profile", ["account"], () => import("./routes/profile"), buyer),
      page("sign-in", ["account"], () => import("./routes/sign-in")),
      page("sign-up", ["account"], () => import("./routes/sign-up")),
      page("confirm", ["account"], () => import("./routes/confirm")),
      page("forgot-password", ["account"], () => import("./routes/forgot-password")),
      page("organizer", ["organizer"], () => import("./routes/organizer"), organizer),
      page("organizer/events/new", ["organizer"], () => import("./routes/organizer-new-event"), organizer),
      page("organizer/events/:eventId", ["organizer"], () => import("./routes/organizer-event"), organizer),
      page("organizer/events/:eventId/edit", ["organizer"], () => import("./routes/organizer-edit-event"), organizer),
      page("admin", ["admin"], () => import("./routes/admin"), admin),
      page("admin/events/:eventId", ["admin"], () => import("./routes/admin-event"), admin),
      page("door", ["door"], () => import("./routes/door"), door),
      page("door/:showId", ["door"], () => import("./routes/door-scanner"), door),
      page("*", [], () => import("./routes/not-found")),
    ],
  },
];
