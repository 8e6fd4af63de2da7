import type { OrderLine } from "../../server/src/events/order-line.ts";
import type { SaleEvent } from "../../server/src/events/purchase-event.ts";
import { as } from "../../server/src/words/ids.ts";
import { noon } from "./ledger-world.ts";

const id = as.provider;
/** What every story is paid in. */
export const EUR = as.currency("eur");
/** Minutes after noon. */
export const minutes = (count: number) => (noon + count * 60_000) as typeof noon;

/** A sale of 100.00 with 20.00 tax by default. */
export const sale = (
  over: Partial<SaleEvent> & Pick<SaleEvent, "eventId" | "objectId" | "providerIds">,
): SaleEvent => ({
  effect: "sale",
  order: id(over.objectId),
  cycle: "new",
  netMinor: 10_000,
  taxMinor: 2000,
  currency: EUR,
  occurredAt: minutes(0),
  ...over,
});

/** An id of one run. */
export type Own = (name: string) => ReturnType<typeof id>;

/** A line without tax. */
export const line = (name: string, netMinor: number): OrderLine => ({
  line: name,
  articles: ["price_1"],
  quantity: 1,
  netMinor,
  taxMinor: 0,
  kind: "new",
});
