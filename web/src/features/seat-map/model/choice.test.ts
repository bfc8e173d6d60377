import { describe, expect, it } from "vitest";
import { hall, named, places } from "../testing/hall";
import { nearest, neighbours, standing, tapped } from "./choice";
import { placeAt, sectionAt } from "./hit";

function at(seats: ReturnType<typeof hall>, name: string): number {
  return places(seats, name)[0] ?? -1;
}

describe("a tap", () => {
  it("takes neighbours to the right, then to the left, for all who come", () => {
    const seats = hall({ "STALLS-A": "AAAAAAHAAA" });
    expect(named(seats, neighbours(seats, at(seats, "STALLS-A-2"), 3))).toEqual([
      "STALLS-A-2",
      "STALLS-A-3",
      "STALLS-A-4",
    ]);
    expect(named(seats, neighbours(seats, at(seats, "STALLS-A-6"), 3))).toEqual([
      "STALLS-A-4",
      "STALLS-A-5",
      "STALLS-A-6",
    ]);
  });

  it("takes one place where there is no room for all", () => {
    const seats = hall({ "STALLS-A": "AAHAAAAAAA" });
    expect(named(seats, neighbours(seats, at(seats, "STALLS-A-1"), 3))).toEqual(["STALLS-A-1"]);
  });

  it("completes a choice, then begins anew, and leaves a chosen place", () => {
    const seats = hall();
    seats.choose(tapped(seats, at(seats, "STALLS-B-1"), 2));
    expect(named(seats, seats.chosen)).toEqual(["STALLS-B-1", "STALLS-B-2"]);
    seats.choose(tapped(seats, at(seats, "STALLS-B-2"), 2));
    expect(named(seats, seats.chosen)).toEqual(["STALLS-B-1"]);
    seats.choose(tapped(seats, at(seats, "STALLS-C-9"), 2));
    expect(named(seats, seats.chosen)).toEqual(["STALLS-B-1", "STALLS-C-9"]);
    seats.choose(tapped(seats, at(seats, "STALLS-A-9"), 2));
    expect(named(seats, seats.chosen)).toEqual(["STALLS-A-9", "STALLS-A-10"]);
  });

  it("hits the place under it, and none between sections", () => {
    const { plan } = hall();
    for (let place = 0; place < 39; place++) {
      const { x, y } = plan.centre(place);
      expect(placeAt(plan, x, y)).toBe(place);
    }
    expect(placeAt(plan, 0, 6)).toBeUndefined();
    expect(sectionAt(plan, 0, 12)?.code).toBe("FLOOR");
    expect(placeAt(plan, 0, 12)).toBeUndefined();
  });
});

describe("the nearest offer", () => {
  it("is the next free neighbours of the same row", () => {
    const seats = hall({ "STALLS-B": "AAHHAAAAAA" });
    expect(named(seats, nearest(seats, places(seats, "STALLS-B-3", "STALLS-B-4")))).toEqual([
      "STALLS-B-5",
      "STALLS-B-6",
    ]);
  });

  it("stays beside what is still chosen", () => {
    const seats = hall({ "STALLS-B": "AAAAAHAAAA" });
    seats.choose(places(seats, "STALLS-B-5"));
    expect(named(seats, nearest(seats, places(seats, "STALLS-B-6")))).toEqual(["STALLS-B-4"]);
  });

  it("never offers what is chosen, held or standing", () => {
    const seats = hall({
      "STALLS-A": "H".repeat(10),
      "STALLS-B": "H".repeat(10),
      "STALLS-C": "HHHHHHHHHA",
      "CIRCLE-A": "HHHH",
    });
    seats.choose(places(seats, "STALLS-C-10"));
    expect(
      named(seats, nearest(seats, places(seats, "STALLS-A-1", "STALLS-A-2"))).map((name) => name.slice(0, 8)),
    ).toEqual(["CIRCLE-B", "CIRCLE-B"]);
  });

  it("is single places where no neighbours are left, and nothing in a full hall", () => {
    const odd = "AHAHAHAHAH";
    const seats = hall({ "STALLS-A": odd, "STALLS-B": odd, "STALLS-C": odd, "CIRCLE-A": "BBBB", "CIRCLE-B": "BBBBB" });
    expect(named(seats, nearest(seats, places(seats, "STALLS-B-2", "STALLS-B-4")))).toHaveLength(2);
    const full = hall(Object.fromEntries(["STALLS-A", "STALLS-B", "STALLS-C"].map((row) => [row, "B".repeat(10)])));
    full.takeBlocks([{ section: "CIRCLE", row: "A", first: 1, states: "BBBB", version: 1 }], Number.MAX_SAFE_INTEGER);
    full.takeBlocks([{ section: "CIRCLE", row: "B", first: 1, states: "BBBBB", version: 1 }], Number.MAX_SAFE_INTEGER);
    expect(nearest(full, places(full, "STALLS-A-1"))).toEqual([]);
  });

  it("is another place of the same area for those who stand", () => {
    const seats = hall({ "FLOOR-0": `HH${"A".repeat(18)}` });
    const offer = nearest(seats, places(seats, "FLOOR-0-1", "FLOOR-0-2"));
    expect(offer).toHaveLength(2);
    expect(offer.every((place) => seats.isFree(place) && seats.plan.isStanding(place))).toBe(true);
  });
});

describe("a standing area", () => {
  it("gives as many places as asked for, and keeps what is chosen elsewhere", () => {
    const seats = hall();
    const area = seats.plan.sections[2];
    if (!area) throw new Error("the hall has a floor");
    seats.choose(places(seats, "STALLS-A-1"));
    seats.choose(standing(seats, area, 3, () => 0.95));
    expect(seats.chosen).toHaveLength(4);
    const three = seats.chosen;
    seats.choose(standing(seats, area, 2));
    expect(seats.chosen).toEqual(three.slice(0, 3));
    seats.choose(standing(seats, area, 50));
    expect(seats.chosen).toHaveLength(21);
  });
});
