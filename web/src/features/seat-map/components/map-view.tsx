import { Maximize, Minus, Plus } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { money } from "@/lib/money";
import { useTheme } from "@/lib/theme";
import { Button } from "@/ui/button";
import { tapped } from "../model/choice";
import { placeAt, sectionAt } from "../model/hit";
import type { PlanSection } from "../model/plan";
import { boundsOf, CanvasRenderer } from "../renderer/canvas-renderer";
import { watchGestures } from "../renderer/gestures";
import { MapControl } from "../renderer/map-control";
import { paletteAt } from "../renderer/palette";
import { PLACES_FROM_SCALE } from "../renderer/scenery";
import { estimate, sectionPrice, useRoom } from "../room";
import { usePlaceName } from "../use-place-name";

const ZOOM_STEP = 1.6;
/** A finger chooses places from so many CSS pixels per seat on. */
const FINGER_SCALE = 16;

interface Hint {
  x: number;
  y: number;
  text: string;
}

/** The hall's own shape, as far as a page has room for it. */
function aspectOf(sections: readonly PlanSection[]): number {
  const { width, height } = boundsOf(sections);
  return Math.min(1.7, Math.max(0.85, width / height));
}

/** The hall from above. It only draws and takes taps: what it knows is in the seats, which the list shares. */
export function MapView({ onArea }: { onArea: (area: PlanSection) => void }) {
  const { t, i18n } = useTranslation("seat-map");
  const room = useRoom();
  const { seats, party = 1 } = room;
  const theme = useTheme();
  const name = usePlaceName(seats.plan);
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [control, setControl] = useState<MapControl>();
  const [hint, setHint] = useState<Hint>();
  const tap = useRef<(x: number, y: number, finger: boolean) => void>(() => {});
  tap.current = (x, y, finger) => control && onTap(control, x, y, finger);

  function onTap(map: MapControl, x: number, y: number, finger: boolean) {
    const point = map.toPlan(x, y);
    const section = sectionAt(seats.plan, point.x, point.y);
    if (!section) return;
    if (section.standing) return onArea(section);
    if (map.camera.scale < (finger ? FINGER_SCALE : PLACES_FROM_SCALE)) return map.goTo(section);
    const place = placeAt(seats.plan, point.x, point.y);
    if (place === undefined || room.hold.hold) return;
    if (!seats.isFree(place)) return room.say(t("said.taken", { place: name.full(place) }));
    seats.choose(tapped(seats, place, party));
    const [count, sum] = [seats.chosen.length, money(estimate(room, seats.chosen))];
    room.say(count > 0 ? t("said.chosen", { place: name.list(seats.chosen), count, party, sum }) : "");
  }

  function onHover(event: React.PointerEvent) {
    if (!control || event.pointerType !== "mouse" || event.buttons > 0) return setHint(undefined);
    const { left, top } = event.currentTarget.getBoundingClientRect();
    const [x, y] = [event.clientX - left, event.clientY - top];
    const point = control.toPlan(x, y);
    const place = control.camera.scale < PLACES_FROM_SCALE ? undefined : placeAt(seats.plan, point.x, point.y);
    if (place === undefined) return setHint(undefined);
    const price = money(sectionPrice(room, seats.plan.section(place)));
    setHint({ x, y, text: `${name.full(place)} · ${seats.isFree(place) ? price : t("state.sold")}` });
  }

  useEffect(() => {
    if (!canvas.current || !frame.current) return;
    const renderer = new CanvasRenderer(canvas.current, seats);
    const made = new MapControl(canvas.current, renderer, seats.plan);
    const stops = [
      () => made.destroy(),
      seats.watchPlaces((places) => renderer.placesChanged(places)),
      seats.subscribe(() => renderer.marksChanged()),
      made.watchSize(frame.current),
      watchGestures(canvas.current, {
        onPan: (dx, dy) => made.pan(dx, dy),
        onZoom: (factor, x, y) => made.zoom(factor, x, y),
        onTap: (x, y, finger) => tap.current(x, y, finger),
      }),
    ];
    setControl(made);
    return () => {
      for (const stop of stops) stop();
    };
  }, [seats]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of theme or language changes what is drawn
  useEffect(() => {
    const element = frame.current;
    if (!control || !element) return;
    const look = () =>
      control.renderer.setLook(paletteAt(element, seats.plan.levels.length), {
        stage: t("map.stage"),
        left: (count) => (count === 0 ? t("map.soldOut") : t("map.left", { count })),
      });
    look();
    // What is written on the map is written in the page's own face, when that has come.
    void document.fonts?.ready.then(look);
    const dark = matchMedia("(prefers-color-scheme: dark)");
    dark.addEventListener("change", look);
    return () => dark.removeEventListener("change", look);
  }, [control, seats, theme, i18n.language, t]);

  return (
    <div
      ref={frame}
      style={{ aspectRatio: aspectOf(seats.plan.sections) }}
      className="relative max-h-[min(68svh,44rem)] min-h-72 w-full overflow-hidden rounded-3xl border border-line bg-surface"
    >
      <canvas
        ref={canvas}
        role="img"
        aria-label={t("map.label")}
        data-testid="seat-canvas"
        className="block size-full cursor-pointer select-none"
        onPointerMove={onHover}
        onPointerLeave={() => setHint(undefined)}
      />
      {hint && (
        <p
          aria-hidden
          className="pointer-events-none absolute z-10 -translate-x-1/2 -translate-y-[calc(100%+0.75rem)] rounded-xl bg-ink px-3 py-1 text-sm whitespace-nowrap text-paper"
          style={{ left: hint.x, top: hint.y }}
        >
          {hint.text}
        </p>
      )}
      <div className="absolute right-3 bottom-3 flex flex-col gap-2">
        <Button kind="secondary" size="icon" aria-label={t("map.zoomIn")} onClick={() => control?.step(ZOOM_STEP)}>
          <Plus aria-hidden />
        </Button>
        <Button kind="secondary" size="icon" aria-label={t("map.zoomOut")} onClick={() => control?.step(1 / ZOOM_STEP)}>
          <Minus aria-hidden />
        </Button>
        <Button kind="secondary" size="icon" aria-label={t("map.fit")} onClick={() => control?.goTo()}>
          <Maximize aria-hidden />
        </Button>
      </div>
    </div>
  );
}
