import type { ReactNode } from "react";

/** Stays at the foot of the window while one writes: whether it is safe, and what to do next. */
export function SaveBar({ status, children }: { status: ReactNode; children: ReactNode }) {
  return (
    <div className="sticky bottom-0 z-10 -mx-4 mt-6 flex flex-wrap items-center justify-between gap-3 border-t border-line bg-paper/95 px-4 py-3 backdrop-blur sm:mx-0 sm:rounded-t-2xl sm:border-x">
      <div className="min-w-0 flex-1 basis-56">{status}</div>
      <div className="flex flex-wrap gap-3">{children}</div>
    </div>
  );
}
