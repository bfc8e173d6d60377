import { type ComponentProps, type ReactNode, useId } from "react";
import { classes } from "@/lib/classes";

interface Labelled {
  label: ReactNode;
  hint?: ReactNode;
  /** What is wrong with the value; announced, and the field is marked. */
  error?: string | undefined;
  /** Keeps the label for screen readers alone. */
  bare?: boolean;
  className?: string;
}

const box =
  "w-full min-h-11 rounded-xl border border-edge bg-surface px-3 text-ink placeholder:text-muted aria-invalid:border-bad aria-invalid:border-2 disabled:opacity-60";

function Frame({ id, label, hint, error, bare, className, children }: Labelled & { id: string; children: ReactNode }) {
  return (
    <div className={classes("flex flex-col gap-1.5", className)}>
      <label htmlFor={id} className={bare ? "sr-only" : "text-sm font-semibold"}>
        {label}
      </label>
      {children}
      {hint && (
        <p id={`${id}-hint`} className="text-sm text-muted">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} role="alert" className="text-sm font-medium text-bad">
          {error}
        </p>
      )}
    </div>
  );
}

function described(id: string, { hint, error }: Labelled, also?: string) {
  const by = [hint && `${id}-hint`, error && `${id}-error`, also].filter(Boolean).join(" ");
  return { id, "aria-describedby": by || undefined, "aria-invalid": error ? true : undefined };
}

/** A line of text with its label, its hint and what is wrong with it. */
export function Field({
  label,
  hint,
  error,
  bare = false,
  className = "",
  trailing,
  ...rest
}: Labelled & { /** A button of 44 px inside the field, at its end. */ trailing?: ReactNode } & Omit<
    ComponentProps<"input">,
    "className"
  >) {
  const own = useId();
  const frame = { id: rest.id ?? own, label, hint, error, bare, className };
  const input = (
    <input
      {...rest}
      {...described(frame.id, frame, rest["aria-describedby"])}
      className={classes(box, trailing && "pr-12")}
    />
  );
  return (
    <Frame {...frame}>
      {trailing ? (
        <div className="relative">
          {input}
          <div className="absolute inset-y-0 right-0 flex items-center">{trailing}</div>
        </div>
      ) : (
        input
      )}
    </Frame>
  );
}

/** Several lines of text. */
export function TextField({
  label,
  hint,
  error,
  bare = false,
  className = "",
  ...rest
}: Labelled & Omit<ComponentProps<"textarea">, "className">) {
  const own = useId();
  const frame = { id: rest.id ?? own, label, hint, error, bare, className };
  return (
    <Frame {...frame}>
      <textarea rows={4} {...rest} {...described(frame.id, frame)} className={classes(box, "py-2")} />
    </Frame>
  );
}

/** One of several; the platform's own list, which every phone and screen reader knows. */
export function SelectField({
  label,
  hint,
  error,
  bare = false,
  className = "",
  children,
  ...rest
}: Labelled & Omit<ComponentProps<"select">, "className">) {
  const own = useId();
  const frame = { id: rest.id ?? own, label, hint, error, bare, className };
  return (
    <Frame {...frame}>
      <select {...rest} {...described(frame.id, frame)} className={box}>
        {children}
      </select>
    </Frame>
  );
}

/** Yes or no. */
export function CheckField({ label, className, ...rest }: { label: ReactNode } & ComponentProps<"input">) {
  return (
    <label className={classes("flex min-h-11 items-center gap-3", className)}>
      <input type="checkbox" className="size-5 accent-velvet" {...rest} />
      <span>{label}</span>
    </label>
  );
}
