import { zodResolver } from "@hookform/resolvers/zod";
import { useEffect } from "react";
import { useForm } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { Button } from "@/ui/button";
import { answerChallenge } from "../api/accounts";
import { challengeForm } from "../model";
import { forget } from "../pending";
import { useFieldError } from "../use-field-error";
import { useSending } from "../use-sending";
import { CodeField } from "./code-field";
import { FormProblem, useWait } from "./form-problem";

/** The second factor. */
export function ChallengeForm({
  email,
  session,
  onStartAgain,
}: {
  email: string;
  session: string;
  onStartAgain: () => void;
}) {
  const { t } = useTranslation("account");
  const form = useForm({ resolver: zodResolver(challengeForm), defaultValues: { code: "" } });
  const errorAt = useFieldError(form);
  const { submit, busy, problem } = useSending(form, async ({ code }) => {
    await answerChallenge(email, session, code);
    forget();
  });
  const waiting = useWait(problem) > 0;
  const { setFocus } = form;
  useEffect(() => setFocus("code"), [setFocus]);

  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-5">
      <FormProblem problem={problem} />
      {problem?.kind === "code-refused" && <p>{t("challenge.again")}</p>}
      <CodeField {...form.register("code")} error={errorAt("code")} />
      <Button type="submit" size="large" wide busy={busy} disabled={waiting}>
        {t("challenge.submit")}
      </Button>
      <Button kind="quiet" onClick={onStartAgain}>
        {t("challenge.startAgain")}
      </Button>
    </form>
  );
}
