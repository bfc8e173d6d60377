import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Dialog } from "@/ui/dialog";
import type { Venue } from "../api/venues";
import type { PickedVenue } from "../event-form";
import { NewVenue } from "./new-venue";
import { VenueSearch } from "./venue-search";

/** Finds a venue, or describes one that nobody has described yet. */
export function VenueDialog({
  open,
  onClose,
  onPick,
}: {
  open: boolean;
  onClose: () => void;
  onPick: (venue: PickedVenue) => void;
}) {
  const { t } = useTranslation("organizer");
  const [creating, setCreating] = useState(false);
  const close = () => {
    setCreating(false);
    onClose();
  };
  const pick = ({ venueId, name, city, timeZone, priceLevels }: Venue) => {
    setCreating(false);
    onPick({ venueId, name, city, timeZone, priceLevels });
  };
  return (
    <Dialog
      open={open}
      onClose={close}
      title={creating ? t("venue.newTitle") : t("venue.title")}
      className="sm:w-[min(46rem,calc(100vw-2rem))]"
    >
      {creating ? (
        <NewVenue onCreated={pick} onBack={() => setCreating(false)} />
      ) : (
        <VenueSearch onPick={pick} onNew={() => setCreating(true)} />
      )}
    </Dialog>
  );
}
