import { useEffect, useState } from "react";

/** Whether this browser can verify tickets by itself. */
export function useVerifier(): boolean {
  const [canVerify, setCanVerify] = useState(true);
  useEffect(() => {
    // Any 32 bytes will do: what matters is whether the algorithm has a name here.
    crypto.subtle
      ?.importKey("raw", new Uint8Array(32), "Ed25519", false, ["verify"])
      .then(() => setCanVerify(true))
      .catch(() => setCanVerify(false));
    if (!crypto.subtle) setCanVerify(false);
  }, []);
  return canVerify;
}
