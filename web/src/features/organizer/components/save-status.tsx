import { CloudAlert, CloudCheck, CloudUpload, HardDrive } from "lucide-react";
import { useTranslation } from "react-i18next";
import { classes } from "@/lib/classes";
import { useProblemText } from "@/parts/problem-notice";
import { Button } from "@/ui/button";
import type { SaveState } from "../use-autosave";

const icons = {
  saved: CloudCheck,
  waiting: CloudUpload,
  saving: CloudUpload,
  unfinished: HardDrive,
  failed: CloudAlert,
};

/** Whether what was typed is safe, and where. */
export function SaveStatus({ state, onRetry }: { state: SaveState; onRetry: () => void }) {
  const { t } = useTranslation(["organizer", "common"]);
  const problemText = useProblemText();
  const Icon = icons[state.is];
  return (
    <div className="flex flex-wrap items-center gap-3">
      <p
        role="status"
        data-testid="save-state"
        data-state={state.is}
        className={classes(
          "flex items-center gap-2 text-sm font-semibold",
          state.is === "saved" && "text-good",
          (state.is === "waiting" || state.is === "saving") && "text-muted",
          state.is === "unfinished" && "text-warn",
          state.is === "failed" && "text-bad",
        )}
      >
        <Icon aria-hidden className="size-5 shrink-0" />
        <span>
          {t(`organizer:save.${state.is}`)}
          {state.is === "failed" && ` ${problemText(state.problem)}`}
        </span>
      </p>
      {state.is === "failed" && (
        <Button kind="secondary" size="small" onClick={onRetry}>
          {t("common:tryAgain")}
        </Button>
      )}
    </div>
  );
}
