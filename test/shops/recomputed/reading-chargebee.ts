/** The second reading of a shop that tells payments of invoices, and what became of each. */

import type { Story, Telling } from "./told-values.ts";
import { list, num, obj, share, stories, sumOf } from "./told-values.ts";

/** https://apidocs.chargebee.com/docs/api/events */
export function chargebee(told: Telling[]): Map<string, Story> {
  const { of, found } = stories();
  for (const { topic, body } of told) {
    const { transaction, credit_note, invoice: told } = obj(body.content);
    const { id, amount, status, type, deleted, linked_invoices, linked_credit_notes } = obj(transaction);
    const invoice = obj(told);
    const { reference_invoice_id, line_items, price_type, total } = obj(credit_note);
    const undone = list(linked_invoices)[0]?.invoice_id;
    // One transaction may be of several invoices.
    const notes = list(linked_credit_notes).filter((note) => note.cn_reference_invoice_id);
    for (const note of notes)
      of(note.cn_reference_invoice_id).gone.set(id, { gross: num(note.applied_amount) });
    if (notes.length > 0) continue;
    const story = of(invoice.id ?? reference_invoice_id ?? undone);
    const lines = list(line_items);
    if (topic === "payment_succeeded") {
      const tax = share(num(invoice.tax), num(invoice.amount_paid), num(invoice.total));
      Object.assign(story, { net: num(invoice.amount_paid) - tax, tax });
      // A second payment of it says that it is paid again.
      if (list(invoice.linked_payments).length > 1) story.gone.set("unpaid", undefined);
    } else if (topic.startsWith("invoice_")) {
      const isPaid = topic === "invoice_updated" && invoice.status === "paid";
      story.gone.set("unpaid", isPaid ? undefined : { gross: num(invoice.amount_due ?? invoice.total) });
    } else if (type === "payment_reversal") {
      story.gone.set("unpaid", status === "success" ? { gross: num(amount) } : undefined);
    } else {
      const isLive = !deleted && /^(success|in_progress|needs_attention)$/.test(String(status));
      const tax = price_type === "tax_inclusive" ? sumOf(lines, "tax_amount") : 0;
      // A refund may be of a part of its note alone.
      const ofNote = share(sumOf(lines, "amount") - tax, num(amount), num(total));
      const net = lines.length === 0 ? {} : { net: ofNote };
      story.gone.set(id, isLive ? { gross: num(amount), ...net } : undefined);
    }
  }
  return found;
}
