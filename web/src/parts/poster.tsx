import type { Schema } from "@/lib/api";
import { classes } from "@/lib/classes";
import { config } from "@/lib/config";

/** An event's picture at 16:9, its place kept while it loads; a patch of velvet where there is none. */
export function Poster({
  image,
  first = false,
  className,
}: {
  image: Schema["ImageView"] | null | undefined;
  /** Whether this is what people came to see: fetched before everything else. */
  first?: boolean;
  className?: string;
}) {
  const frame = classes("aspect-video w-full bg-velvet object-cover", className);
  if (!image) return <div aria-hidden className={classes(frame, "footlights")} />;
  return (
    <img
      src={`${config().apiBase}${image.url}`}
      alt={image.alt}
      width={1280}
      height={720}
      loading={first ? "eager" : "lazy"}
      fetchPriority={first ? "high" : "auto"}
      decoding="async"
      className={frame}
    />
  );
}
