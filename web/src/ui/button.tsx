import type { ComponentProps } from "react";
import { Link, type LinkProps } from "react-router";
import { classes } from "@/lib/classes";
import { Spinner } from "./spinner";

const base =
  "inline-flex items-center justify-center gap-2 rounded-xl font-semibold transition-colors select-none disabled:opacity-55 aria-disabled:opacity-55 [&_svg]:size-[1.15em] [&_svg]:shrink-0";
const kinds = {
  primary: "bg-velvet text-on-velvet hover:bg-velvet-strong",
  stage: "bg-marigold text-on-marigold hover:brightness-95",
  secondary: "border border-edge bg-surface text-ink hover:bg-raised",
  quiet: "text-ink hover:bg-raised",
  danger: "border border-bad bg-surface text-bad hover:bg-bad-soft",
};
const sizes = {
  small: "min-h-9 px-3 text-sm",
  medium: "min-h-11 px-4",
  large: "min-h-13 px-6 text-lg",
  icon: "size-11",
};

interface Look {
  kind?: keyof typeof kinds | undefined;
  size?: keyof typeof sizes | undefined;
  /** As wide as what it lies in. */
  wide?: boolean | undefined;
}

function look({ kind = "primary", size = "medium", wide = false }: Look): string {
  return classes(base, kinds[kind], sizes[size], wide && "w-full");
}

/** A button. While `busy` it takes no second press, but keeps its focus and its width. */
export function Button({
  kind,
  size,
  wide,
  busy = false,
  className,
  children,
  onClick,
  type = "button",
  ...rest
}: ComponentProps<"button"> & Look & { busy?: boolean }) {
  return (
    <button
      type={type}
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      onClick={(event) => (busy ? event.preventDefault() : onClick?.(event))}
      className={classes(look({ kind, size, wide }), "relative", className)}
      {...rest}
    >
      {busy && (
        <span className="absolute inset-0 grid place-items-center">
          <Spinner />
        </span>
      )}
      <span className={classes("inline-flex items-center gap-2", busy && "opacity-0")}>{children}</span>
    </button>
  );
}

/** A link that looks like a button. */
export function ButtonLink({ kind, size, wide, className, ...rest }: LinkProps & Look) {
  return <Link className={classes(look({ kind, size, wide }), className)} {...rest} />;
}
