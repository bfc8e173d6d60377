import { useParams } from "react-router";
import { Scanner } from "@/features/door/components/scanner";

export function Component() {
  const { showId = "" } = useParams();
  return <Scanner key={showId} showId={showId} />;
}
