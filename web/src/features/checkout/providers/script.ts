/** Longer than this nobody waits for a provider's script. */
const LOADING_MS_MAX = 15_000;

const loading = new Map<string, Promise<void>>();

/** Fetches a provider's own script, once. Rejects if it is blocked, fails or takes too long; a later call tries again. */
export function loadScript(src: string): Promise<void> {
  const known = loading.get(src);
  if (known) return known;
  const element = document.createElement("script");
  const loaded = new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${src} takes too long`)), LOADING_MS_MAX);
    element.onload = () => {
      clearTimeout(timer);
      resolve();
    };
    element.onerror = () => {
      clearTimeout(timer);
      reject(new Error(`${src} cannot be loaded`));
    };
  });
  loaded.catch(() => {
    element.remove();
    loading.delete(src);
  });
  element.src = src;
  element.async = true;
  document.head.append(element);
  loading.set(src, loaded);
  return loaded;
}
