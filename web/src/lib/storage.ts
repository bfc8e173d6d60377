/** Reads and writes a storage that may be forbidden or full: what is kept there is a comfort, and nothing may fail without it. */
function safely(storage: () => Storage) {
  return {
    /** What is kept under this key; null if nothing is. */
    read(key: string): string | null {
      try {
        return storage().getItem(key);
      } catch {
        return null;
      }
    },
    write(key: string, value: string): void {
      try {
        storage().setItem(key, value);
      } catch {
        // It is known until the page is closed.
      }
    },
    remove(key: string): void {
      try {
        storage().removeItem(key);
      } catch {
        // Nothing was kept.
      }
    },
    keys(): string[] {
      try {
        return Object.keys(storage());
      } catch {
        return [];
      }
    },
  };
}

/** Kept on this device. */
export const deviceStorage = safely(() => localStorage);
/** Kept until the tab is closed. */
export const tabStorage = safely(() => sessionStorage);
