import { classes } from "@/lib/classes";

/** Holds the place of what is being loaded, at its size, so that nothing moves when it comes. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <div aria-hidden data-testid="skeleton" className={classes("animate-pulse rounded-lg bg-raised", className)} />
  );
}
