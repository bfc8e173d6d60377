import { X } from "lucide-react";
import { type ReactNode, useId, useRef } from "react";
import { useTranslation } from "react-i18next";
import { classes } from "@/lib/classes";
import { Button } from "./button";
import { useModal } from "./use-modal";

/**
 * A question that must be answered before anything else: the platform's own modal dialog, which keeps the focus, closes with Escape and
 * makes the rest inert.
 */
export function Dialog({
  open,
  onClose,
  title,
  children,
  actions,
  className,
}: {
  open: boolean;
  onClose: () => void;
  title: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
  className?: string;
}) {
  const { t } = useTranslation();
  const element = useRef<HTMLDialogElement>(null);
  const titleId = useId();

  useModal(element, open);

  return (
    <dialog
      ref={element}
      aria-labelledby={titleId}
      onClose={onClose}
      onPointerDown={(event) => event.target === element.current && element.current?.close()}
      className={classes(
        "m-auto w-[min(34rem,calc(100vw-2rem))] rounded-3xl bg-surface p-0 text-ink shadow-high backdrop:bg-black/55 max-sm:mb-0 max-sm:w-full max-sm:max-w-none max-sm:rounded-b-none",
        className,
      )}
    >
      {open && (
        <div className="flex flex-col gap-4 p-5 sm:p-6">
          <div className="flex items-start justify-between gap-4">
            <h2 id={titleId} className="text-xl font-bold">
              {title}
            </h2>
            <Button
              kind="quiet"
              size="icon"
              className="-mt-2 -mr-2"
              aria-label={t("close")}
              onClick={() => element.current?.close()}
            >
              <X aria-hidden />
            </Button>
          </div>
          {children}
          {actions && <div className="flex flex-wrap justify-end gap-3">{actions}</div>}
        </div>
      )}
    </dialog>
  );
}
