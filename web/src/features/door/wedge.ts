/** Scanners that act as keyboards are faster, but a busy phone hands their keys on late. */
const BETWEEN_KEYS_MAX_MS = 250;
/** Fewer keys in a row may be somebody's fingers on a button. */
const BURST_CHARACTERS_MIN = 4;
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
    return { mine: this.text.length >= BURST_CHARACTERS_MIN };
  }
}
