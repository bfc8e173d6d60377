import { useMutation } from "@tanstack/react-query";
import { ShieldCheck } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ProblemNotice } from "@/parts/problem-notice";
import { Button } from "@/ui/button";
import { Card } from "@/ui/card";
import { Dialog } from "@/ui/dialog";
import { Notice } from "@/ui/notice";
import { disableAuthenticator, setUpAuthenticator } from "../api/accounts";
import { AuthenticatorSetUp } from "./authenticator-set-up";

/** The second factor. The API does not tell whether it is on, so both ways are offered until one was taken. */
export function Authenticator() {
  const { t } = useTranslation(["account", "common"]);
  const [done, setDone] = useState<"on" | "off">();
  const [asking, setAsking] = useState(false);
  const setUp = useMutation({ mutationFn: setUpAuthenticator, gcTime: 0 });
  const disable = useMutation({
    mutationFn: disableAuthenticator,
    onSuccess: () => {
      setDone("off");
      setAsking(false);
      setUp.reset();
    },
  });

  return (
    <Card>
      <h2 className="flex items-center gap-2 text-xl font-bold">
        <ShieldCheck aria-hidden className="size-6 text-velvet" />
        {t("authenticator.title")}
      </h2>
      <p className="mt-1 text-muted">{t("authenticator.text")}</p>
      <div className="mt-4 flex flex-col gap-4">
        {done && <Notice tone={done === "on" ? "good" : "calm"} title={t(`authenticator.${done}`)} />}
        {setUp.isError && <ProblemNotice error={setUp.error} onRetry={() => setUp.mutate()} />}
        {setUp.data ? (
          <AuthenticatorSetUp
            made={setUp.data}
            onEnabled={() => {
              setDone("on");
              setUp.reset();
            }}
            onCancel={() => setUp.reset()}
          />
        ) : (
          <div className="flex flex-wrap gap-3">
            {done !== "on" && (
              <Button busy={setUp.isPending} onClick={() => setUp.mutate()}>
                {t("authenticator.setUp")}
              </Button>
            )}
            {done !== "off" && (
              <Button kind="secondary" onClick={() => setAsking(true)}>
                {t("authenticator.disable")}
              </Button>
            )}
          </div>
        )}
      </div>
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t("authenticator.disableTitle")}
        actions={
          <>
            <Button kind="secondary" onClick={() => setAsking(false)}>
              {t("common:cancel")}
            </Button>
            <Button kind="danger" busy={disable.isPending} onClick={() => disable.mutate()}>
              {t("authenticator.disable")}
            </Button>
          </>
        }
      >
        <p>{t("authenticator.disableText")}</p>
        {disable.isError && <ProblemNotice error={disable.error} />}
      </Dialog>
    </Card>
  );
}
