/** Every problem that the API names (docs/problems.md), and those that never reach it. */
export const PROBLEM_KINDS = [
  "invalid-request",
  "code-refused",
  "payment-refused",
  "unauthenticated",
  "sign-in-refused",
  "forbidden",
  "not-confirmed",
  "not-found",
  "seats-taken",
  "hold-exists",
  "sales-closed",
  "state-conflict",
  "account-exists",
  "idempotency-in-flight",
  "hold-expired",
  "booking-expired",
  "payload-too-large",
  "unsupported-media-type",
  "seat-limit",
  "refund-refused",
  "coupon-refused",
  "idempotency-mismatch",
  "password-refused",
  "too-many-requests",
  "internal",
  "contended",
  "unreachable",
  "timed-out",
] as const;

export type ProblemKind = (typeof PROBLEM_KINDS)[number];

/** What is wrong with one member of a request. */
export interface FieldError {
  /** JSON pointer into the body, as `/shows/0/startsAt`. */
  pointer: string;
  detail: string;
}

const KINDS: ReadonlySet<string> = new Set(PROBLEM_KINDS);

/** Why a request did not do what it should. Switch on `kind`; `detail` is for people who read logs. */
export class Problem extends Error {
  readonly kind: ProblemKind;
  readonly status: number;
  readonly errors: FieldError[];
  readonly retryAfterSeconds: number | undefined;
  /** Further members that the kind has, as `seats` or `holdId`. */
  readonly members: Readonly<Record<string, unknown>>;

  constructor(
    kind: ProblemKind,
    given: {
      status?: number;
      detail?: string;
      errors?: FieldError[];
      retryAfterSeconds?: number;
      members?: Record<string, unknown>;
    } = {},
  ) {
    super(given.detail ?? kind);
    this.name = "Problem";
    this.kind = kind;
    this.status = given.status ?? 0;
    this.errors = given.errors ?? [];
    this.retryAfterSeconds = given.retryAfterSeconds;
    this.members = given.members ?? {};
  }

  /** Whether the same request may succeed in a moment. */
  get passes(): boolean {
    return (
      this.kind === "unreachable" ||
      this.kind === "timed-out" ||
      this.kind === "contended" ||
      this.kind === "internal" ||
      this.kind === "idempotency-in-flight"
    );
  }

  /** The places that a `seats-taken` names. */
  get seats(): string[] {
    const { seats } = this.members;
    return Array.isArray(seats) ? seats.filter((seat): seat is string => typeof seat === "string") : [];
  }
}

/** Reads the problem out of an answer that is not a success. */
export function problemOf(response: Response, body: unknown): Problem {
  const {
    type,
    status: _,
    title: __,
    detail,
    errors,
    ...members
  } = (typeof body === "object" && body !== null ? body : {}) as Record<string, unknown>;
  const slug = typeof type === "string" ? type.replace(/^.*\/problems\//, "") : "";
  const kind = KINDS.has(slug) ? (slug as ProblemKind) : byStatus(response.status);
  const retryAfter = Number(response.headers.get("retry-after"));
  return new Problem(kind, {
    status: response.status,
    members,
    ...(typeof detail === "string" && { detail }),
    ...(Array.isArray(errors) && { errors: errors as FieldError[] }),
    ...(retryAfter > 0 && { retryAfterSeconds: retryAfter }),
  });
}

/** A gateway or a proxy answered that does not speak our language. */
function byStatus(status: number): ProblemKind {
  switch (status) {
    case 401:
      return "unauthenticated";
    case 403:
      return "forbidden";
    case 404:
      return "not-found";
    case 413:
      return "payload-too-large";
    case 429:
      return "too-many-requests";
    case 502:
    case 503:
    case 504:
      return "contended";
    default:
      return status >= 500 ? "internal" : "invalid-request";
  }
}

/** The problem that an unknown thrown thing stands for. */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof DOMException && error.name === "TimeoutError") return new Problem("timed-out");
  // fetch says TypeError for everything between here and the server.
  if (error instanceof TypeError) return new Problem("unreachable", { detail: error.message });
  return new Problem("internal", { detail: error instanceof Error ? error.message : String(error) });
}
