/** The second reading of the shops that tell each thing that happened by an event of its own. */

import type { Gone, Json, Story, Telling } from "./told-values.ts";
import { list, major, num, obj, ofStripe, share, stories } from "./told-values.ts";

/** https://developer.paddle.com/webhooks/overview */
export function paddle(told: Telling[]): Map<string, Story> {
  const { of, found } = stories();
  // Chargebacks that came back by their status, and by an adjustment of its own: of one both may be told.
  let back: { id: unknown; order: unknown; gross: number; by: "status" | "adjustment" }[] = [];
  for (const { topic, body } of told) {
    const { id, action, status, transaction_id: order, totals: amounts, details } = obj(body.data);
    if (topic.startsWith("transaction")) {
      const { tax, total, grand_total } = obj(obj(details).totals);
      const taxOfPaid = share(num(tax), num(grand_total), num(total));
      Object.assign(of(id), { net: num(grand_total) - taxOfPaid, tax: taxOfPaid });
      continue;
    }
    const { gone } = of(order);
    const { total, subtotal } = obj(amounts);
    const [gross, net] = [num(total), num(subtotal)];
    // What comes back after another chargeback over as much is that one's money.
    if (action === "chargeback" && status === "approved")
      back = back.filter((one) => one.order !== order || one.gross !== gross || one.by !== "status");
    const isBack = {
      status: action === "chargeback" && status === "reversed",
      adjustment: action === "chargeback_reverse",
    };
    const other = back.findIndex(
      (one) =>
        one.order === order && one.gross === gross && isBack[one.by === "status" ? "adjustment" : "status"],
    );
    if (action === "refund") gone.set(id, status === "approved" ? { gross, net } : undefined);
    if (action === "chargeback") gone.set(id, status === "approved" ? { gross, net } : undefined);
    if (isBack.adjustment && other === -1) gone.set(id, { gross: -gross, net: -net });
    if (isBack.status && other !== -1) gone.set(back[other]?.id, undefined);
    if (!isBack.status && !isBack.adjustment) continue;
    if (other !== -1) back.splice(other, 1);
    else back.push({ id, order, gross, by: isBack.status ? "status" : "adjustment" });
  }
  return found;
}

/** https://developer.fastspring.com/reference/webhooks-overview */
export function fastspring(told: Telling[]): Map<string, Story> {
  const { of, found } = stories();
  const events = told.flatMap(({ body }) =>
    list(body.events).map((event) => ({ ...event, api: body.orders })),
  );
  for (const { type, data, api } of events as Json[]) {
    const { original, totalReturn, tax, currency, return: id, cotermGroupOrderId, ...sold } = obj(data);
    // A charge that names its order alone: the API tells it.
    const bare = typeof sold.order === "string" ? sold.order : sold.order === undefined && cotermGroupOrderId;
    const charged = bare ? obj(obj(api)[String(bare)]) : obj(sold.order);
    const minor = (amount: unknown) => major(amount, currency ?? charged.currency);
    if (type === "return.created") {
      const gross = minor(totalReturn);
      of(obj(original).reference).gone.set(id, { gross, net: gross - minor(tax) });
      continue;
    }
    const order = type === "order.completed" ? obj(data) : charged;
    const taxOfAll = minor(order.tax);
    Object.assign(of(order.reference), { net: minor(order.total) - taxOfAll, tax: taxOfAll });
  }
  return found;
}

/** https://docs.lemonsqueezy.com/help/webhooks/event-types */
export function lemon(told: Telling[]): Map<string, Story> {
  const { of, found } = stories();
  for (const { topic, body } of told) {
    const { id, attributes } = obj(body.data);
    const { total, tax, refunded_amount, billing_reason } = obj(attributes);
    // The first invoice's money is the order's, and a subscription has none.
    if (topic === "subscription_created" || billing_reason === "initial") continue;
    const story = of(topic.startsWith("order") ? id : `subscription-invoice-${id}`);
    Object.assign(story, { net: num(total) - num(tax), tax: num(tax) });
    // A running total, of which none says nothing new.
    if (topic.endsWith("refunded") && num(refunded_amount) > 0)
      story.gone.set("total", { gross: num(refunded_amount) });
  }
  return found;
}

/** https://polar.sh/docs/api-reference/webhooks/order.updated */
export function polar(told: Telling[]): Map<string, Story> {
  const { of, found } = stories();
  for (const { topic, body } of told) {
    const data = obj(body.data);
    const minor = (amount: unknown) => ofStripe(amount, data.currency);
    if (topic.startsWith("refund.")) {
      // What is under way is in no total of the order, and one that is done is in all after it.
      const [net, tax] = [minor(data.amount), minor(data.tax_amount)];
      of(data.order_id).gone.set(data.id, data.status === "pending" ? { gross: net + tax, net } : undefined);
      continue;
    }
    if (data.status === "pending") continue;
    const story = of(data.id);
    // Orders of before there was a net amount tell what it is made of, and the first ones the net as their amount.
    const whole =
      data.subtotal_amount === undefined ? undefined : num(data.subtotal_amount) - num(data.discount_amount);
    const [net, tax] = [minor(data.net_amount ?? whole ?? data.amount), minor(data.tax_amount)];
    const paid = net + tax + num(data.applied_balance_amount);
    const netPaid = share(net, paid, net + tax);
    Object.assign(story, { net: netPaid, tax: paid - netPaid });
    const back: Gone = {
      gross: minor(data.refunded_amount) + minor(data.refunded_tax_amount),
      net: minor(data.refunded_amount),
    };
    if (topic !== "order.paid") story.gone.set("total", back);
  }
  return found;
}
