import { useMutation, useQuery } from "@tanstack/react-query";
import { LogOut } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { meQuery } from "@/api/me";
import type { Schema } from "@/lib/api";
import { LanguageSelect, ThemeSelect } from "@/parts/preferences";
import { ProblemNotice } from "@/parts/problem-notice";
import { Badge } from "@/ui/badge";
import { Button, ButtonLink } from "@/ui/button";
import { Card } from "@/ui/card";
import { Dialog } from "@/ui/dialog";
import { Page } from "@/ui/page";
import { Skeleton } from "@/ui/skeleton";
import { signOut } from "../api/accounts";
import { Authenticator } from "./authenticator";
import { ChangePassword } from "./change-password";
import { ProfileForm } from "./profile-form";

interface Props {
  /** How many scans this device has not sent. */
  unsentScans: () => Promise<number>;
}

/** Somebody's own page. */
export function Profile({ unsentScans }: Props) {
  const { t } = useTranslation("account");
  const me = useQuery(meQuery());
  return (
    <Page title={t("profile.title")} lead={me.data?.email} actions={<SignOut unsentScans={unsentScans} />}>
      {me.isError && <ProblemNotice error={me.error} onRetry={() => void me.refetch()} className="mb-6" />}
      {me.isPending && <ProfileSkeleton />}
      <div className="grid items-start gap-6 lg:grid-cols-2">
        {me.data && (
          <>
            <div className="flex flex-col gap-6">
              <Links me={me.data} />
              <ProfileForm me={me.data} />
            </div>
            <div className="flex flex-col gap-6">
              <Preferences />
              <ChangePassword email={me.data.email} />
              <Authenticator />
            </div>
          </>
        )}
      </div>
    </Page>
  );
}

/** Asks first where something would stay behind. */
function SignOut({ unsentScans }: Props) {
  const { t } = useTranslation("account");
  const navigate = useNavigate();
  const [staying, setStaying] = useState(0);
  const leaving = useMutation({ mutationFn: signOut, onSuccess: () => navigate("/", { replace: true }) });
  const leave = async () => {
    const count = await unsentScans().catch(() => 0);
    if (count > 0) setStaying(count);
    else leaving.mutate();
  };
  return (
    <div className="flex flex-col gap-3">
      <Button kind="secondary" busy={leaving.isPending} onClick={() => void leave()}>
        <LogOut aria-hidden />
        {t("profile.signOut")}
      </Button>
      {leaving.isError && <ProblemNotice error={leaving.error} />}
      <Dialog
        open={staying > 0}
        onClose={() => setStaying(0)}
        title={t("profile.unsent.title", { count: staying })}
        actions={
          <>
            <Button
              kind="secondary"
              busy={leaving.isPending}
              onClick={() => {
                setStaying(0);
                leaving.mutate();
              }}
            >
              {t("profile.unsent.leave")}
            </Button>
            <ButtonLink to="/door">{t("profile.unsent.door")}</ButtonLink>
          </>
        }
      >
        <p>{t("profile.unsent.text")}</p>
      </Dialog>
    </div>
  );
}

/** Where people of these roles want to go from here. */
function Links({ me }: { me: Schema["ProfileView"] }) {
  const { t } = useTranslation("account");
  const has = (...roles: Schema["Role"][]) => roles.some((role) => me.roles.includes(role));
  const links = [
    { to: "/tickets", text: t("profile.tickets"), shown: true },
    { to: "/bookings", text: t("profile.bookings"), shown: true },
    { to: "/organizer", text: t("profile.organizer"), shown: has("ORGANIZER", "ADMIN") },
    { to: "/door", text: t("profile.door"), shown: has("STAFF", "ORGANIZER", "ADMIN") },
    { to: "/admin", text: t("profile.admin"), shown: has("ADMIN") },
  ].filter(({ shown }) => shown);
  return (
    <Card>
      <h2 className="text-xl font-bold">{t("profile.links")}</h2>
      <div className="mt-3 flex flex-wrap gap-3">
        {links.map(({ to, text }) => (
          <ButtonLink key={to} to={to} kind="secondary">
            {text}
          </ButtonLink>
        ))}
      </div>
      <p className="mt-3 text-sm text-muted">{t("profile.bookingsCount", { count: me.bookings })}</p>
      <h3 className="mt-5 text-sm font-semibold">{t("profile.roles")}</h3>
      <ul className="mt-1.5 flex flex-wrap gap-2">
        {me.roles.map((role) => (
          <li key={role}>
            <Badge tone={role === "USER" ? "plain" : "stage"}>{t(`role.${role}`)}</Badge>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Preferences() {
  const { t } = useTranslation("account");
  return (
    <Card>
      <h2 className="text-xl font-bold">{t("profile.preferences")}</h2>
      <p className="text-muted">{t("profile.preferencesText")}</p>
      <div className="mt-3 flex flex-wrap gap-4">
        <LanguageSelect />
        <ThemeSelect />
      </div>
    </Card>
  );
}

function ProfileSkeleton() {
  return (
    <div className="grid gap-6 lg:grid-cols-2">
      {["links", "preferences", "details", "password"].map((card) => (
        <Skeleton key={card} className="h-52 rounded-3xl" />
      ))}
    </div>
  );
}
