import { CameraOff, Flashlight, FlashlightOff, Volume2, VolumeX } from "lucide-react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/ui/button";
import { SelectField } from "@/ui/field";
import { isMuted, setMuted } from "../signals";
import { type CameraState, useCamera } from "../use-camera";
import { useFrames } from "../use-frames";

/** What the camera sees, and the frame to hold a code into. Where there is no camera, why not and what to do. */
export function Viewfinder({ onCode }: { onCode: (code: string, at: number) => void }) {
  const { t } = useTranslation(["door", "common"]);
  const video = useRef<HTMLVideoElement>(null);
  const camera = useCamera(video);
  const blind = useFrames(video, camera.state === "on", onCode);
  const trouble = blind ? "decoder" : troubleOf(camera.state);

  return (
    <section aria-label={t("camera.view")} className="flex flex-col gap-3">
      <div className="relative aspect-square w-full overflow-hidden rounded-3xl bg-black text-white">
        <video ref={video} muted playsInline aria-hidden className="size-full object-cover" />
        {trouble ? (
          <div className="absolute inset-0 grid place-content-center justify-items-center gap-3 bg-surface p-6 text-center text-ink">
            <CameraOff aria-hidden className="size-10 text-velvet" />
            <h2 className="text-xl font-bold">{t(`camera.${trouble}.title`)}</h2>
            <p className="max-w-prose text-muted">{t(`camera.${trouble}.text`)}</p>
            <Button kind="secondary" onClick={blind ? () => location.reload() : camera.retry}>
              {t("common:tryAgain")}
            </Button>
          </div>
        ) : (
          <>
            <div aria-hidden className="absolute inset-[14%] rounded-3xl border-4 border-marigold" />
            <p className="absolute inset-x-0 bottom-0 bg-black/60 p-2 text-center font-semibold" role="status">
              {camera.state === "starting" ? t("camera.starting") : t("camera.hold")}
            </p>
          </>
        )}
      </div>
      <div className="flex flex-wrap items-end gap-3">
        {camera.cameras.length > 1 && (
          <SelectField
            label={t("camera.choose")}
            value={camera.chosen}
            onChange={(event) => camera.choose(event.target.value)}
            className="min-w-0 flex-1 basis-40"
          >
            {camera.cameras.map(({ deviceId, label }, index) => (
              <option key={deviceId} value={deviceId}>
                {label || t("camera.number", { number: index + 1 })}
              </option>
            ))}
          </SelectField>
        )}
        {camera.torch !== undefined && (
          <Button kind="secondary" onClick={() => camera.setTorch(!camera.torch)}>
            {camera.torch ? <FlashlightOff aria-hidden /> : <Flashlight aria-hidden />}
            {camera.torch ? t("camera.torchOff") : t("camera.torchOn")}
          </Button>
        )}
        <MuteButton />
      </div>
    </section>
  );
}

function troubleOf(state: CameraState): "refused" | "absent" | "busy" | undefined {
  return state === "starting" || state === "on" ? undefined : state;
}

function MuteButton() {
  const { t } = useTranslation("door");
  const [muted, change] = useState(isMuted);
  return (
    <Button
      kind="secondary"
      onClick={() => {
        setMuted(!muted);
        change(!muted);
      }}
    >
      {muted ? <Volume2 aria-hidden /> : <VolumeX aria-hidden />}
      {muted ? t("camera.unmute") : t("camera.mute")}
    </Button>
  );
}
