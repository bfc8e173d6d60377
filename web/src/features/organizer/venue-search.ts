import type { VenueCard } from "./api/venues";

/** Venues whose name or city has every word of the text, each once. */
export function matchingVenues(venues: readonly VenueCard[], text: string): VenueCard[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const distinct = new Map(venues.map((venue) => [venue.venueId, venue]));
  return [...distinct.values()].filter(({ name, city }) => {
    const line = `${name} ${city}`.toLowerCase();
    return words.every((word) => line.includes(word));
  });
}
