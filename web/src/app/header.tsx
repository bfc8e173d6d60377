import { CircleUser, LogIn, Menu, ScanLine, Shield, Sparkles, Ticket } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Link, NavLink, useLocation } from "react-router";
import { classes } from "@/lib/classes";
import { type Role, useSession } from "@/lib/session";
import { Logo } from "@/parts/logo";

interface Place {
  to: string;
  text: string;
  icon?: ReactNode;
  roles?: Role[];
}

/** More than this are no row on a tablet, whatever the language. */
const PLACES_ON_TABLETS_MAX = 2;

/** Where one can go from everywhere. A disclosure where there is little room, a row elsewhere. */
export function Header() {
  const { t } = useTranslation();
  const session = useSession();
  const { pathname, search } = useLocation();
  const menu = useRef<HTMLDetailsElement>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of page closes the menu
  useEffect(() => {
    if (menu.current) menu.current.open = false;
  }, [pathname]);

  const signedIn = session.state === "signed-in";
  const places: Place[] = [
    { to: "/events", text: t("nav.events"), icon: <Sparkles aria-hidden /> },
    ...(signedIn ? [{ to: "/tickets", text: t("nav.tickets"), icon: <Ticket aria-hidden /> }] : []),
    { to: "/organizer", text: t("nav.organizer"), roles: ["ORGANIZER", "ADMIN"] },
    { to: "/admin", text: t("nav.admin"), icon: <Shield aria-hidden />, roles: ["ADMIN"] },
    { to: "/door", text: t("nav.door"), icon: <ScanLine aria-hidden />, roles: ["STAFF", "ORGANIZER", "ADMIN"] },
  ];
  const allowed = places.filter(({ roles }) => !roles || roles.some((role) => session.roles.includes(role)));
  const many = allowed.length > PLACES_ON_TABLETS_MAX;
  const account: Place = signedIn
    ? { to: "/profile", text: session.name ?? t("nav.profile"), icon: <CircleUser aria-hidden /> }
    : {
        to: `/sign-in${pathname === "/" || pathname.startsWith("/sign-") ? "" : `?next=${encodeURIComponent(pathname + search)}`}`,
        text: t("nav.signIn"),
        icon: <LogIn aria-hidden />,
      };

  const link = (place: Place, className?: string) => (
    <NavLink
      key={place.to}
      to={place.to}
      className={({ isActive }) =>
        classes(
          "flex min-h-11 items-center gap-2 rounded-xl px-3 font-semibold hover:bg-raised [&_svg]:size-5",
          isActive && "text-velvet",
          className,
        )
      }
    >
      {place.icon}
      <span className="max-w-40 truncate">{place.text}</span>
    </NavLink>
  );

  return (
    <header className="sticky top-0 z-40 border-b border-line bg-paper/95 backdrop-blur">
      <div className="mx-auto flex h-16 max-w-6xl items-center gap-2 px-4 sm:px-6">
        <Link
          to="/"
          className="mr-auto flex min-h-11 items-center gap-2.5 font-display text-xl font-extrabold tracking-tight"
        >
          <Logo className="size-9" />
          Frontrow
        </Link>
        <nav aria-label={t("nav.main")} className={classes("hidden items-center", many ? "lg:flex" : "md:flex")}>
          {allowed.map((place) => link(place))}
        </nav>
        <div className={session.state === "unknown" ? "invisible" : "hidden sm:block"}>{link(account)}</div>
        <details ref={menu} className={classes("relative", many ? "lg:hidden" : "md:hidden")}>
          <summary className="grid size-11 list-none place-items-center rounded-xl hover:bg-raised [&::-webkit-details-marker]:hidden">
            <Menu aria-hidden />
            <span className="sr-only">{t("nav.menu")}</span>
          </summary>
          <nav
            aria-label={t("nav.main")}
            className="absolute right-0 mt-2 flex w-64 flex-col rounded-2xl border border-line bg-surface p-2 shadow-high"
          >
            {allowed.map((place) => link(place))}
            {link(account, "sm:hidden")}
          </nav>
        </details>
      </div>
      <div aria-hidden className="footlights h-2" />
    </header>
  );
}
