import { type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { serverNow } from "@/lib/clock";
import type { Problem } from "@/lib/problem";
import { countdown } from "@/lib/time";
import { ProblemNotice } from "@/parts/problem-notice";
import { useCountdown } from "@/parts/use-countdown";

/** What went wrong with a form, and how long to wait if the server asks for it. */
export function FormProblem({ problem, action }: { problem: Problem | undefined; action?: ReactNode }) {
  const { t } = useTranslation("account");
  const left = useWait(problem);
  if (!problem) return null;
  return (
    <div className="flex flex-col gap-2">
      <ProblemNotice error={problem} action={action} />
      {left > 0 && <p className="text-sm font-semibold tabular-nums">{t("waiting", { left: countdown(left) })}</p>}
    </div>
  );
}

/** How long the server wants nothing more of this, in milliseconds; 0 if it does not mind. */
export function useWait(problem: Problem | undefined): number {
  const [until, setUntil] = useState<string>();
  const seen = useRef<Problem>(undefined);
  useEffect(() => {
    if (problem === seen.current) return;
    seen.current = problem;
    const seconds = problem?.kind === "too-many-requests" ? problem.retryAfterSeconds : undefined;
    setUntil(seconds ? new Date(serverNow() + seconds * 1000).toISOString() : undefined);
  }, [problem]);
  return useCountdown(until);
}
