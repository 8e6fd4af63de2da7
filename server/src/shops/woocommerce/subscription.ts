import { z } from "zod";
import type { SaleEvent } from "../../events/purchase-event.ts";
import { instant } from "../../words/clock.ts";
import { as, noCurrency } from "../../words/ids.ts";
import { idsOf, idText } from "../kit/members.ts";
import { readPayload } from "../kit/read-json.ts";
import type { SingleReading } from "../shop.ts";

const subscriptionSchema = z.object({
  id: idText,
  /** The order that began it; `0` where a person made the subscription by hand. */
  parent_id: idText,
  billing_period: z.string(),
  date_created_gmt: z.iso.datetime({ local: true }).transform((time) => instant(Date.parse(`${time}Z`))),
});

/**
 * Reads which subscription an order began, with the extension WooCommerce Subscriptions:
 * https://woocommerce.github.io/subscriptions-rest-api-docs/. A renewal's order names its subscription, a first order
 * does not: without this a renewal could not be traced to who sold the first year.
 *
 * It is told as a second event of the order's sale, of no money, in the code ISO 4217 has for no currency. The order's own
 * event tells the amounts, whichever of the two comes first.
 */
export function readWooSubscription(type: string, object: unknown): SingleReading {
  const reading = readPayload(subscriptionSchema, object);
  if (reading.outcome === "refused") return reading;
  const { id, parent_id, date_created_gmt } = reading.value;
  const eventId = `subscription-${id}`;
  if (parent_id === "0") return { outcome: "ignored", type, eventId };
  const sale: SaleEvent = {
    effect: "sale",
    eventId,
    objectId: eventId,
    occurredAt: date_created_gmt,
    order: as.provider(parent_id),
    providerIds: idsOf(parent_id),
    subscription: as.provider(id),
    cycle: "new",
    netMinor: 0,
    taxMinor: 0,
    currency: noCurrency,
    amounts: "part",
  };
  return { outcome: "events", events: [sale], live: true };
}
