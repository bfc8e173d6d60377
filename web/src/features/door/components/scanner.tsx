import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useSession } from "@/lib/session";
import { deviceStorage } from "@/lib/storage";
import { ownZone } from "@/lib/time";
import { useStorageKept } from "@/lib/use-storage-kept";
import { useWakeLock } from "@/lib/use-wake-lock";
import { ProblemNotice } from "@/parts/problem-notice";
import { useSeatName } from "@/parts/seat-name";
import { When } from "@/parts/when";
import { Card } from "@/ui/card";
import { Field } from "@/ui/field";
import { Notice } from "@/ui/notice";
import { Page } from "@/ui/page";
import { type DoorShow, doorShowsQuery, rememberedShowsQuery } from "../api/door";
import { wakeSound } from "../signals";
import { useDoor } from "../use-door";
import { useScanning } from "../use-scanning";
import { useVerifier } from "../use-verifier";
import { useWedge } from "../use-wedge";
import { Findings } from "./findings";
import { History } from "./history";
import { ManualEntry } from "./manual-entry";
import { StateBadges } from "./state-badges";
import { VerdictScreen } from "./verdict";
import { Viewfinder } from "./viewfinder";

const GATE = "frontrow.door.gate";
const GATE_CHARACTERS_MAX = 40;

/** A show's door: everything between a code and "come in". */
export function Scanner({ showId }: { showId: string }) {
  const { t } = useTranslation("door");
  const { userId: owner = "" } = useSession();
  const shows = useShows(owner);
  const show = shows.find((one) => one.showId === showId);
  const timeZone = show?.timeZone ?? ownZone();
  const [gate, setGate] = useGate();
  const door = useDoor(owner, showId);
  const scanning = useScanning(owner, showId, gate.trim(), door);
  const canVerify = useVerifier();
  useWedge(scanning.entered);
  useWakeLock(true);
  useStorageKept();
  const seatName = useSeatName(door.sections);
  useEffect(() => {
    addEventListener("pointerdown", wakeSound);
    return () => removeEventListener("pointerdown", wakeSound);
  }, []);

  return (
    <Page
      title={show?.title ?? t("scanner")}
      lead={
        <div className="flex flex-col gap-3">
          {show && (
            <p>
              <When at={show.startsAt} timeZone={show.timeZone} /> · {show.venueName}, {show.city}
            </p>
          )}
          <StateBadges door={door} />
        </div>
      }
      actions={
        <Link to="/door" className="inline-flex min-h-11 items-center font-semibold text-velvet underline">
          {t("back")}
        </Link>
      }
    >
      {door.problem && <ProblemNotice error={door.problem} className="mb-6" />}
      {scanning.problem && <ProblemNotice error={scanning.problem} className="mb-6" />}
      {!canVerify && <Notice tone="warn" title={t("state.noVerifier")} className="mb-6" />}
      <Findings findings={door.findings} shows={shows} here={showId} seatName={seatName} onSeen={door.seen} />
      <div className="grid items-start gap-6 md:grid-cols-2">
        <Viewfinder onCode={scanning.saw} />
        <div className="flex flex-col gap-6">
          <ManualEntry onCode={scanning.entered} />
          <History
            seatName={seatName}
            history={scanning.history}
            admitted={scanning.admitted}
            refused={scanning.refused}
          />
          <Card>
            <Field
              label={t("gate.label")}
              hint={t("gate.hint")}
              value={gate}
              maxLength={GATE_CHARACTERS_MAX}
              onChange={(event) => setGate(event.target.value)}
            />
          </Card>
        </div>
      </div>
      <VerdictScreen
        verdict={scanning.shown}
        timeZone={timeZone}
        seatName={seatName}
        onNext={scanning.next}
        onHold={scanning.hold}
        onLetGo={scanning.letGo}
      />
    </Page>
  );
}

/** The shows as the server has them, or as this device remembers them. */
function useShows(owner: string): DoorShow[] {
  const stored = useQuery(rememberedShowsQuery(owner)).data;
  const fresh = useQuery(doorShowsQuery(owner)).data;
  return [...(fresh ?? []), ...(stored ?? [])];
}

/** A device stays at its gate. */
function useGate(): [string, (gate: string) => void] {
  const [gate, setGate] = useState(() => deviceStorage.read(GATE) ?? "");
  return [
    gate,
    (next) => {
      deviceStorage.write(GATE, next);
      setGate(next);
    },
  ];
}
