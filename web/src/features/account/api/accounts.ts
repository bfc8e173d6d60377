import { api, ask, type Schema } from "@/lib/api";
import { asProblem } from "@/lib/problem";
import { signedIn, signedOut } from "@/lib/session";

/** The refresh token comes and goes as a cookie, which browsers take from another origin only if told. */
const withCookie = { credentials: "include" } as const;

/** The question for a second factor: the password was right. */
export type Challenge = Schema["ChallengeView"];

/** Signs in, or answers what is asked for before that. */
export async function signIn(email: string, password: string): Promise<Challenge | undefined> {
  const answer = await ask(api.POST("/v1/auth/sign-in", { body: { email, password }, ...withCookie }));
  if ("challenge" in answer) return answer;
  signedIn(answer);
  return undefined;
}

/** The second factor. */
export async function answerChallenge(email: string, session: string, code: string): Promise<void> {
  signedIn(await ask(api.POST("/v1/auth/challenge", { body: { email, session, code }, ...withCookie })));
}

/** Ends the session on the server first: offline nobody would be signed out but the page. */
export async function signOut(): Promise<void> {
  try {
    await ask(api.POST("/v1/auth/sign-out", { ...withCookie }));
  } catch (error) {
    // Nobody to sign out: it ended elsewhere.
    if (asProblem(error).kind !== "unauthenticated") throw error;
  }
  signedOut();
}

export async function signUp(body: Schema["SignUp"]): Promise<void> {
  await ask(api.POST("/v1/auth/sign-up", { body }));
}

export async function confirmAddress(body: Schema["ConfirmAddress"]): Promise<void> {
  await ask(api.POST("/v1/auth/confirm", { body }));
}

export async function resendCode(email: string): Promise<void> {
  await ask(api.POST("/v1/auth/resend-code", { body: { email } }));
}

export async function forgotPassword(email: string): Promise<void> {
  await ask(api.POST("/v1/auth/forgot-password", { body: { email } }));
}

export async function resetPassword(body: Schema["ResetPassword"]): Promise<void> {
  await ask(api.POST("/v1/auth/reset-password", { body }));
}

export async function changePassword(body: Schema["ChangePassword"]): Promise<void> {
  await ask(api.POST("/v1/auth/change-password", { body }));
}

export function setUpAuthenticator(): Promise<Schema["MfaSecretView"]> {
  return ask(api.POST("/v1/auth/mfa"));
}

export async function enableAuthenticator(code: string): Promise<void> {
  await ask(api.POST("/v1/auth/mfa/verify", { body: { code } }));
}

export async function disableAuthenticator(): Promise<void> {
  await ask(api.DELETE("/v1/auth/mfa"));
}

export function updateProfile(body: Schema["UpdateProfile"]): Promise<Schema["ProfileView"]> {
  return ask(api.PATCH("/v1/me", { body }));
}
