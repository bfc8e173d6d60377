import { vi } from "vitest";

interface Wishes {
  cameras?: string[];
  torch?: boolean;
  /** What the browser throws instead of showing anything. */
  refusal?: string;
}

/** A device's cameras, as the browser would have them. Returns what was asked for, and the tracks that were given. */
export function fakeCamera({ cameras = ["back"], torch = false, refusal }: Wishes = {}) {
  const asked: MediaTrackConstraints[] = [];
  const lit: boolean[] = [];
  const tracks: { deviceId: string; stop: ReturnType<typeof vi.fn>; end: () => void }[] = [];
  const state = { refusal };

  function makeTrack(deviceId: string) {
    const events = new EventTarget();
    const stop = vi.fn();
    tracks.push({ deviceId, stop, end: () => events.dispatchEvent(new Event("ended")) });
    return {
      stop,
      getSettings: () => ({ deviceId }),
      getCapabilities: () => (torch ? { torch: true } : {}),
      addEventListener: events.addEventListener.bind(events),
      applyConstraints: async ({ advanced }: { advanced: { torch: boolean }[] }) => {
        for (const one of advanced) lit.push(one.torch);
      },
    };
  }

  const mediaDevices = {
    getUserMedia: async ({ video }: { video: MediaTrackConstraints }) => {
      asked.push(video);
      if (state.refusal) throw new DOMException("no", state.refusal);
      const wanted = (video.deviceId as { exact?: string } | undefined)?.exact ?? cameras[0] ?? "";
      const track = makeTrack(wanted);
      return { getVideoTracks: () => [track], getTracks: () => [track] };
    },
    enumerateDevices: async () =>
      cameras.map((deviceId) => ({ kind: "videoinput", deviceId, label: `${deviceId} camera` })),
  };
  vi.stubGlobal("navigator", Object.create(navigator, { mediaDevices: { value: mediaDevices } }));
  vi.spyOn(HTMLMediaElement.prototype, "play").mockResolvedValue();
  return { asked, lit, tracks, allow: () => Object.assign(state, { refusal: undefined }) };
}
