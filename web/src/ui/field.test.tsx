import { screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { renderInEnglish } from "@/testing/in-english";
import { Field } from "./field";

it("ties label, hint and error to the field, so that whoever hears it hears them all", async () => {
  await renderInEnglish(<Field label="E-mail" hint="We send a code there." error="That is no address." />);
  const field = screen.getByLabelText("E-mail");
  const described = field
    .getAttribute("aria-describedby")
    ?.split(" ")
    .map((id) => document.getElementById(id)?.textContent);
  expect(described).toEqual(["We send a code there.", "That is no address."]);
  expect(field.getAttribute("aria-invalid")).toBe("true");
  expect(screen.getByRole("alert").textContent).toBe("That is no address.");
});
