import { fireEvent, screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { renderInEnglish } from "@/testing/in-english";
import { Button } from "./button";

it("takes no second press while it is busy, and keeps its name and its focus", async () => {
  const onClick = vi.fn();
  const { rerender } = await renderInEnglish(<Button onClick={onClick}>Pay</Button>);
  const button = screen.getByRole("button", { name: "Pay" });
  button.focus();
  fireEvent.click(button);
  rerender(
    <Button busy onClick={onClick}>
      Pay
    </Button>,
  );
  const busy = screen.getByRole("button", { name: "Pay" });
  fireEvent.click(busy);
  expect(onClick).toHaveBeenCalledTimes(1);
  expect(busy.getAttribute("aria-busy")).toBe("true");
  expect(busy).toHaveProperty("disabled", false);
});
