import { Plus } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { classes } from "@/lib/classes";
import { ButtonLink } from "@/ui/button";
import { Page } from "@/ui/page";
import { CouponList } from "./coupon-list";
import { EventList } from "./event-list";
import { OrganizationSettings } from "./organization-settings";
import { RefundList } from "./refund-list";

const TABS = ["events", "refunds", "coupons", "settings"] as const;

/** The organization's own place: its events, its refunds, its coupons, its settings. */
export function OrganizerPage() {
  const { t } = useTranslation("organizer");
  const [search] = useSearchParams();
  const tab = TABS.find((one) => one === search.get("tab")) ?? "events";
  return (
    <Page
      title={t("page.title")}
      actions={
        <ButtonLink to="/organizer/events/new">
          <Plus aria-hidden />
          {t("page.newEvent")}
        </ButtonLink>
      }
    >
      <nav aria-label={t("page.parts")} className="mb-6 flex gap-1 overflow-x-auto border-b border-line">
        {TABS.map((one) => (
          <Link
            key={one}
            to={one === "events" ? "/organizer" : `/organizer?tab=${one}`}
            aria-current={one === tab ? "page" : undefined}
            className={classes(
              "flex min-h-11 items-center border-b-3 px-3 font-semibold whitespace-nowrap sm:px-4",
              one === tab ? "border-velvet text-velvet" : "border-transparent text-muted hover:text-ink",
            )}
          >
            {t(`page.${one}`)}
          </Link>
        ))}
      </nav>
      {tab === "events" && <EventList />}
      {tab === "refunds" && <RefundList />}
      {tab === "coupons" && <CouponList />}
      {tab === "settings" && <OrganizationSettings />}
    </Page>
  );
}
