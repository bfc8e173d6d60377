import { useEffect } from "react";

/** Asks the browser not to clear away what this device keeps when space runs short. It may say no: then it is kept as long as there is room. */
export function useStorageKept(): void {
  useEffect(() => {
    void askToKeep().catch(() => {});
  }, []);
}

async function askToKeep(): Promise<void> {
  if (!navigator.storage?.persist || (await navigator.storage.persisted())) return;
  await navigator.storage.persist();
}
