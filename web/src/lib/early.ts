/** What `public/start.js` asks for while this code is on its way. */
interface Early {
  /** The settings; none where there are none. */
  config: Promise<object>;
  /** Answers of the API, by their address. */
  answers: Record<string, Promise<Response>>;
}

declare global {
  var frontrowEarly: Early | undefined;
}

/** The settings that were asked for. */
export async function earlyConfig(): Promise<object> {
  return (await globalThis.frontrowEarly?.config) ?? {};
}

/** The answer that was asked for at this address, once; undefined if it never came. */
export async function earlyAnswer(address: string): Promise<Response | undefined> {
  const answers = globalThis.frontrowEarly?.answers ?? {};
  const answer = answers[address];
  delete answers[address];
  return answer?.catch(() => undefined);
}

/** Whether something was asked for that nobody has taken yet: only so while the first page comes. */
export function awaitsEarly(): boolean {
  return Object.keys(globalThis.frontrowEarly?.answers ?? {}).length > 0;
}
