import type { Plan, PlanSection } from "./plan";

/** How far beside a place a finger may be, in seats. */
const SLACK = 0.5;

export function sectionAt(plan: Plan, x: number, y: number): PlanSection | undefined {
  return plan.sections.find(
    (section) =>
      x >= section.x - SLACK &&
      x <= section.x + section.width + SLACK &&
      y >= section.y - SLACK &&
      y <= section.y + section.depth + SLACK,
  );
}

/** The place at a point of the plan. */
export function placeAt(plan: Plan, x: number, y: number): number | undefined {
  const section = sectionAt(plan, x, y);
  if (!section || section.standing) return undefined;
  const [row] = [...plan.rowsOf(section)].sort((a, b) => Math.abs(a.y + 0.5 - y) - Math.abs(b.y + 0.5 - y));
  if (!row || Math.abs(row.y + 0.5 - y) > 0.5 + SLACK) return undefined;
  const offset = Math.floor(x - row.x);
  const nearest = Math.min(row.places - 1, Math.max(0, offset));
  return Math.abs(offset - nearest) <= 1 ? row.first + nearest : undefined;
}
