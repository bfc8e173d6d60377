import { describe, expect, it } from "vitest";
import { calendarFile } from "./calendar";

const entry = {
  uid: "show_1@frontrow",
  title: "Raga, at dusk; live",
  startsAt: "2026-11-28T19:30:00+05:30",
  place: "Opera House, Mumbai",
  notes: "Row A, seat 3\nBooking FR-1\\2",
  url: "https://tickets.example/bookings/book_1",
};
const file = (change = {}) => calendarFile({ ...entry, ...change }, new Date("2026-11-21T10:00:00.123Z"));

describe("a calendar file", () => {
  it("tells times in UTC", () => {
    expect(file()).toContain("\r\nDTSTART:20261128T140000Z\r\n");
    expect(file()).toContain("\r\nDTSTAMP:20261121T100000Z\r\n");
  });

  it("escapes what separates values", () => {
    expect(file()).toContain("\r\nSUMMARY:Raga\\, at dusk\\; live\r\n");
    expect(file()).toContain("\r\nDESCRIPTION:Row A\\, seat 3\\nBooking FR-1\\\\2\r\n");
  });

  it("folds lines at 75 octets and never within a character", () => {
    const title = "शास्त्रीय संगीत की एक बहुत लंबी शाम ".repeat(4).trim();
    const written = file({ title });
    for (const line of written.split("\r\n")) expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75);
    expect(written.replaceAll("\r\n ", "")).toContain(`SUMMARY:${title}`);
  });

  it("ends every line with CRLF and has no other line breaks", () => {
    expect(file().endsWith("END:VCALENDAR\r\n")).toBe(true);
    expect(file().replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
  });
});
