import { config } from "@/lib/config";
import type { PaymentProvider, ProviderId } from "./provider";
import { razorpay } from "./razorpay";
import { sandbox } from "./sandbox";
import { stripe } from "./stripe";

const all: Record<ProviderId, PaymentProvider> = { sandbox, stripe, razorpay };

/** Through whom buyers may pay here, the first is offered first. */
export function offeredProviders(): PaymentProvider[] {
  return config().providers.flatMap((id) => all[id] ?? []);
}

export function providerOf(id: ProviderId): PaymentProvider {
  return all[id];
}
