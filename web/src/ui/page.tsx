import { type ReactNode, useEffect } from "react";
import { classes } from "@/lib/classes";

/** A page's frame: its title is the document's title too, and takes the focus when one comes here from another page. */
export function Page({
  title,
  heading,
  lead,
  actions,
  narrow = false,
  className,
  children,
}: {
  title: string;
  heading?: ReactNode;
  lead?: ReactNode;
  actions?: ReactNode;
  narrow?: boolean;
  className?: string;
  children: ReactNode;
}) {
  useTitle(title);
  return (
    <div className={classes("mx-auto w-full px-4 py-6 sm:px-6 sm:py-8", narrow ? "max-w-xl" : "max-w-6xl", className)}>
      {heading !== null && (
        <header className="mb-6 flex flex-wrap items-end justify-between gap-4">
          <div className="min-w-0">
            <h1 tabIndex={-1} className="text-3xl font-extrabold outline-none sm:text-4xl">
              {heading ?? title}
            </h1>
            {lead && <div className="mt-2 text-muted">{lead}</div>}
          </div>
          {actions && <div className="flex flex-wrap gap-3">{actions}</div>}
        </header>
      )}
      {children}
    </div>
  );
}

/** The title of the tab. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = title === "Frontrow" ? title : `${title} · Frontrow`;
  }, [title]);
}
