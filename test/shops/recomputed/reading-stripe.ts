/** The second reading of Stripe: https://docs.stripe.com/api, and `docs/shops/stripe.md` for how an order is named. */

import type { Json, Story, Telling } from "./told-values.ts";
import { num, obj, ofStripe, share, stories } from "./told-values.ts";

const objectOf = ({ body }: Telling): Json => obj(obj(body.data).object);

/** Which order each id is of: the session's, else the invoice's own. */
function namesIn(told: Telling[]): Map<unknown, unknown> {
  const names = new Map<unknown, unknown>();
  const name = (ids: unknown[], order: unknown) => {
    for (const id of ids) if (id) names.set(id, order);
  };
  for (const one of told) {
    const { id, payment_intent, invoice, charge, payment } = objectOf(one);
    if (one.topic.startsWith("checkout.session")) name([id, payment_intent, invoice], id);
    if (one.topic === "invoice.paid") name([id, payment_intent, charge], names.get(id) ?? id);
    if (one.topic === "invoice_payment.paid")
      name([obj(payment).payment_intent], names.get(invoice) ?? invoice);
  }
  return names;
}

/** What refunds took of one payment by now: the charge's total, and what each refund has changed since. */
type Refunds = { total: number; counted: Map<unknown, boolean> };

export function stripe(told: Telling[]): Map<string, Story> {
  const names = namesIn(told);
  const { of, found } = stories();
  const refunds = new Map<unknown, Refunds>();
  const paid = new Map<Story, number>();
  const sessions = new Map<unknown, Json>();
  const withInvoice = new Set<Story>();
  for (const one of told) {
    const { topic } = one;
    const object = objectOf(one);
    const { id, currency, status } = object;
    const minor = (amount: unknown) => ofStripe(amount, currency);
    if (topic.startsWith("checkout.session")) {
      const tax = minor(obj(object.total_details).amount_tax);
      if (object.payment_status !== "paid") sessions.set(object.payment_intent, object);
      // What a credit balance paid of its invoice is no part of it, whatever the session said.
      else if (!withInvoice.has(of(id)))
        Object.assign(of(id), { net: minor(object.amount_total) - tax, tax });
      continue;
    }
    const story = of(names.get(object.payment_intent ?? object.invoice ?? id) ?? id);
    const payment = object.payment_intent;
    const ofPayment = refunds.get(payment) ?? { total: 0, counted: new Map() };
    if (topic === "payment_intent.succeeded") {
      // Of an authorised payment what was captured is what was sold, its tax in proportion.
      const { amount_total, total_details } = sessions.get(id) ?? {};
      const gross = minor(object.amount_received);
      const tax = share(minor(obj(total_details).amount_tax), gross, minor(amount_total));
      Object.assign(story, { net: gross - tax, tax });
    } else if (topic === "invoice.paid") {
      const { total, total_excluding_tax, amount_due } = object;
      const taxOfAll =
        total_excluding_tax === undefined ? num(object.tax) : num(total) - num(total_excluding_tax);
      const tax = minor(share(taxOfAll, num(amount_due), num(total)));
      Object.assign(story, { net: minor(amount_due) - tax, tax });
      withInvoice.add(story);
    } else if (topic === "invoice_payment.paid") {
      paid.set(story, (paid.get(story) ?? 0) + minor(object.amount_paid));
    } else if (topic === "charge.refunded") {
      // What was let go of an authorisation stands in the total too, and was never paid.
      ofPayment.total = minor(
        num(object.amount_refunded) - (num(object.amount) - num(object.amount_captured)),
      );
      refunds.set(payment, ofPayment);
      story.gone.set(payment, { gross: ofPayment.total });
    } else if (topic.includes("refund")) {
      const isOff = status === "failed" || status === "canceled";
      // One of which only the end is told was in the charge's total before.
      const was = ofPayment.counted.get(id) ?? isOff;
      if (was && isOff) ofPayment.total -= minor(object.amount);
      if (!was && !isOff) ofPayment.total += minor(object.amount);
      ofPayment.counted.set(id, !isOff);
      refunds.set(payment, ofPayment);
      story.gone.set(payment, { gross: ofPayment.total });
    } else if (topic.startsWith("charge.dispute")) {
      // An inquiry takes no money, and what was reinstated or closed well is back.
      const isInquiry = /^(warning_|prevented)/.test(String(status));
      const isBack = topic.endsWith("reinstated") || (topic.endsWith("closed") && status !== "lost");
      const isOpen = topic.endsWith("withdrawn") || !(isInquiry || isBack);
      story.gone.set(id, isOpen ? { gross: minor(object.amount) } : undefined);
    } else if (topic.startsWith("credit_note")) {
      const gross = minor(object.out_of_band_amount);
      const net = share(gross, minor(object.total_excluding_tax), minor(object.total));
      story.gone.set(id, status === "void" ? undefined : { gross, net });
    }
  }
  for (const [story, amount] of paid) story.beyond = Math.max(0, amount - story.net - story.tax);
  return found;
}
