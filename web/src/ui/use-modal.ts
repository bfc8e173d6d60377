import { type RefObject, useEffect } from "react";

/** Opens and closes a dialog, modal, as `open` says. */
export function useModal(element: RefObject<HTMLDialogElement | null>, open: boolean): void {
  useEffect(() => {
    const dialog = element.current;
    if (!dialog || dialog.open === open) return;
    if (open) dialog.showModal();
    else dialog.close();
  }, [element, open]);
}
