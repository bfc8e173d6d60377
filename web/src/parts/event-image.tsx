import { ImageOff } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { classes } from "@/lib/classes";
import { config } from "@/lib/config";

/** A picture of an event; where its bytes never came, a sign that says so. */
export function EventImage({ image, className }: { image: { url: string; alt: string }; className?: string }) {
  const { t } = useTranslation();
  const [gone, setGone] = useState("");
  if (gone === image.url) {
    return (
      <span
        role="img"
        aria-label={`${image.alt}: ${t("preview.imageMissing")}`}
        className={classes("grid place-items-center bg-raised text-muted", className)}
      >
        <ImageOff aria-hidden />
      </span>
    );
  }
  return (
    <img
      src={`${config().apiBase}${image.url}`}
      alt={image.alt}
      loading="lazy"
      onError={() => setGone(image.url)}
      className={classes("bg-raised object-cover", className)}
    />
  );
}
