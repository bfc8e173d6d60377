import { classes } from "@/lib/classes";

/** How much of something is sold and held. For the eye only: the figures stand beside it. */
export function SoldBar({
  counts: { capacity, booked, held },
  className,
}: {
  counts: { capacity: number; booked: number; held: number };
  className?: string;
}) {
  const share = (count: number) => `${capacity > 0 ? (count / capacity) * 100 : 0}%`;
  return (
    <span aria-hidden className={classes("flex w-full overflow-hidden rounded-full bg-raised", className)}>
      <span className="bg-velvet" style={{ width: share(booked) }} />
      <span className="bg-marigold" style={{ width: share(held) }} />
    </span>
  );
}
