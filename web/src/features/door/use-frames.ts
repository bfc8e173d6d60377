import { useEffect, useRef, useState } from "react";
import { type Detector, makeDetector } from "./detector";

/** The middle of the picture, where people hold the code, at the size that is looked at. */
const LOOKED_AT_PX = 480;
/** A pause between two looks, for the phone's battery. */
const PAUSE_MS = 60;

/**
 * Looks for a code in what the video shows, one picture after the other. `onCode` hears each sight of one, with the moment at which
 * its picture was taken. Returns whether the reader could not be loaded.
 */
export function useFrames(
  video: React.RefObject<HTMLVideoElement | null>,
  running: boolean,
  onCode: (code: string, at: number) => void,
): boolean {
  const heard = useRef(onCode);
  heard.current = onCode;
  const [failed, setFailed] = useState(false);

  useEffect(() => {
    if (!running) return;
    let ended = false;
    let timer: ReturnType<typeof setTimeout>;
    const canvas = document.createElement("canvas");
    canvas.width = LOOKED_AT_PX;
    canvas.height = LOOKED_AT_PX;
    const context = canvas.getContext("2d", { willReadFrequently: true });

    async function look(detector: Detector) {
      if (ended) return;
      const at = performance.now();
      if (video.current && context && drawMiddle(context, video.current)) {
        // One picture that cannot be read is no reason to stop looking.
        const [found] = await detector.detect(canvas).catch(() => []);
        if (found && !ended) heard.current(found.rawValue, at);
      }
      timer = setTimeout(() => void look(detector), PAUSE_MS);
    }

    async function start() {
      const detector = await makeDetector();
      // The first look is the slowest: nobody stands at the door yet.
      await detector.detect(canvas).catch(() => []);
      return detector;
    }

    start().then(look, () => setFailed(true));
    return () => {
      ended = true;
      clearTimeout(timer);
    };
  }, [running, video]);

  return failed;
}

function drawMiddle(context: CanvasRenderingContext2D, video: HTMLVideoElement): boolean {
  const { videoWidth, videoHeight } = video;
  const side = Math.min(videoWidth, videoHeight);
  if (side === 0) return false;
  const [x, y] = [(videoWidth - side) / 2, (videoHeight - side) / 2];
  context.drawImage(video, x, y, side, side, 0, 0, LOOKED_AT_PX, LOOKED_AT_PX);
  return true;
}
