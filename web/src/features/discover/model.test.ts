import { describe, expect, it } from "vitest";
import {
  byDay,
  namedDates,
  readFilters,
  saleState,
  setFilters,
  toSearch,
  variety,
  without,
  writeFilters,
} from "./model";

const read = (query: string) => readFilters(new URLSearchParams(query));

describe("filters", () => {
  it("survive the way through the address", () => {
    const filters = { category: "COMEDY", city: "Pune", from: "2026-11-28", to: "2026-11-29", maxPrice: 800 } as const;
    expect(readFilters(writeFilters(filters))).toEqual(filters);
    expect(setFilters(filters)).toEqual(["category", "city", "dates", "maxPrice"]);
  });

  it("ignore what makes no sense", () => {
    expect(read("category=OPERA&from=tomorrow&to=2026-02-31x&max=-5&city=%20")).toEqual({});
    expect(read("from=2026-12-02&to=2026-12-01")).toEqual({ from: "2026-12-02" });
    expect(read("max=99999999999")).toEqual({});
  });

  it("are taken away one by one", () => {
    const filters = read("category=COMEDY&city=Pune&from=2026-11-28&to=2026-11-29");
    expect(without(filters, "dates")).toEqual({ category: "COMEDY", city: "Pune" });
    expect(without(filters, "city")).not.toHaveProperty("city");
  });

  it("ask for prices in minor units", () => {
    expect(toSearch(read("max=800"))).toMatchObject({ maxPrice: 80_000 });
  });
});

describe("dates with a name", () => {
  it("know the weekend from every day of the week", () => {
    const weekend = (day: string) => namedDates(new Date(`${day}T15:00:00`)).find(({ name }) => name === "weekend");
    expect(weekend("2026-11-23")).toMatchObject({ from: "2026-11-28", to: "2026-11-29" });
    expect(weekend("2026-11-28")).toMatchObject({ from: "2026-11-28", to: "2026-11-29" });
    expect(weekend("2026-11-29")).toMatchObject({ from: "2026-11-29", to: "2026-11-29" });
  });
});

describe("variety", () => {
  it("takes turns among the categories and never more than there are", () => {
    const events = ["A", "A", "A", "B", "C"].map((category, index) => ({ category, index }));
    expect(variety(events, 4).map(({ category }) => category)).toEqual(["A", "B", "C", "A"]);
    expect(variety(events, 9)).toHaveLength(5);
    expect(variety([], 3)).toEqual([]);
  });
});

describe("a show", () => {
  const show = { status: "PUBLISHED", startsAt: "2026-11-28T14:00:00Z" } as const;
  const at = (time: string) => Date.parse(time);

  it("is on sale between opening and closing", () => {
    const windowed = { ...show, salesOpenAt: "2026-11-20T00:00:00Z", salesCloseAt: "2026-11-28T12:00:00Z" };
    expect(saleState(windowed, at("2026-11-19T23:59:59Z"))).toEqual({ state: "opens", at: windowed.salesOpenAt });
    expect(saleState(windowed, at("2026-11-20T00:00:00Z"))).toEqual({ state: "on-sale" });
    expect(saleState(windowed, at("2026-11-28T12:00:00Z"))).toEqual({ state: "closed" });
    expect(saleState(show, at("2026-11-28T14:00:00Z"))).toEqual({ state: "over" });
    expect(saleState({ ...show, status: "CANCELLED" }, at("2026-11-01T00:00:00Z"))).toEqual({ state: "cancelled" });
  });

  it("belongs to the day on the venue's calendar", () => {
    const late = { startsAt: "2026-11-28T20:00:00Z", timeZone: "Asia/Kolkata" } as Parameters<typeof byDay>[0][number];
    const early = { startsAt: "2026-11-28T14:00:00Z", timeZone: "Asia/Kolkata" } as typeof late;
    expect(byDay([late, early]).map(({ day }) => day)).toEqual(["2026-11-28", "2026-11-29"]);
  });
});
