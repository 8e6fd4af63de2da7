import type { Log, LogFields } from "../log.ts";
import type { DecidedOrder } from "./decide-order.ts";

/** Says in the log what became of an order: each new decision, and each change of its ledger. */
export function reportOrder(log: Log, decided: DecidedOrder): void {
  const { order, decision, evidence, credits, bookings } = decided;
  const about: LogFields = { shop: order.shop, order: order.order_id, currency: order.currency };
  if (decision?.outcome === "credited") {
    const { token } = decision.winner;
    const fields = { ...about, partner: decision.partner, reason: decision.because, evidence };
    const amountMinor = credits.reduce((sum, credit) => sum + credit.amountMinor, 0);
    log.info("order.credited", { ...fields, amountMinor, ...(token === undefined ? {} : { jti: token }) });
  } else if (decision !== undefined) {
    const event = decision.outcome === "held" ? "order.held" : "order.unattributed";
    log.info(event, { ...about, partner: null, reason: decision.because, evidence, amountMinor: 0 });
  }
  for (const booking of bookings) {
    const fields = { ...about, partner: booking.partner, reason: booking.cause, evidence };
    if (booking.kind === "reversal")
      log.info("order.reversed", { ...fields, amountMinor: booking.amountMinor });
    if (booking.kind === "reinstatement" && decision === undefined)
      log.info("order.credited", { ...fields, amountMinor: booking.amountMinor });
  }
}
