import { X } from "lucide-react";
import { type ReactNode, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useWakeLock } from "@/lib/use-wake-lock";
import { Button } from "@/ui/button";
import { useModal } from "@/ui/use-modal";
import { useSwipe } from "../use-swipe";
import { type Turn, Turner } from "./turner";

/** Nothing but the code, on white from edge to edge: white lights up the code, and the screen stays awake. */
export function FullScreenCode({
  open,
  onClose,
  title,
  seat,
  turn,
  children,
}: {
  open: boolean;
  onClose: () => void;
  title: string;
  seat: string;
  turn: Turn;
  children: ReactNode;
}) {
  const { t } = useTranslation(["tickets", "common"]);
  const element = useRef<HTMLDialogElement>(null);
  const swipe = useSwipe(turn);
  useWakeLock(open);

  useModal(element, open);

  return (
    <dialog
      ref={element}
      aria-label={title}
      onClose={onClose}
      data-testid="full-screen"
      className="m-0 h-dvh max-h-none w-dvw max-w-none bg-white p-0 text-black"
      {...swipe}
    >
      {open && (
        <div className="flex min-h-full flex-col items-center justify-between gap-4 p-4">
          <div className="flex w-full items-start justify-between gap-4">
            <p className="font-display text-lg font-bold">
              {title}
              <span className="block text-2xl">{seat}</span>
            </p>
            <Button
              kind="secondary"
              size="icon"
              aria-label={t("common:close")}
              onClick={() => element.current?.close()}
            >
              <X aria-hidden />
            </Button>
          </div>
          {children}
          <div className="flex flex-col items-center gap-2">
            <Turner {...turn} />
            <p className="text-center text-sm">{t("ticket.bright")}</p>
          </div>
        </div>
      )}
    </dialog>
  );
}
