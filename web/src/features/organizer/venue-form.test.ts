import { describe, expect, it } from "vitest";
import { codeOf, emptySection, rowsOf, type VenueForm, venueBody, venueFieldOf, venueSchema } from "./venue-form";

const form: VenueForm = {
  name: "Tin Shed",
  address: "3 Test Lane",
  city: "Nashik",
  region: "IN-MH",
  timeZone: "Asia/Kolkata",
  amenities: "Parking, , Parking",
  sections: [{ ...emptySection(), name: "Hall" }],
};

function wrongs(given: Partial<VenueForm>): string[] {
  const read = venueSchema.safeParse({ ...form, ...given });
  return (read.error?.issues ?? []).map(({ path, message }) => `${path.join(".")}: ${message}`);
}

describe("rows", () => {
  it("are read from a short formula", () => {
    expect(rowsOf("A-C x 20, D x 8")).toEqual([
      { label: "A", seats: 20 },
      { label: "B", seats: 20 },
      { label: "C", seats: 20 },
      { label: "D", seats: 8 },
    ]);
    expect(rowsOf("y–ab × 2")?.map(({ label }) => label)).toEqual(["Y", "Z", "AA", "AB"]);
    expect(rowsOf("9-11 x 1")?.map(({ label }) => label)).toEqual(["9", "10", "11"]);
  });

  it("are refused if they repeat, run backwards, mix letters and digits, or are too many", () => {
    for (const bad of [
      "",
      "A",
      "A-C",
      "A x 0",
      "A x 501",
      "C-A x 2",
      "A-3 x 2",
      "A x 2, A x 3",
      "1-201 x 1",
      "A1-A3 x 4",
    ])
      expect(rowsOf(bad), bad).toBeUndefined();
  });
});

describe("the form of a venue", () => {
  it("says of every field what is wrong with it", () => {
    expect(wrongs({})).toEqual([]);
    expect(wrongs({ name: " " })).toEqual(["name: required"]);
    expect(wrongs({ region: "Goa" })).toEqual(["region: region"]);
    expect(wrongs({ timeZone: "Pune time" })).toEqual(["timeZone: timeZone"]);
    expect(wrongs({ sections: [] })).toEqual(["sections: noSections"]);
    expect(wrongs({ sections: [{ ...emptySection(), name: "Hall", priceLevel: "सोना" }] })).toEqual([
      "sections.0.priceLevel: priceLevel",
    ]);
    const standing = { ...emptySection(), name: "Floor", kind: "standing" as const };
    expect(wrongs({ sections: [{ ...standing, capacity: "20001" }] })).toEqual(["sections.0.capacity: capacity"]);
    expect(wrongs({ sections: Array.from({ length: 7 }, () => ({ ...standing, capacity: "20000" })) })).toEqual([
      "sections: tooManyPlaces",
    ]);
  });

  it("is sent with short names of its own for the sections, no two alike", () => {
    const sections = ["Upper stalls!", "upper STALLS", "बालकनी"].map((name) => ({ ...emptySection(), name }));
    const body = venueBody({ ...form, sections });
    expect(body.sections.map(({ code }) => code)).toEqual(["UPPERSTAL", "UPPERSTAL2", "S"]);
    expect(body.sections[0]?.rows).toHaveLength(10);
    expect(body.amenities).toEqual(["Parking"]);
    expect(codeOf("S", ["S", "S2"])).toBe("S3");
    expect(venueFieldOf("/sections/1/code")).toBe("sections.1.name");
  });
});
