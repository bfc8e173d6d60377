/** People do not type so fast; scanners that act as keyboards do. */
const BETWEEN_KEYS_MAX_MS = 80;
/** Fewer keys in a row are somebody's fingers. */
const BURST_CHARACTERS_MIN = 6;
const BURST_CHARACTERS_MAX = 400;

/** A scanner that types: a burst of keys that ends with Enter is a code. */
export class Wedge {
  private text = "";
  private lastAt = Number.NEGATIVE_INFINITY;

  /** Takes a key. `mine` keys belong to a burst and must do nothing else on the page. */
  press(key: string, at: number): { mine: boolean; code?: string } {
    const isBurst = at - this.lastAt <= BETWEEN_KEYS_MAX_MS;
    if (!isBurst) this.text = "";
    if (key === "Enter") {
      const code = this.text;
      this.text = "";
      return isBurst && code.length >= BURST_CHARACTERS_MIN ? { mine: true, code } : { mine: false };
    }
    // Shift and its like come between the characters of a burst.
    if (key.length !== 1) return { mine: false };
    this.lastAt = at;
    this.text = (this.text + key).slice(-BURST_CHARACTERS_MAX);
    return { mine: isBurst };
  }
}
