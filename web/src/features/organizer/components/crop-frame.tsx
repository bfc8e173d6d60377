import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { type Crop, cropBox, dragged, drawCrop, ZOOM_MAX } from "../crop";

/** A look through a 16:9 frame at a picture: dragged with a finger, or moved with three sliders. */
export function CropFrame({
  picture,
  crop,
  onCrop,
}: {
  picture: ImageBitmap;
  crop: Crop;
  onCrop: (crop: Crop) => void;
}) {
  const { t } = useTranslation("organizer");
  const canvas = useRef<HTMLCanvasElement>(null);
  const from = useRef<{ x: number; y: number } | undefined>(undefined);

  useEffect(() => {
    if (canvas.current) drawCrop(canvas.current, picture, crop);
  }, [picture, crop]);

  const move = (event: React.PointerEvent<HTMLCanvasElement>) => {
    if (!from.current) return;
    const scale = cropBox(picture, crop).width / event.currentTarget.clientWidth;
    onCrop(dragged(picture, crop, (event.clientX - from.current.x) * scale, (event.clientY - from.current.y) * scale));
    from.current = { x: event.clientX, y: event.clientY };
  };
  const sliders = [
    {
      name: t("images.zoom"),
      min: 1,
      max: ZOOM_MAX,
      value: crop.zoom,
      set: (zoom: number) => onCrop({ ...crop, zoom }),
    },
    { name: t("images.left"), min: 0, max: 1, value: crop.x, set: (x: number) => onCrop({ ...crop, x }) },
    { name: t("images.top"), min: 0, max: 1, value: crop.y, set: (y: number) => onCrop({ ...crop, y }) },
  ];
  return (
    <div className="flex flex-col gap-3">
      <canvas
        ref={canvas}
        width={960}
        height={540}
        role="img"
        aria-label={t("images.cropFrame")}
        className="w-full cursor-move touch-none rounded-xl bg-raised"
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          from.current = { x: event.clientX, y: event.clientY };
        }}
        onPointerMove={move}
        onPointerUp={() => {
          from.current = undefined;
        }}
      />
      <div className="grid gap-3 sm:grid-cols-3">
        {sliders.map(({ name, min, max, value, set }) => (
          <label key={name} className="text-sm font-semibold">
            {name}
            <input
              type="range"
              min={min}
              max={max}
              step={0.01}
              value={value}
              onChange={(event) => set(Number(event.target.value))}
              className="min-h-8 w-full accent-velvet"
            />
          </label>
        ))}
      </div>
    </div>
  );
}
