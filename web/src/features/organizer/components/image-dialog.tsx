import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAction } from "@/api/use-action";
import { idempotencyKey } from "@/lib/api";
import { Problem } from "@/lib/problem";
import { ProblemNotice } from "@/parts/problem-notice";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { Field } from "@/ui/field";
import { toast } from "@/ui/toast";
import { announceImage, type ImageFormat, type NewImage, uploadImage } from "../api/images";
import { BYTES_MAX, type Crop, croppedFile } from "../crop";
import { CropFrame } from "./crop-frame";

const ALT_MAX = 200;

/** Cuts a picture to 16:9, asks what it shows, and sends it. */
export function ImageDialog({
  eventId,
  picture,
  type,
  onClose,
}: {
  eventId: string;
  picture: ImageBitmap;
  type: string;
  onClose: () => void;
}) {
  const { t } = useTranslation(["organizer", "common"]);
  const [crop, setCrop] = useState<Crop>({ zoom: 1, x: 0.5, y: 0.5 });
  const [alt, setAlt] = useState("");
  const [asked, setAsked] = useState(false);
  const [share, setShare] = useState(0);
  /** A picture that was announced and whose bytes did not come: the same one is sent again. */
  const announced = useRef<{ text: string; image: NewImage } | undefined>(undefined);

  const send = useAction({
    mutationFn: async () => {
      setShare(0);
      const bytes = await croppedFile(picture, crop, type);
      if (bytes.size > BYTES_MAX) throw new Problem("payload-too-large");
      const text = alt.trim();
      if (announced.current?.text !== text) {
        const body = { contentType: bytes.type as ImageFormat, bytes: bytes.size, alt: text };
        announced.current = { text, image: await announceImage(eventId, body, idempotencyKey()) };
      }
      await uploadImage(announced.current.image, bytes, setShare);
    },
    onSuccess: () => {
      toast(t("images.added"));
      onClose();
    },
  });
  const missing = asked && !alt.trim();
  const percent = Math.round(share * 100);

  return (
    <Dialog
      open
      onClose={onClose}
      title={t("images.cropTitle")}
      actions={
        <>
          <Button kind="secondary" onClick={onClose}>
            {t("common:cancel")}
          </Button>
          <Button
            busy={send.isPending}
            onClick={() => {
              setAsked(true);
              if (alt.trim()) send.run();
            }}
          >
            {t("images.upload")}
          </Button>
        </>
      }
    >
      <CropFrame picture={picture} crop={crop} onCrop={setCrop} />
      <Field
        label={t("images.alt")}
        hint={t("images.altHint")}
        maxLength={ALT_MAX}
        required
        value={alt}
        onChange={(event) => setAlt(event.target.value)}
        error={missing ? t("images.altMissing") : undefined}
      />
      {send.isPending && (
        <div>
          <progress className="h-2 w-full accent-velvet" max={100} value={percent} aria-label={t("images.uploading")} />
          <p className="text-sm text-muted">{t("images.progress", { percent })}</p>
        </div>
      )}
      {send.isError && <ProblemNotice error={send.error} onRetry={() => send.run()} />}
    </Dialog>
  );
}
