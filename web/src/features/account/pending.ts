/** What the next step of signing in needs and nobody may find: it is in memory alone, and gone with a reload. */
interface Pending {
  email: string;
  password?: string;
  /** The session of a challenge that waits for its code. */
  challenge?: string;
}

let pending: Pending | undefined;

export function remember(step: Pending): void {
  pending = step;
}

export function recall(): Pending | undefined {
  return pending;
}

export function forget(): void {
  pending = undefined;
}
