import { z } from "@/lib/zod";

/** Where people land who were not on their way anywhere. */
const HOME = "/";
/** Signing in leads on from these pages, never back to them. */
const ENTRANCES = ["/sign-in", "/sign-up", "/confirm", "/forgot-password"];

/**
 * Where `?next=` leads, if that is a place of ours: a link to the sign-in page must not send people on to somebody else's. What
 * browsers make of it is what counts: they take `/\evil` and `/<tab>/evil` for `//evil`.
 */
export function ownPath(next: string | null): string {
  if (!next?.startsWith("/")) return HOME;
  const here = location.origin;
  let url: URL;
  try {
    url = new URL(next, here);
  } catch {
    return HOME;
  }
  if (url.origin !== here || url.pathname.startsWith("//") || ENTRANCES.includes(url.pathname)) return HOME;
  return url.pathname + url.search + url.hash;
}

/** The same page with the same `next`, for links between the entrances. */
export function withNext(path: string, next: string): string {
  return next === HOME ? path : `${path}?next=${encodeURIComponent(next)}`;
}

export const PASSWORD_CHARACTERS_MIN = 8;
const PASSWORD_CHARACTERS_MAX = 128;

/** What a new password must have, in the order in which it is told. */
export const PASSWORD_RULES = {
  length: (text: string) => [...text].length >= PASSWORD_CHARACTERS_MIN && [...text].length <= PASSWORD_CHARACTERS_MAX,
  lower: (text: string) => /[a-z]/.test(text),
  upper: (text: string) => /[A-Z]/.test(text),
  digit: (text: string) => /[0-9]/.test(text),
} as const;

export type PasswordRule = keyof typeof PASSWORD_RULES;

/** As the server has it: a space around it was a slip of copying. */
function isNewPassword(text: string): boolean {
  const plain = text.trim() === text && !/\p{Cc}/u.test(text);
  return plain && Object.values(PASSWORD_RULES).every((keeps) => keeps(text));
}

function isEmail(text: string): boolean {
  const [local = "", host = "", ...more] = text.split("@");
  return (
    more.length === 0 &&
    text.length <= 254 &&
    local.length > 0 &&
    local.length <= 64 &&
    host.includes(".") &&
    !/^\.|\.$|\.\./.test(host) &&
    /^[!-~]+$/.test(text) &&
    !/[<>",;\\()]/.test(text)
  );
}

/** People write numbers in groups and the country's code with 00. */
function plainPhone(text: string): string {
  return text.replace(/[\s().-]/g, "").replace(/^00/, "+");
}

const email = z.string().check(z.trim(), z.toLowerCase(), z.refine(isEmail));
const newPassword = z.string().check(z.refine(isNewPassword));
const password = z.string().check(z.minLength(1), z.maxLength(PASSWORD_CHARACTERS_MAX));
const name = z.string().check(z.trim(), z.minLength(1), z.maxLength(100), z.regex(/^\P{Cc}*$/u));
/** Codes are mailed and shown in groups; pasted spaces are none of it. */
const code = z.string().check(
  z.overwrite((text) => text.replace(/[\s-]/g, "")),
  z.regex(/^[0-9]{6}$/),
);
const phone = z.string().check(z.overwrite(plainPhone), z.regex(/^(\+[1-9][0-9]{7,14})?$/));

/** What the forms take, by the server's rules (`shared/domain/src/text.rs` and `secret.rs`). */
export const signInForm = z.object({ email, password });
export const challengeForm = z.object({ code });
export const signUpForm = z.object({ name, email, newPassword });
export const confirmForm = z.object({ email, code });
export const forgotForm = z.object({ email });
export const resetForm = z.object({ code, newPassword });
export const changePasswordForm = z.object({ currentPassword: password, newPassword });
export const authenticatorForm = z.object({ code });
export const profileForm = z.object({ name, phone });

/** A secret in groups of four, as people type it from one device into another. */
export function inGroups(secret: string): string {
  return secret.replace(/=+$/, "").replace(/(.{4})(?=.)/g, "$1 ");
}
