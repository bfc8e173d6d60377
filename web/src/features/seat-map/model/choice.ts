import type { PlanSection } from "./plan";
import type { Seats } from "./seats";

/** A row away is further than a seat away: people who came together talk sideways. */
const ROW_WEIGHT = 3;
/** Another section is further than anything in this one, another price further than any section. */
const SECTION_WEIGHT = 10_000;
const LEVEL_WEIGHT = 1_000_000;
/** Of two that are equally far, the one nearer to the middle of the hall is the better. */
const MIDDLE_WEIGHT = 0.001;

/** A place that is neither taken nor chosen. */
function isOpen(seats: Seats, place: number): boolean {
  return seats.isFree(place) && !seats.chosen.includes(place);
}

/** `count` neighbours with this place among them, to its right if they can be; only itself if there are no such. */
export function neighbours(seats: Seats, place: number, count: number): number[] {
  const row = seats.plan.row(place);
  let [begin, end] = [place, place + 1];
  while (end < row.first + row.places && end - begin < count && isOpen(seats, end)) end++;
  while (begin > row.first && end - begin < count && isOpen(seats, begin - 1)) begin--;
  return end - begin < count ? [place] : range(begin, end);
}

/** What a tap on the map chooses: as many as the party still needs; a complete choice begins anew there. */
export function tapped(seats: Seats, place: number, party: number): number[] {
  if (seats.chosen.includes(place)) return seats.chosen.filter((one) => one !== place);
  const complete = seats.chosen.length >= party;
  const kept = complete ? [] : seats.chosen;
  const open = complete ? party : party - kept.length;
  return [...kept, ...neighbours(seats, place, open)];
}

/** Exactly `count` places of a standing area beside what is chosen elsewhere. Those who choose at once get different ones. */
export function standing(seats: Seats, area: PlanSection, count: number, random = Math.random): number[] {
  const inside = (place: number) => place >= area.first && place < area.first + area.places;
  const kept = seats.chosen.filter(inside).slice(0, count);
  const free = seats.freeIn(area).filter((place) => !kept.includes(place));
  const more = clockwise(free, Math.floor(random() * free.length)).slice(0, count - kept.length);
  return [...seats.chosen.filter((place) => !inside(place)), ...kept, ...more];
}

/**
 * As many free places as were lost, as near as can be to them and to what is still chosen: neighbours in one row if there are such, of the
 * same price first. Fewer if there are no more.
 */
export function nearest(seats: Seats, lost: readonly number[]): number[] {
  const [first] = lost;
  if (first === undefined) return [];
  const area = seats.plan.section(first);
  if (area.standing)
    return clockwise(seats.freeIn(area), lost.length)
      .filter((place) => isOpen(seats, place))
      .slice(0, lost.length);
  const away = distance(seats, lost);
  return nearestRun(seats, lost.length, away) ?? nearestEach(seats, lost.length, away);
}

function distance(seats: Seats, lost: readonly number[]): (place: number, count: number) => number {
  const { plan } = seats;
  const around = [...lost, ...seats.chosen.filter((place) => !plan.isStanding(place))].map((place) =>
    plan.centre(place),
  );
  const x = around.reduce((sum, point) => sum + point.x, 0) / around.length;
  const y = around.reduce((sum, point) => sum + point.y, 0) / around.length;
  const home = plan.section(lost[0] ?? 0);
  return (place, count) => {
    const section = plan.section(place);
    const point = plan.centre(place);
    const middle = point.x + (count - 1) / 2;
    return (
      Math.abs(middle - x) +
      MIDDLE_WEIGHT * Math.abs(middle) +
      ROW_WEIGHT * Math.abs(point.y - y) +
      (section.index === home.index ? 0 : SECTION_WEIGHT) +
      (section.level === home.level ? 0 : LEVEL_WEIGHT)
    );
  };
}

function nearestRun(seats: Seats, count: number, away: (place: number, count: number) => number): number[] | undefined {
  let best: { begin: number; cost: number } | undefined;
  for (const row of seats.plan.rows) {
    if (seats.plan.sections[row.section]?.standing) continue;
    let run = 0;
    for (let place = row.first; place < row.first + row.places; place++) {
      run = isOpen(seats, place) ? run + 1 : 0;
      if (run < count) continue;
      const begin = place - count + 1;
      const cost = away(begin, count);
      if (!best || cost < best.cost) best = { begin, cost };
    }
  }
  return best && range(best.begin, best.begin + count);
}

function nearestEach(seats: Seats, count: number, away: (place: number, count: number) => number): number[] {
  const free: { place: number; cost: number }[] = [];
  for (const section of seats.plan.sections)
    if (!section.standing)
      for (const place of seats.freeIn(section)) if (isOpen(seats, place)) free.push({ place, cost: away(place, 1) });
  return free
    .sort((a, b) => a.cost - b.cost)
    .slice(0, count)
    .map(({ place }) => place);
}

/** The list from somewhere in it, around to there. */
function clockwise<T>(list: readonly T[], from: number): T[] {
  const begin = list.length > 0 ? from % list.length : 0;
  return [...list.slice(begin), ...list.slice(0, begin)];
}

function range(begin: number, end: number): number[] {
  return Array.from({ length: end - begin }, (_, offset) => begin + offset);
}
