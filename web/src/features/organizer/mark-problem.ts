import type { FieldPath, UseFormReturn } from "react-hook-form";
import type { Problem } from "@/lib/problem";
import { type EventForm, fieldOf } from "./event-form";

/** Puts what the server says is wrong at its fields. Returns whether all of it has one. */
export function markProblem(form: UseFormReturn<EventForm>, problem: Problem): boolean {
  let allMarked = problem.errors.length > 0;
  for (const { pointer, detail } of problem.errors) {
    const field = fieldOf(pointer);
    if (field) form.setError(field as FieldPath<EventForm>, { type: "server", message: detail });
    else allMarked = false;
  }
  return allMarked;
}
