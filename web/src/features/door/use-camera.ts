import { useCallback, useEffect, useRef, useState } from "react";

export type CameraState = "starting" | "on" | "refused" | "absent" | "busy";

interface Camera {
  state: CameraState;
  cameras: MediaDeviceInfo[];
  chosen: string | undefined;
  choose(deviceId: string): void;
  /** Undefined where the camera has no light. */
  torch: boolean | undefined;
  setTorch(on: boolean): void;
  retry(): void;
}

/** Wide enough for a code, small enough to be read many times a second. */
const IDEAL = { width: { ideal: 1280 }, height: { ideal: 720 } };

/** Shows the camera in the video element, the one at the back unless another is chosen, for as long as the page is open. */
export function useCamera(video: React.RefObject<HTMLVideoElement | null>): Camera {
  const [state, setState] = useState<CameraState>("starting");
  const [cameras, setCameras] = useState<MediaDeviceInfo[]>([]);
  const [wanted, setWanted] = useState<string>();
  const [chosen, setChosen] = useState<string>();
  const [torch, setTorchState] = useState<boolean>();
  const [tries, setTries] = useState(0);
  const track = useRef<MediaStreamTrack>(undefined);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another try is another start
  useEffect(() => {
    let ended = false;
    let stream: MediaStream | undefined;

    async function start() {
      setState("starting");
      if (!navigator.mediaDevices) throw new DOMException("no camera without https", "NotFoundError");
      const which = wanted ? { deviceId: { exact: wanted } } : { facingMode: "environment" };
      stream = await navigator.mediaDevices.getUserMedia({ audio: false, video: { ...IDEAL, ...which } });
      if (ended || !video.current) return stop();
      const [first] = stream.getVideoTracks();
      track.current = first;
      setChosen(first?.getSettings().deviceId);
      setTorchState(hasTorch(first) ? false : undefined);
      first?.addEventListener("ended", () => !ended && setState("busy"));
      video.current.srcObject = stream;
      await video.current.play();
      // Names and numbers of cameras are told only once one is allowed.
      const devices = await navigator.mediaDevices.enumerateDevices();
      if (ended) return;
      setCameras(devices.filter(({ kind }) => kind === "videoinput"));
      setState("on");
    }

    function stop() {
      for (const one of stream?.getTracks() ?? []) one.stop();
    }

    start().catch((error: unknown) => {
      stop();
      if (!ended) setState(stateOf(error));
    });
    return () => {
      ended = true;
      stop();
    };
  }, [wanted, tries, video]);

  const setTorch = useCallback((on: boolean) => {
    const constraints = { advanced: [{ torch: on }] } as unknown as MediaTrackConstraints;
    track.current?.applyConstraints(constraints).then(
      () => setTorchState(on),
      () => setTorchState(undefined),
    );
  }, []);

  return { state, cameras, chosen, choose: setWanted, torch, setTorch, retry: () => setTries((count) => count + 1) };
}

function hasTorch(track: MediaStreamTrack | undefined): boolean {
  return track !== undefined && "torch" in (track.getCapabilities?.() ?? {});
}

function stateOf(error: unknown): CameraState {
  const name = error instanceof DOMException ? error.name : "";
  if (name === "NotAllowedError" || name === "SecurityError") return "refused";
  if (name === "NotFoundError" || name === "OverconstrainedError") return "absent";
  return "busy";
}
