import type { OpenedDeps } from "../../server/src/deps/open-deps.ts";
import { concealEvent } from "../../server/src/events/conceal-event.ts";
import { recordEvent } from "../../server/src/orders/record/record-event.ts";
import type { Instant } from "../../server/src/words/clock.ts";
import { as } from "../../server/src/words/ids.ts";
import { sessionId, timedId } from "./load/stripe-ids.ts";

/** The ids of one order that was recorded by the receiver's own code: other orders can be made in its likeness. */
export interface Example {
  order: string;
  session: string;
  payment: string;
  event: string;
  reference: string;
  licence: string;
  email: string;
  token: { jti: string; partner: string };
  recordedAt: Instant;
}

/** Records the purchase that followed a click, and answers its ids as they are stored. */
export async function recordExample(
  deps: OpenedDeps,
  reference: string,
  token: { jti: string; partner: string } | undefined,
): Promise<Example> {
  const recordedAt = deps.clock();
  const session = sessionId();
  const payment = timedId("pi_3", Math.floor(recordedAt / 1000));
  const event = timedId("evt_1", Math.floor(recordedAt / 1000));
  const sale = {
    effect: "sale" as const,
    eventId: event,
    objectId: session,
    occurredAt: recordedAt,
    order: as.provider(session),
    providerIds: [as.provider(session), as.provider(payment)],
    cycle: "new" as const,
    product: as.product("acme-paint"),
    netMinor: 10_000,
    taxMinor: 1_900,
    currency: as.currency("EUR"),
    email: "customer@example.org",
    reference,
  };
  const recorded = await deps.store.write((tx) =>
    recordEvent(tx, deps, { shop: as.shop("stripe"), event: concealEvent(sale, deps.hashes) }, recordedAt),
  );
  const order = recorded.status === "recorded" ? recorded.decided[0]?.order : undefined;
  if (token === undefined || order?.outcome !== "credited" || !order.licence_hash || !order.email_hash)
    throw new Error("the example order was not credited");
  const { order_key, licence_hash: licence, email_hash: email } = order;
  return { order: order_key, session, payment, event, reference, licence, email, token, recordedAt };
}
