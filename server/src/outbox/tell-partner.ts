import type { Tx } from "../store/store.ts";
import { type Instant, isoTime } from "../words/clock.ts";
import { as, noCurrency, type PartnerId } from "../words/ids.ts";
import { newOrderKey } from "../words/order-key.ts";
import type { CreditFacts, Notice } from "./adapter.ts";
import { webhookOf } from "./destinations.ts";
import { lockDestination } from "./rows/destinations.ts";
import { insertOutboxRow, lockToldOfOrder } from "./rows/outbox.ts";

/**
 * Tells a partner something beside its credits, by its own webhook, in the transaction of what it tells: there is no
 * change without its message. A partner without a webhook hears nothing here. Notices of one partner arrive in order.
 */
export async function tellPartner(
  tx: Tx,
  { partner, notice }: { partner: PartnerId; notice: Notice },
  now: Instant,
): Promise<void> {
  const webhook = await lockDestination(tx, webhookOf(partner));
  if (webhook === undefined || webhook.status !== "active") return;
  const lane = as.order(`notices ${partner}`);
  const told = (await lockToldOfOrder(tx, lane)).filter((one) => one.destination_id === webhook.id);
  const waits = told.some(({ state }) => state !== "delivered" && state !== "dropped");
  await insertOutboxRow(tx, {
    id: `msg_${newOrderKey(now)}`,
    destination_id: webhook.id,
    order_key: lane,
    seq: Math.max(0, ...told.map(({ seq }) => seq)) + 1,
    kind: "notice",
    facts: JSON.stringify(factsOf(partner, notice, now)),
    due_at: waits ? null : now,
    created_at: now,
  });
}

/** A notice is about no order and no money; lists and log lines of messages have these members all the same. */
const factsOf = (partner: PartnerId, notice: Notice, now: Instant): CreditFacts => ({
  order: as.order(""),
  shop: "",
  shopOrder: "",
  cycle: "new",
  product: null,
  partner,
  currency: noCurrency,
  creditMinor: 0,
  previousCreditMinor: 0,
  netMinor: 0,
  remainingNetMinor: 0,
  reference: null,
  cause: notice.type,
  occurredAt: isoTime(now),
  changedAt: isoTime(now),
  notice,
});
