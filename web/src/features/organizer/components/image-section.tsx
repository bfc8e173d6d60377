import { useQueryClient } from "@tanstack/react-query";
import { ImagePlus } from "lucide-react";
import { useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { type OwnEvent, ownEventQuery } from "@/api/own-events";
import { EventImage } from "@/parts/event-image";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { Card } from "@/ui/card";
import { type FileWrong, FORMATS, fileWrong, WIDTH_MIN } from "../crop";
import { ImageDialog } from "./image-dialog";

const IMAGES_MAX = 8;

/** The pictures of an event, and another one. The first is the poster. */
export function ImageSection({ event }: { event: OwnEvent }) {
  const { t } = useTranslation("organizer");
  const queries = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const errorId = useId();
  const [wrong, setWrong] = useState<FileWrong>();
  const [picked, setPicked] = useState<{ picture: ImageBitmap; type: string }>();
  const full = event.images.length >= IMAGES_MAX;

  const take = async (file: File | undefined) => {
    if (!file) return;
    const reason = fileWrong(file);
    setWrong(reason);
    if (reason) return;
    try {
      const picture = await createImageBitmap(file);
      if (picture.width < WIDTH_MIN) setWrong("tooSmall");
      else setPicked({ picture, type: file.type });
    } catch {
      setWrong("unreadable");
    }
  };
  const close = () => {
    setPicked(undefined);
    if (input.current) input.current.value = "";
    void queries.invalidateQueries({ queryKey: ownEventQuery(event.eventId).queryKey });
  };

  return (
    <Card id="images" className="scroll-mt-24">
      <div className="mb-4 flex flex-wrap items-center justify-between gap-3">
        <div>
          <h2 className="text-xl font-bold">{t("images.title")}</h2>
          <p className="text-sm text-muted">{t("images.hint")}</p>
        </div>
        <Button
          kind="secondary"
          disabled={full || event.status === "CANCELLED"}
          aria-describedby={wrong ? errorId : undefined}
          onClick={() => input.current?.click()}
        >
          <ImagePlus aria-hidden />
          {t("images.add")}
        </Button>
        <input
          ref={input}
          type="file"
          hidden
          accept={FORMATS.join(",")}
          data-testid="image-file"
          onChange={({ target }) => void take(target.files?.[0])}
        />
      </div>
      {wrong && (
        <p id={errorId} role="alert" className="mb-4 font-medium text-bad">
          {t(`images.wrong.${wrong}`)}
        </p>
      )}
      {full && <p className="mb-4 text-sm text-muted">{t("images.full", { count: IMAGES_MAX })}</p>}
      {event.images.length === 0 ? (
        <p className="text-muted">{t("images.none")}</p>
      ) : (
        <ul className="grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-4">
          {event.images.map((image, index) => (
            <li key={image.imageId} className="relative">
              <EventImage image={image} className="aspect-video w-full rounded-xl" />
              <p className="mt-1 text-sm text-muted">{image.alt}</p>
              {index === 0 && (
                <Badge tone="stage" className="absolute top-2 left-2">
                  {t("images.poster")}
                </Badge>
              )}
            </li>
          ))}
        </ul>
      )}
      {picked && <ImageDialog eventId={event.eventId} {...picked} onClose={close} />}
    </Card>
  );
}
