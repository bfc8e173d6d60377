import { describe, expect, it } from "vitest";
import { confirmForm, inGroups, ownPath, PASSWORD_RULES, profileForm, signInForm, signUpForm, withNext } from "./model";

describe("next", () => {
  it("leads to our own pages, with all that belongs to them", () => {
    expect(ownPath("/shows/sho_1/checkout?coupon=A#pay")).toBe("/shows/sho_1/checkout?coupon=A#pay");
    expect(withNext("/sign-up", "/tickets?a=b")).toBe("/sign-up?next=%2Ftickets%3Fa%3Db");
    expect(withNext("/sign-up", "/")).toBe("/sign-up");
  });

  it.each([
    null,
    "",
    "tickets",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "/%2f/..//evil.example/..//evil.example",
    "/.//evil.example",
    "https://evil.example",
    "javascript:alert(1)",
    "\\\\evil.example",
    "/sign-in?next=/sign-in",
  ])("never leads elsewhere: %j", (next) => {
    expect(ownPath(next)).toBe("/");
  });
});

describe("forms", () => {
  it("take an address as people type it and as the server keeps it", () => {
    expect(signInForm.parse({ email: "  Ann@Example.ORG ", password: "x" }).email).toBe("ann@example.org");
    for (const bad of ["", "a", "a@b", "@b.c", "a@b..c", "a b@c.d", "a@b@c.d", "a@.b", "<a@b.c>", "ä@b.cd"])
      expect(signInForm.safeParse({ email: bad, password: "x" }).success, bad).toBe(false);
  });

  it("take a code with the spaces it was copied with", () => {
    expect(confirmForm.parse({ email: "a@b.cd", code: " 123 456\n" }).code).toBe("123456");
    for (const bad of ["", "12345", "1234567", "12345a", "１２３４５６"])
      expect(confirmForm.safeParse({ email: "a@b.cd", code: bad }).success, bad).toBe(false);
  });

  it("refuse a new password as the server would", () => {
    const takes = (newPassword: string) => signUpForm.safeParse({ name: "Ann", email: "a@b.cd", newPassword }).success;
    expect(takes("Abcdefg1")).toBe(true);
    for (const bad of [
      "Abcdef1",
      "abcdefg1",
      "ABCDEFG1",
      "Abcdefgh",
      " Abcdefg1",
      "Abcdefg1 ",
      `Aa1${"x".repeat(126)}`,
    ])
      expect(takes(bad), bad).toBe(false);
    expect(Object.values(PASSWORD_RULES).map((keeps) => keeps("abc"))).toEqual([false, true, false, false]);
  });

  it("make a telephone number of what people write", () => {
    expect(profileForm.parse({ name: " Ann ", phone: "+91 98765-43210" })).toEqual({
      name: "Ann",
      phone: "+919876543210",
    });
    expect(profileForm.parse({ name: "Ann", phone: "0049 (30) 1234567" }).phone).toBe("+49301234567");
    expect(profileForm.parse({ name: "Ann", phone: "  " }).phone).toBe("");
    for (const bad of ["12", "+0123456789", "9876543210", "+91abc9876543"])
      expect(profileForm.safeParse({ name: "Ann", phone: bad }).success, bad).toBe(false);
  });
});

it("shows a secret in groups", () => {
  expect(inGroups("JBSWY3DPEHPK3PXP=")).toBe("JBSW Y3DP EHPK 3PXP");
});
