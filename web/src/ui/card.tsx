import type { ComponentProps } from "react";
import { classes } from "@/lib/classes";

/** A surface that lies on the page. */
export function Card({ className, ...rest }: ComponentProps<"div">) {
  return <div className={classes("rounded-3xl border border-line bg-surface p-5 shadow-soft", className)} {...rest} />;
}
