import type { LossEvent } from "../../events/purchase-event.ts";
import type { ShopName } from "../../words/ids.ts";
import type { Log, LogEvent, LogFields } from "../../words/log.ts";
import type { DecidedOrder } from "./decide-order.ts";

/** A line that the log is to have of an order. */
export interface OrderReport {
  event: LogEvent;
  fields: LogFields;
}

/** Says in the log what became of an order. */
export function reportOrder(log: Log, decided: DecidedOrder): void {
  for (const { event, fields } of reportsOf(decided)) log.info(event, fields);
}

/** What the log is to say of an order: each new decision, and each change of its ledger. */
export function reportsOf(decided: DecidedOrder): OrderReport[] {
  const reports: OrderReport[] = [];
  const report = (event: LogEvent, fields: LogFields) => reports.push({ event, fields });
  const { order, decision, evidence, credits, bookings } = decided;
  const about: LogFields = { shop: order.shop, order: order.order_id, currency: order.currency };
  if (decision?.outcome === "credited") {
    const { token } = decision.winner;
    const fields = { ...about, partner: decision.partner, reason: decision.because, evidence };
    const own = credits.filter((credit) => credit.partner === decision.partner);
    const amountMinor = own.reduce((sum, credit) => sum + credit.amountMinor, 0);
    report("order.credited", {
      ...fields,
      amountMinor,
      ...(token === undefined ? {} : { jti: token }),
      ...suspicionsIn(decision),
    });
  } else if (decision !== undefined) {
    const event = decision.outcome === "held" ? "order.held" : "order.unattributed";
    report(event, {
      ...about,
      partner: null,
      reason: decision.because,
      evidence,
      amountMinor: 0,
      ...suspicionsIn(decision),
    });
  }
  for (const booking of bookings) {
    const fields = { ...about, partner: booking.partner, reason: booking.cause, evidence };
    if (booking.kind === "reversal")
      report("order.reversed", { ...fields, amountMinor: booking.amountMinor });
    if (booking.kind === "reinstatement" && decision === undefined)
      report("order.credited", { ...fields, amountMinor: booking.amountMinor });
  }
  return reports;
}

/** What the log is to say of a loss that finds no order: it waits under the ids it names. */
export function waitingReport(
  shop: ShopName,
  loss: Pick<LossEvent, "effect" | "target" | "amountMinor" | "currency">,
) {
  const { effect, target, amountMinor, currency } = loss;
  const [order] = target;
  const fields: LogFields = {
    shop,
    effect,
    amountMinor,
    currency,
    ...(order === undefined ? {} : { order }),
  };
  return { event: "loss.waiting", fields } satisfies OrderReport;
}

/** The codes of all that is suspicious, where anything is. */
const suspicionsIn = (decision: NonNullable<DecidedOrder["decision"]>): LogFields =>
  decision.outcome === "unattributed" || decision.suspicions === undefined
    ? {}
    : { suspicions: decision.suspicions.map(({ code }) => code).join(" ") };
