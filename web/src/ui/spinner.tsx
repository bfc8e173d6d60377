import { classes } from "@/lib/classes";

/** Something is under way. Silent: whoever shows it says in words what for. */
export function Spinner({ className }: { className?: string }) {
  return (
    <span
      aria-hidden
      className={classes(
        "inline-block size-5 animate-spin rounded-full border-2 border-current border-r-transparent",
        className,
      )}
    />
  );
}
