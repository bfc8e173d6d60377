import { screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { renderInEnglish } from "@/testing/in-english";
import { PriceBreakdown } from "./price-breakdown";

const rupees = (amount: number) => ({ amount, currency: "INR" });

it("names every part that is something, and nothing that is not", async () => {
  const quote = {
    subtotal: rupees(100_000),
    discount: rupees(10_000),
    fee: rupees(0),
    tax: rupees(16_200),
    total: rupees(106_200),
  };
  await renderInEnglish(<PriceBreakdown quote={quote} />);
  expect(screen.getAllByRole("term").map((term) => term.textContent)).toEqual(["Seats", "Coupon", "Tax", "Total"]);
  expect(screen.getAllByRole("definition").map((one) => one.textContent)).toEqual([
    "₹1,000",
    "-₹100",
    "₹162",
    "₹1,062",
  ]);
});
