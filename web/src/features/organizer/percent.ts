/** `12.5` as hundredths of a percent; undefined if it is no share from 0 to 100. */
export function parsePercent(text: string): number | undefined {
  const match = /^(\d{1,3})(?:[.](\d{1,2}))?$/.exec(text.trim());
  if (!match) return undefined;
  const share = Number(match[1]) * 100 + Number((match[2] ?? "").padEnd(2, "0"));
  return share <= 10_000 ? share : undefined;
}

/** Hundredths of a percent as a form shows them. */
export function percentText(share: number): string {
  return String(share / 100);
}
