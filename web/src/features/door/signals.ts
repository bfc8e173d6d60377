import { deviceStorage } from "@/lib/storage";
import type { Outcome } from "./model";

/** Green, amber or red: what to do with the person at the door. */
export type Signal = "yes" | "ask" | "no";

const SIGNALS: Record<Outcome, Signal> = {
  ADMITTED: "yes",
  ALREADY_ADMITTED: "no",
  WRONG_SHOW: "ask",
  REVOKED: "no",
  FROZEN: "ask",
  UNKNOWN: "no",
  UNDECIDED: "ask",
};

export function signalOf(outcome: Outcome): Signal {
  return SIGNALS[outcome];
}

/** Frequencies in hertz, one after the other: rising, level, falling, so that nobody has to look. */
const TONES: Record<Signal, number[]> = { yes: [660, 990], ask: [520, 520], no: [300, 180] };
const TONE_SECONDS = 0.14;
/** Milliseconds on and off. */
const VIBRATIONS: Record<Signal, number[]> = { yes: [80], ask: [80, 60, 80], no: [250, 80, 250] };

const MUTED = "frontrow.door.muted";
let audio: AudioContext | undefined;

export function isMuted(): boolean {
  return deviceStorage.read(MUTED) === "1";
}

export function setMuted(muted: boolean): void {
  if (muted) deviceStorage.write(MUTED, "1");
  else deviceStorage.remove(MUTED);
}

/** Browsers let a page sound only after it was touched. */
export function wakeSound(): void {
  audio ??= new AudioContext();
  if (audio.state === "suspended") void audio.resume();
}

/** Says it to ears and hands. */
export function signal(which: Signal): void {
  navigator.vibrate?.(VIBRATIONS[which]);
  if (isMuted() || audio?.state !== "running") return;
  const now = audio.currentTime;
  TONES[which].forEach((frequency, index) => {
    if (audio) tone(audio, frequency, now + index * TONE_SECONDS);
  });
}

function tone(context: AudioContext, frequency: number, at: number): void {
  const oscillator = context.createOscillator();
  const gain = context.createGain();
  oscillator.frequency.value = frequency;
  gain.gain.setValueAtTime(0.25, at);
  gain.gain.exponentialRampToValueAtTime(0.001, at + TONE_SECONDS);
  oscillator.connect(gain).connect(context.destination);
  oscillator.start(at);
  oscillator.stop(at + TONE_SECONDS);
}
