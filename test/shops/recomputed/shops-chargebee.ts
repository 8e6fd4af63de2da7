import {
  chargebeeEvent,
  chargebeeInvoiceEvent,
  chargebeePaymentRefunded,
  chargebeePaymentSucceeded,
} from "../chargebee-fixtures.ts";
import type { Json } from "../stripe-fixtures.ts";
import {
  type About,
  type History,
  leftOf,
  type Money,
  moneyOf,
  ordersOf,
  partsOf,
  seconds,
} from "./history.ts";
import { share } from "./told-values.ts";

/** Histories at this shop: invoices of a subscription, refunds by transaction, and payments that the bank took back. */
export const chargebee = ({ n, reference, chance }: About): History => {
  const told: History["told"] = [];
  const tell = (body: Json) => told.push({ topic: String(body.event_type), body, payload: body });
  let day = 0;
  const on = () => ({ eventId: `ev_${n}_${++day}`, occurredAtSeconds: seconds(day) });
  const currency = chance.oneOf(["EUR", "JPY", "KWD"]);
  const subscription = `sub_${n}`;
  const open: { invoice: string; left: Money }[] = [];
  for (const place of ordersOf(chance)) {
    const money = moneyOf(chance);
    const gross = money.net + money.tax;
    const invoice = `INV-${n}-${place}`;
    // Credits may have paid a part: that money was counted when it came in.
    const paidMinor = chance.is(0.2) ? 1 + chance.upTo(gross - 1) : gross;
    const price_type = chance.oneOf(["tax_exclusive", "tax_inclusive"]);
    const line_items = partsOf(money, chance).map(({ net, tax }, at) => {
      const discount_amount = chance.upTo(2);
      const within = price_type === "tax_inclusive" ? tax : 0;
      const amounts = { amount: net + discount_amount + within, discount_amount, tax_amount: tax };
      return {
        id: `li_${invoice}_${at}`,
        quantity: 1,
        ...amounts,
        entity_type: chance.oneOf(entities),
        entity_id: `e-${at}`,
      };
    });
    const fields = place === 0 ? { cf_reference: reference } : {};
    const kind = place === 0 ? { first: true } : { first: false, recurring: chance.is(0.7) };
    const sale = {
      invoice,
      subscription,
      currency,
      totalMinor: gross,
      taxMinor: money.tax,
      paidMinor,
      fields,
      ...kind,
    };
    const paid = (more: Json) =>
      tell(
        chargebeePaymentSucceeded({ ...sale, invoiceFields: { price_type, line_items, ...more }, ...on() }),
      );
    paid({});
    const payments = [{ txn_id: "txn_1", txn_status: "success" }];
    if (paidMinor === gross) {
      const left = refundsAt({
        ...{ chance, currency, invoice, money, price_type, line: line_items[0]?.id, tell, on },
      });
      open.push({ invoice, left });
      unpaid({ chance, currency, invoice, gross, payments, paid, tell, on });
    }
  }
  if (open.length > 1 && chance.is(0.5)) {
    const notes = open.map(({ invoice, left }) => ({
      ...{ cn_id: `CN-${invoice}`, cn_status: "refunded", cn_reference_invoice_id: invoice },
      applied_amount: chance.upTo(left.net + left.tax),
    }));
    const amountMinor = notes.reduce((sum, one) => sum + one.applied_amount, 0);
    const of = { id: `txn_${n}`, invoice: null, currency, amountMinor };
    tell(chargebeePaymentRefunded({ ...of, transaction: { linked_credit_notes: notes }, ...on() }));
  }
  return { told };
};

const entities = ["plan_item_price", "addon_item_price", "charge_item_price", "plan", "adhoc"];

interface Told {
  chance: About["chance"];
  currency: string;
  invoice: string;
  tell: (body: Json) => void;
  on: () => { eventId: string; occurredAtSeconds: number };
}

/** Ways in which a refund comes to nothing. */
const ends: readonly [name: string, transaction: Json][] = [
  ["transaction_updated", { status: "failure" }],
  ["transaction_updated", { status: "voided" }],
  ["transaction_updated", { status: "timeout" }],
  ["transaction_deleted", { deleted: true }],
];

/** Refunds with where they stand, each a transaction; its credit note may tell the lines. Returns what is left. */
function refundsAt({
  chance,
  currency,
  invoice,
  money,
  price_type,
  line,
  tell,
  on,
}: Told & { money: Money; price_type: string; line: string | undefined }): Money {
  const { left, take, putBack } = leftOf(money, chance);
  for (let step = chance.upTo(3); step > 0; step--) {
    const taken = take();
    if (taken === undefined) continue;
    const total = taken.net + taken.tax;
    const amount = taken.net + (price_type === "tax_inclusive" ? taken.tax : 0);
    const item = { reference_line_item_id: line, amount, tax_amount: taken.tax };
    const note = chance.is(0.6) ? { note: { total, price_type, line_items: [item] } } : {};
    // A refund may be of a part of its note alone.
    const amountMinor = "note" in note && chance.is(0.4) ? 1 + chance.upTo(total - 1) : total;
    const netOfPart = share(taken.net, amountMinor, total);
    const part = { net: netOfPart, tax: amountMinor - netOfPart };
    putBack({ net: taken.net - part.net, tax: taken.tax - part.tax });
    const refund = { id: `txn_${invoice}_${step}`, invoice, currency, amountMinor, ...note };
    const say = (name: string, transaction: Json) =>
      tell(
        chargebeePaymentRefunded({
          ...refund,
          name,
          transaction: { date: seconds(1), ...transaction },
          ...on(),
        }),
      );
    if (chance.is(0.3)) say("refund_initiated", { status: "in_progress" });
    if (chance.is(0.3))
      say("transaction_created", { status: chance.oneOf(["in_progress", "needs_attention"]) });
    say("payment_refunded", { status: "success" });
    if (chance.is(0.7)) continue;
    putBack(part);
    const [name, transaction] = chance.oneOf(ends);
    say(name, transaction);
  }
  return left;
}

/** A payment that is lost for a while: by a reversal of the bank's, by the invoice's own word, or by both. */
function unpaid({
  chance,
  currency,
  invoice,
  gross,
  payments,
  paid,
  tell,
  on,
}: Told & { gross: number; payments: Json[]; paid: (more: Json) => void }): void {
  if (chance.is(0.6)) return;
  const linked_invoices = [{ invoice_id: invoice, applied_amount: gross }];
  const reversal = { type: "payment_reversal", status: "success", linked_credit_notes: [], linked_invoices };
  const transaction = (type: string, status: string) => {
    const envelope = on();
    const about = {
      id: `rev_${invoice}`,
      amount: gross,
      currency_code: currency,
      gateway: "stripe",
      date: envelope.occurredAtSeconds,
    };
    tell(chargebeeEvent(type, { transaction: { ...about, ...reversal, status } }, envelope));
  };
  const about = (more: Json) => ({
    id: invoice,
    total: gross,
    currency_code: currency,
    linked_payments: payments,
    ...more,
  });
  const says = (more: Json) => tell(chargebeeInvoiceEvent("invoice_updated", about(more), on()));
  const lost = chance.oneOf(["reversal", "invoice", "both", "voided", "deleted"]);
  if (lost === "reversal" || lost === "both") transaction("transaction_created", "success");
  if (lost === "invoice" || lost === "both") {
    // Another payment of it may stand.
    const due = chance.is(0.5) ? { amount_due: 1 + chance.upTo(gross - 1) } : {};
    says({ status: chance.oneOf(["not_paid", "payment_due"]), ...due });
  }
  if (lost === "voided") says({ status: "voided" });
  if (lost === "deleted") tell(chargebeeInvoiceEvent("invoice_deleted", about({ status: "paid" }), on()));
  if (lost === "voided" || lost === "deleted" || chance.is(0.5)) return;
  // Paid again by another payment, as the payment says or the invoice itself; or the reversal itself came to nothing.
  const linked_payments = [
    { txn_id: "txn_1", txn_status: "failure" },
    { txn_id: "txn_2", txn_status: "success" },
  ];
  const again =
    lost === "reversal"
      ? chance.oneOf(["payment", "invoice", "reversal"])
      : chance.oneOf(["payment", "invoice"]);
  if (again === "payment") paid({ linked_payments });
  if (again === "invoice") says({ status: "paid", linked_payments });
  if (again === "reversal") transaction("transaction_updated", "failure");
}
