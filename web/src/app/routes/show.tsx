import { useParams } from "react-router";
import { SeatMap } from "@/features/seat-map/seat-map";

export function Component() {
  const { showId = "" } = useParams();
  // Another show is another hall: nothing of the one before stays.
  return <SeatMap key={showId} showId={showId} />;
}
