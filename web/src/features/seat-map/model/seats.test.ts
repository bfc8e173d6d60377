import { describe, expect, it, vi } from "vitest";
import { hall, named, places, snapshot } from "../testing/hall";
import { ECHO_MS, FREE, HELD, SOLD } from "./seats";

const AS_OF = Date.parse("2026-11-21T12:00:00Z");
const block = (states: string, version: number) => ({ section: "STALLS", row: "A", first: 1, states, version });

describe("the plan", () => {
  it("numbers every place, and finds it again by its name", () => {
    const { plan } = hall();
    expect(plan.places).toBe(59);
    for (let place = 0; place < plan.places; place++) expect(plan.place(plan.seat(place))).toBe(place);
    for (const none of ["STALLS-A-11", "STALLS-A-0", "STALLS-Z-1", "PIT-A-1", "", "STALLS-A"])
      expect(plan.place(none), none).toBeUndefined();
  });

  it("puts the dearest level first", () => {
    expect(hall().plan.levels.map(({ level }) => level)).toEqual(["FRONT", "BACK", "FLOOR"]);
  });
});

describe("seats", () => {
  it("knows how the places stand and what is left of each section", () => {
    const seats = hall({ "STALLS-A": "AHBXAAAAAA", "FLOOR-0": "B".repeat(20) });
    const [free = 0, held = 0, sold = 0] = places(seats, "STALLS-A-1", "STALLS-A-2", "STALLS-A-3");
    expect([seats.states[free], seats.states[held], seats.states[sold]]).toEqual([FREE, HELD, SOLD]);
    expect(seats.left).toEqual([27, 9, 0]);
  });

  it("hears of a block whatever the order of its messages", () => {
    const seats = hall();
    seats.takeBlocks([block("HHAAAAAAAA", 3)], AS_OF + 1);
    seats.takeBlocks([block("AAAAAAAAAA", 2)], AS_OF + 2);
    seats.takeBlocks([block("AAAAAAAAAA", 3)], AS_OF + 3);
    expect(seats.left[0]).toBe(28);
    seats.takeBlocks([block("AAAAAAAAAA", 4)], AS_OF + 4);
    expect(seats.left[0]).toBe(30);
  });

  it("keeps what it heard after a snapshot was taken, and takes newer snapshots", () => {
    const seats = hall();
    seats.takeBlocks([block("HHAAAAAAAA", 1)], AS_OF + 5000);
    seats.takeSnapshot(snapshot({}, "2026-11-21T12:00:04Z"));
    expect(seats.left[0]).toBe(28);
    seats.takeSnapshot(snapshot({}, "2026-11-21T12:00:06Z"));
    expect(seats.left[0]).toBe(30);
  });

  it("tells which places look different, and no others", () => {
    const seats = hall();
    const heard = vi.fn();
    seats.watchPlaces(heard);
    seats.takeBlocks([block("HHAAAAAAAA", 1)], AS_OF + 1);
    seats.takeSnapshot(snapshot({ "STALLS-A": "HHBAAAAAAA" }, "2026-11-21T12:00:06Z"));
    expect(heard.mock.calls).toEqual([[places(seats, "STALLS-A-1", "STALLS-A-2")], [places(seats, "STALLS-A-3")]]);
  });

  it("drops and names a chosen place that goes, and keeps the others", () => {
    const seats = hall();
    seats.choose(places(seats, "STALLS-A-1", "STALLS-A-5"));
    const before = seats.stamp(0);
    seats.takeBlocks([block("HAAAAAAAAA", 1)], AS_OF + 1);
    expect(named(seats, seats.chosen)).toEqual(["STALLS-A-5"]);
    expect(seats.lost).toEqual({ places: places(seats, "STALLS-A-1"), whileHolding: false });
    expect(seats.stamp(0)).not.toBe(before);
  });

  it("never chooses what is not free", () => {
    const seats = hall({ "STALLS-A": "HAAAAAAAAA" });
    seats.choose(places(seats, "STALLS-A-1", "STALLS-A-2", "STALLS-A-2"));
    expect(named(seats, seats.chosen)).toEqual(["STALLS-A-2"]);
  });

  it("does not take the caller's own hold for a loss", () => {
    const seats = hall();
    const mine = places(seats, "STALLS-A-1", "STALLS-A-2");
    seats.choose(mine);
    seats.setOwn(mine, AS_OF + 1);
    seats.takeBlocks([block("HHAAAAAAAA", 1)], AS_OF + 2);
    expect([seats.own, seats.chosen, seats.lost]).toEqual([mine, [], undefined]);
  });

  it("has places that were given back free and chosen, even if an older snapshot says otherwise", () => {
    const seats = hall();
    const mine = places(seats, "STALLS-A-1");
    seats.setOwn(mine, AS_OF + 1000);
    seats.giveBack(AS_OF + 5000);
    seats.takeSnapshot(snapshot({ "STALLS-A": "HAAAAAAAAA" }, "2026-11-21T12:00:03Z"));
    expect([seats.own, seats.chosen, seats.lost]).toEqual([[], mine, undefined]);
  });

  it("does not take the echo of the own hold for somebody else's, but hears of others after it", () => {
    const seats = hall();
    const mine = places(seats, "STALLS-A-1", "STALLS-A-2");
    seats.setOwn(mine, AS_OF + 1000);
    seats.giveBack(AS_OF + 2000);
    seats.takeBlocks([block("HHAAAAAAAA", 1)], AS_OF + 2500);
    expect([seats.chosen, seats.lost]).toEqual([mine, undefined]);
    seats.takeBlocks([block("HAAAAAAAAA", 2)], AS_OF + 2000 + ECHO_MS);
    expect(named(seats, seats.lost?.places ?? [])).toEqual(["STALLS-A-1"]);
  });

  it("exchanges a standing place that goes, as long as there are others", () => {
    const seats = hall();
    seats.choose(places(seats, "FLOOR-0-1"));
    seats.takeBlocks([{ section: "FLOOR", row: "0", first: 1, states: "H".repeat(19), version: 1 }], AS_OF + 1);
    expect([named(seats, seats.chosen), seats.lost]).toEqual([["FLOOR-0-20"], undefined]);
    seats.takeBlocks([{ section: "FLOOR", row: "0", first: 20, states: "H", version: 1 }], AS_OF + 1);
    expect(named(seats, seats.lost?.places ?? [])).toEqual(["FLOOR-0-20"]);
  });

  it("names what a refused hold lost", () => {
    const seats = hall();
    seats.choose(places(seats, "STALLS-B-1", "STALLS-B-2"));
    seats.lose(places(seats, "STALLS-B-2"), AS_OF + 1);
    expect(named(seats, seats.chosen)).toEqual(["STALLS-B-1"]);
    expect(seats.lost?.whileHolding).toBe(true);
    expect(seats.left[0]).toBe(29);
  });

  it("restores a choice and names what went meanwhile", () => {
    const seats = hall({ "STALLS-C": "BAAAAAAAAA" });
    seats.restore(places(seats, "STALLS-C-1", "STALLS-C-2"));
    expect(named(seats, seats.chosen)).toEqual(["STALLS-C-2"]);
    expect(named(seats, seats.lost?.places ?? [])).toEqual(["STALLS-C-1"]);
  });
});
