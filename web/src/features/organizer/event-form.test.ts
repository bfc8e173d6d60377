import { describe, expect, it } from "vitest";
import type { OwnEvent } from "@/api/own-events";
import {
  bodyOf,
  changes,
  type EventForm,
  emptyEvent,
  emptyShow,
  eventSchema,
  fieldOf,
  formOf,
  repeated,
  type ShowForm,
  tagsOf,
} from "./event-form";

const NOW = Date.parse("2026-11-01T00:00:00Z");
const venue = {
  venueId: "ven_1",
  name: "Hall",
  city: "Pune",
  timeZone: "Asia/Kolkata",
  priceLevels: ["BACK", "FRONT"],
};

function show(given: Partial<ShowForm> = {}): ShowForm {
  return { ...emptyShow(), venue, startsAt: "2026-11-28T19:30", prices: { FRONT: "500", BACK: "250.50" }, ...given };
}

function event(given: Partial<EventForm> = {}): EventForm {
  return { ...emptyEvent(), title: "Opera", shows: [show()], ...given };
}

/** What is wrong, as `field: why`. */
function wrongs(form: EventForm): string[] {
  const read = eventSchema(() => NOW).safeParse(form);
  return (read.error?.issues ?? []).map(({ path, message }) => `${path.join(".")}: ${message}`);
}

describe("the form of an event", () => {
  it("is sent in UTC and in minor units", () => {
    expect(wrongs(event())).toEqual([]);
    const body = bodyOf(event({ tags: " opera, ,opera,storm " }));
    expect(body.tags).toEqual(["opera", "storm"]);
    expect(body.shows).toEqual([
      {
        venueId: "ven_1",
        startsAt: "2026-11-28T14:00:00Z",
        prices: { FRONT: { amount: 50_000, currency: "INR" }, BACK: { amount: 25_050, currency: "INR" } },
        seatLimit: 6,
        holdSeconds: 600,
      },
    ]);
  });

  it("comes back from the server as it was typed", () => {
    const typed = event({ shows: [show({ salesOpenAt: "2026-11-20T10:00", salesCloseAt: "2026-11-28T18:00" })] });
    const sent = bodyOf(typed);
    const shows = sent.shows.map((one) => ({
      ...one,
      venueName: "Hall",
      city: "Pune",
      timeZone: "Asia/Kolkata",
      showId: "show_1",
    }));
    const back = formOf({ ...sent, tags: [], shows } as unknown as OwnEvent);
    expect(back).toEqual(typed);
  });

  it("says of every field what is wrong with it", () => {
    expect(wrongs(event({ title: " " }))).toEqual(["title: required"]);
    expect(wrongs(event({ title: "x".repeat(201) }))).toEqual(["title: tooLong"]);
    expect(wrongs(event({ tags: Array.from({ length: 11 }, (_, n) => `t${n}`).join() }))).toEqual([
      "tags: tooManyTags",
    ]);
    expect(wrongs(event({ shows: [] }))).toEqual(["shows: noShows"]);
    expect(wrongs(event({ shows: Array.from({ length: 61 }, () => show()) }))).toEqual(["shows: tooManyShows"]);
    const one = (given: Partial<ShowForm>) => wrongs(event({ shows: [show(given)] }));
    expect(one({ venue: null })).toEqual(["shows.0.venue: noVenue"]);
    expect(one({ startsAt: "" })).toEqual(["shows.0.startsAt: noTime"]);
    expect(one({ startsAt: "2026-10-28T19:30" })).toEqual(["shows.0.startsAt: past"]);
    expect(one({ startsAt: "2029-10-28T19:30" })).toEqual(["shows.0.startsAt: tooFar"]);
    expect(one({ salesCloseAt: "2026-11-28T19:31" })).toEqual(["shows.0.salesCloseAt: afterStart"]);
    expect(one({ salesOpenAt: "2026-11-28T19:30" })).toEqual(["shows.0.salesOpenAt: order"]);
    expect(one({ prices: { FRONT: "500", BACK: "-1" } })).toEqual(["shows.0.prices.BACK: amount"]);
    expect(one({ prices: { FRONT: "500.505", BACK: "1" } })).toEqual(["shows.0.prices.FRONT: amount"]);
    for (const seatLimit of ["", "0", "21", "1.5"])
      expect(one({ seatLimit })).toEqual(["shows.0.seatLimit: seatLimit"]);
    for (const holdMinutes of ["", "0", "30.1", "x"])
      expect(one({ holdMinutes })).toEqual(["shows.0.holdMinutes: holdMinutes"]);
  });

  it("refuses times that the venue's clocks jump over", () => {
    const london = { ...venue, timeZone: "Europe/London" };
    expect(wrongs(event({ shows: [show({ venue: london, startsAt: "2027-03-28T01:30" })] }))).toEqual([
      "shows.0.startsAt: gap",
    ]);
  });

  it("sends only what differs", () => {
    const before = bodyOf(event());
    expect(changes(before, bodyOf(event({ title: "Operetta" })))).toEqual({ title: "Operetta" });
    expect(changes(before, before)).toEqual({});
    expect(Object.keys(changes(before, bodyOf(event({ shows: [show({ seatLimit: "4" })] }))))).toEqual(["shows"]);
  });

  it("finds the field that a pointer means", () => {
    expect(fieldOf("/title")).toBe("title");
    expect(fieldOf("/tags/3")).toBe("tags");
    expect(fieldOf("/shows")).toBe("shows");
    expect(fieldOf("/shows/2/venueId")).toBe("shows.2.venue");
    expect(fieldOf("/shows/2/holdSeconds")).toBe("shows.2.holdMinutes");
    expect(fieldOf("/shows/2/prices/FRONT/amount")).toBe("shows.2.prices.FRONT");
    expect(fieldOf("/header/idempotency-key")).toBeUndefined();
  });

  it("repeats a show at the same time of day, over a change of clocks too", () => {
    const more = repeated(show({ startsAt: "2027-03-27T19:30", salesCloseAt: "2027-03-27T18:00" }), 1, 2);
    expect(more.map(({ startsAt, salesCloseAt }) => [startsAt, salesCloseAt])).toEqual([
      ["2027-03-28T19:30", "2027-03-28T18:00"],
      ["2027-03-29T19:30", "2027-03-29T18:00"],
    ]);
    expect(tagsOf(" a,b , a")).toEqual(["a", "b"]);
  });
});
