import { useTranslation } from "react-i18next";
import type { Progress } from "../api/events";

/** How far a long piece of work is, show by show. */
export function WorkProgress({ progress: { done, of }, label }: { progress: Progress; label: string }) {
  const { t } = useTranslation("organizer");
  return (
    <div role="status" className="w-full max-w-md">
      <p className="font-semibold">{label}</p>
      <progress className="h-2 w-full accent-velvet" max={of} value={done} aria-label={label} />
      <p className="text-sm text-muted">{t("work.shows", { done, of })}</p>
    </div>
  );
}
