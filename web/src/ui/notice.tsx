import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { classes } from "@/lib/classes";

const tones = {
  good: { box: "bg-good-soft text-good", Icon: CircleCheck },
  calm: { box: "bg-calm-soft text-calm", Icon: Info },
  warn: { box: "bg-warn-soft text-warn", Icon: TriangleAlert },
  bad: { box: "bg-bad-soft text-bad", Icon: CircleAlert },
};

/** Something that people must know here and now. `bad` and `warn` are announced at once. */
export function Notice({
  tone = "calm",
  title,
  children,
  action,
  className,
}: {
  tone?: keyof typeof tones;
  title: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
  className?: string;
}) {
  const { box, Icon } = tones[tone];
  return (
    <div
      role={tone === "bad" || tone === "warn" ? "alert" : "status"}
      className={classes("flex flex-wrap items-start gap-x-3 gap-y-2 rounded-2xl p-4", box, className)}
    >
      <Icon aria-hidden className="mt-0.5 size-5 shrink-0" />
      <div className="min-w-0 flex-1 basis-48">
        <p className="font-semibold">{title}</p>
        {children && <div className="text-ink">{children}</div>}
      </div>
      {action}
    </div>
  );
}
