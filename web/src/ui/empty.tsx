import type { ReactNode } from "react";

/** Nothing is here, and what to do about it. */
export function Empty({
  icon,
  title,
  heading: Heading = "h2",
  children,
  action,
}: {
  icon?: ReactNode;
  title: ReactNode;
  /** `h1` where this is all there is on the page. */
  heading?: "h1" | "h2";
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="flex flex-col items-center gap-3 rounded-3xl border-2 border-dashed border-line px-6 py-12 text-center">
      {icon && <div className="text-velvet [&_svg]:size-10">{icon}</div>}
      <Heading tabIndex={-1} className="text-xl font-bold outline-none">
        {title}
      </Heading>
      {children && <div className="max-w-prose text-muted">{children}</div>}
      {action}
    </div>
  );
}
