import type { Deps } from "../deps.ts";
import { as, type ShopName } from "../ids.ts";
import { Refusal } from "../refusal.ts";
import type { PurchaseEvent } from "../shops/purchase-event.ts";
import type { Shop, WebhookRefusal } from "../shops/shop.ts";
import { recordEvent } from "./record-event.ts";
import { reportOrder } from "./report-order.ts";

/** A delivery as it came in; the body is the raw bytes, which the signature covers. */
export interface Delivery {
  shop: string;
  headers: Headers;
  body: Uint8Array;
}

/** What became of a delivery. All three are answered 200. */
export interface DeliveryResult {
  status: "recorded" | "duplicate" | "ignored";
}

/**
 * Takes a shop's delivery: verifies it, and resolves once all its events are durable.
 *
 * @throws Refusal `shop_unknown`, `signature_invalid`, `event_invalid`. Any other error means that the delivery is
 * not durable and should be sent again.
 */
export async function takeWebhook(
  deps: Deps,
  shops: ReadonlyMap<ShopName, Shop>,
  delivery: Delivery,
): Promise<DeliveryResult> {
  const name = as.shop(delivery.shop);
  const shop = shops.get(name);
  if (shop === undefined) throw new Refusal("shop_unknown", "No shop of this name is configured.");
  const reading = shop.read(delivery, deps.clock());
  if (reading.outcome === "ignored") return { status: "ignored" };
  if (reading.outcome === "refused") {
    deps.log.warn("webhook.rejected", { shop: name, reason: reading.because });
    throw refusalOf(reading.because);
  }
  let recorded = false;
  for (const event of reading.events) recorded = (await takeEvent(deps, name, event)) || recorded;
  return { status: recorded ? "recorded" : "duplicate" };
}

/** Takes one event; answers false when it was taken before. */
async function takeEvent(deps: Deps, shop: ShopName, event: PurchaseEvent): Promise<boolean> {
  const about = { shop, eventId: event.eventId, effect: event.effect };
  try {
    const result = await deps.store.write((tx) => recordEvent(tx, deps, { shop, event }, deps.clock()));
    if (result.status === "duplicate") {
      deps.log.info("webhook.duplicate", about);
      return false;
    }
    for (const decided of result.decided) reportOrder(deps.log, decided);
    return true;
  } catch (cause) {
    deps.log.error("webhook.failed", about, cause);
    throw cause;
  }
}

/** The sender learns whether its signature or its event is at fault, and no more; the log has the reason. */
function refusalOf(because: WebhookRefusal): Refusal {
  switch (because) {
    case "signature_missing":
    case "signature_malformed":
    case "signature_mismatch":
    case "timestamp_outside_tolerance":
      return new Refusal("signature_invalid", "The signature does not hold for this body and time.");
    case "body_not_utf8":
    case "body_not_json":
    case "body_too_deep":
    case "event_malformed":
      return new Refusal("event_invalid", "The body is not an event of this shop.");
  }
}
