import { loadNamespaces } from "@/lib/i18n";

export { CheckoutPage as Component } from "@/features/checkout/components/checkout-page";

/** The page that follows is fetched while people look at this one: who has paid sees what became of it, even if the network goes just then. */
export function loader(): null {
  void Promise.all([import("./booking"), loadNamespaces("tickets")]).catch(() => {});
  return null;
}
