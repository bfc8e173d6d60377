import { expect, it, vi } from "vitest";
import { currentSession, refresh, signedOut, startSession, token } from "./session";

const HINT = "frontrow.signed-in";

function jwt(claims: object): string {
  return `x.${btoa(JSON.stringify(claims)).replace(/=+$/, "")}.x`;
}

function tokens(): Response {
  const accessToken = jwt({ sub: "usr_1", "cognito:groups": ["organizer"] });
  return Response.json({ accessToken, idToken: jwt({ name: "Asha" }), refreshToken: "r", expiresIn: 3600 });
}

it("comes back with the cookie, once for however many ask", async () => {
  const fetched = vi.fn(async () => tokens());
  vi.stubGlobal("fetch", fetched);
  localStorage.setItem(HINT, "1");
  startSession();
  await Promise.all([refresh(), token(), token()]);
  expect(currentSession()).toMatchObject({ state: "signed-in", name: "Asha", roles: ["USER", "ORGANIZER"] });
  expect(fetched).toHaveBeenCalledTimes(1);
});

it("stays ended when an answer comes after the sign-out", async () => {
  let arrive: (answer: Response) => void = () => {};
  vi.stubGlobal("fetch", () => new Promise<Response>((resolve) => (arrive = resolve)));
  const asked = refresh();
  signedOut();
  arrive(tokens());
  expect(await asked).toBe(false);
  expect(currentSession().state).toBe("signed-out");
  expect(await token()).toBeUndefined();
  expect(localStorage.getItem(`${HINT}.as`)).toBeNull();
});
