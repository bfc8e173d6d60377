import type { ReactNode } from "react";
import { classes } from "@/lib/classes";

export type Tone = "plain" | "good" | "warn" | "bad" | "calm" | "stage";

const tones: Record<Tone, string> = {
  plain: "bg-raised text-ink",
  good: "bg-good-soft text-good",
  warn: "bg-warn-soft text-warn",
  bad: "bg-bad-soft text-bad",
  calm: "bg-calm-soft text-calm",
  stage: "bg-marigold text-on-marigold",
};

/** A word about the state of something. */
export function Badge({
  tone = "plain",
  className,
  children,
}: {
  tone?: Tone;
  className?: string;
  children: ReactNode;
}) {
  return (
    <span
      className={classes(
        "inline-flex items-center gap-1.5 rounded-full px-2.5 py-0.5 text-sm font-semibold [&_svg]:size-4",
        tones[tone],
        className,
      )}
    >
      {children}
    </span>
  );
}
