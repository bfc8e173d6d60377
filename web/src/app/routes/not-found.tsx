import { Armchair } from "lucide-react";
import { useTranslation } from "react-i18next";
import { ButtonLink } from "@/ui/button";
import { Empty } from "@/ui/empty";
import { Page } from "@/ui/page";

export function Component() {
  const { t } = useTranslation();
  return (
    <Page title={t("notFound.title")} heading={null} narrow>
      <Empty
        icon={<Armchair aria-hidden />}
        title={t("notFound.title")}
        heading="h1"
        action={<ButtonLink to="/events">{t("notFound.action")}</ButtonLink>}
      >
        {t("notFound.text")}
      </Empty>
    </Page>
  );
}
