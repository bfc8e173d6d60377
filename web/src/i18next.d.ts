import "i18next";
import type account from "./locales/en/account.json";
import type admin from "./locales/en/admin.json";
import type checkout from "./locales/en/checkout.json";
import type common from "./locales/en/common.json";
import type discover from "./locales/en/discover.json";
import type door from "./locales/en/door.json";
import type organizer from "./locales/en/organizer.json";
import type problems from "./locales/en/problems.json";
import type seatMap from "./locales/en/seat-map.json";
import type tickets from "./locales/en/tickets.json";

/** A key that no catalogue has does not compile. */
declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "common";
    returnNull: false;
    resources: {
      common: typeof common;
      problems: typeof problems;
      discover: typeof discover;
      "seat-map": typeof seatMap;
      checkout: typeof checkout;
      tickets: typeof tickets;
      account: typeof account;
      organizer: typeof organizer;
      admin: typeof admin;
      door: typeof door;
    };
  }
}
