import { useRef, useState } from "react";
import type { FieldValues, Path, UseFormReturn } from "react-hook-form";
import { asProblem, type Problem } from "@/lib/problem";

interface Sending {
  submit: (event?: React.BaseSyntheticEvent) => Promise<void>;
  busy: boolean;
  /** What went wrong that no field can tell. */
  problem: Problem | undefined;
}

/**
 * Sends a form, once however often it is submitted meanwhile. What the server says of a member lands on its field.
 *
 * @param fieldOf the field that shows a member of the request, where it has another name
 */
export function useSending<Input extends FieldValues, Output>(
  form: UseFormReturn<Input, unknown, Output>,
  send: (values: Output) => Promise<void>,
  fieldOf: Record<string, Path<Input>> = {},
): Sending {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const underWay = useRef(false);

  /** Whether a field could tell it. */
  function shownAtField(refused: Problem): boolean {
    const pointers = refused.errors.map(({ pointer }) => pointer.slice(1));
    if (refused.kind === "password-refused") pointers.push("newPassword");
    const fields = pointers.map((name) => fieldOf[name] ?? name).filter((name) => name in form.getValues());
    fields.forEach((field, index) => {
      form.setError(field as Path<Input>, { type: "server" }, { shouldFocus: index === 0 });
    });
    return fields.length > 0;
  }

  const submit = form.handleSubmit(async (values) => {
    if (underWay.current) return;
    underWay.current = true;
    setBusy(true);
    setProblem(undefined);
    try {
      await send(values);
    } catch (error) {
      const refused = asProblem(error);
      if (!shownAtField(refused)) setProblem(refused);
    } finally {
      underWay.current = false;
      setBusy(false);
    }
  });

  return { submit, busy, problem };
}
