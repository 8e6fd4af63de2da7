import {
  fastspringBatch,
  fastspringChargeCompleted,
  fastspringOrderCompleted,
  fastspringReturnCreated,
} from "../fastspring-fixtures.ts";
import {
  lemonOrderCreated,
  lemonOrderRefunded,
  lemonSubscriptionCreated,
} from "../lemon-squeezy-fixtures.ts";
import { paddleAdjustment, paddleTransactionCompleted } from "../paddle-fixtures.ts";
import { polarOrderPaid, polarOrderRefunded, polarRefundUpdated } from "../polar-fixtures.ts";
import {
  type Json,
  stripeChargeRefunded,
  stripeCheckoutCompleted,
  stripeDispute,
  stripeEvent,
  stripeInvoicePaid,
} from "../stripe-fixtures.ts";
import { stripeRefund } from "../stripe-refund-fixtures.ts";
import { type About, type History, iso, leftOf, major, seconds } from "./history.ts";

/** A history at this shop. */
export const stripe = ({ n, reference, net, tax, chance }: About): History => {
  const currency = chance.oneOf(["eur", "jpy", "isk", "mga"]);
  // In the shop's own units: whole krónur are told in hundredths, whole ariary stand for hundred of ours.
  const unit = currency === "isk" ? 100 : 1;
  const about = { charge: `ch_${n}`, paymentIntent: `pi_${n}`, currency };
  const told: History["told"] = [];
  const tell = (topic: string, body: Json) => told.push({ topic, body, payload: body });
  let day = 0;
  const on = () => ({ eventId: `evt_${n}_${++day}`, createdSeconds: seconds(day) });
  const money = { totalMinor: (net + tax) * unit, taxMinor: tax * unit };
  const session = { id: `cs_${n}`, reference, ...about, ...money, ...on() };
  const withInvoice = unit === 1 && currency !== "mga" && chance.is(0.3);
  const names = { subscription: `sub_${n}`, invoice: `in_${n}` };
  const began = { ...session, ...names, mode: "subscription" as const, paymentIntent: null };
  tell("checkout.session.completed", stripeCheckoutCompleted(withInvoice ? began : session));
  // Of an invoice a credit balance may have paid a part.
  const due = withInvoice && chance.is(0.5) ? chance.upTo(net + tax) : net + tax;
  if (withInvoice) {
    const { invoice: id, subscription } = names;
    const invoice = { id, subscription, billingReason: "subscription_create", generation: "acacia" as const };
    tell("invoice.paid", stripeInvoicePaid({ ...invoice, ...about, ...money, amountDueMinor: due, ...on() }));
  }
  if (withInvoice && chance.is(0.3)) {
    const note = { id: `cn_${n}`, invoice: names.invoice, currency, total: net + tax, status: "issued" };
    const outside = { ...note, total_excluding_tax: net, out_of_band_amount: chance.upTo(net + tax) };
    tell("credit_note.created", stripeEvent("credit_note.created", outside, on()));
    const voided = { ...outside, status: "void" };
    if (chance.is(0.4)) tell("credit_note.voided", stripeEvent("credit_note.voided", voided, on()));
  }
  let total = 0;
  const made: { id: string; amount: number; day: number }[] = [];
  for (let step = chance.upTo(4); step > 0; step--) {
    const failing = chance.is(0.4) ? made.pop() : undefined;
    const left = due - total;
    if (failing !== undefined) {
      total -= failing.amount;
      const refund = { ...about, id: failing.id, amountMinor: failing.amount * unit, status: "failed" };
      const failed = stripeRefund({
        type: "refund.failed",
        ...refund,
        createdAtSeconds: seconds(failing.day),
        ...on(),
      });
      const { data } = failed as { data: { object: Json } };
      Object.assign(data.object, { currency, payment_intent: about.paymentIntent });
      tell("refund.failed", failed);
    } else if (left > 0) {
      const amount = 1 + chance.upTo(left - 1);
      total += amount;
      const refunded = { ...about, id: about.charge, refundedMinor: total * unit, ...on() };
      tell("charge.refunded", stripeChargeRefunded(refunded));
      made.push({ id: `re_${n}_${day}`, amount, day });
    }
  }
  if (chance.is(0.4)) {
    const dispute = { ...about, id: `du_${n}`, amountMinor: (1 + chance.upTo(net + tax - 1)) * unit };
    tell("charge.dispute.created", stripeDispute({ ...dispute, ...on() }));
    for (const status of chance.oneOf([[], ["won"], ["lost"], ["won", "lost"]]))
      tell(
        "charge.dispute.closed",
        stripeDispute({ ...dispute, type: "charge.dispute.closed", status, ...on() }),
      );
  }
  return { order: `cs_${n}`, told };
};

/** A history at this shop. */
export const paddle = (about: About): History => {
  const { n, reference, net, tax, chance } = about;
  const currency = chance.oneOf(["EUR", "JPY"]);
  const told: History["told"] = [];
  let day = 0;
  const on = () => ({ eventId: `evt_${n}_${++day}`, occurredAt: iso(day) });
  const tell = (body: Json) => told.push({ topic: String(body.event_type), body, payload: body });
  const sale = { id: `txn_${n}`, totalMinor: net + tax, taxMinor: tax, currency, customData: { reference } };
  tell(paddleTransactionCompleted({ ...sale, ...on() }));
  const { take, putBack } = leftOf(about);
  for (let step = chance.upTo(4); step > 0; step--) {
    const taken = take();
    if (taken === undefined) continue;
    const action = chance.oneOf(["refund", "refund", "chargeback"]);
    const amounts = { totalMinor: taken.net + taken.tax, subtotalMinor: taken.net, currency };
    const statuses = chance.oneOf([["approved"], ["approved", "reversed"], ["pending_approval", "rejected"]]);
    const fits = action === "refund" || statuses[0] === "approved" ? statuses : ["approved"];
    for (const status of fits)
      tell(
        paddleAdjustment({
          id: `adj_${n}_${step}`,
          action,
          status,
          transaction: sale.id,
          ...amounts,
          ...on(),
        }),
      );
    const isOpen = action === "chargeback" && fits.at(-1) === "approved";
    const isReversed = isOpen && chance.is(0.3);
    const reversal = { id: `rev_${n}_${step}`, action: "chargeback_reverse", transaction: sale.id };
    if (isReversed) tell(paddleAdjustment({ ...reversal, ...amounts, ...on() }));
    if (isReversed || fits.at(-1) !== "approved") putBack(taken);
  }
  return { order: sale.id, told };
};

/** A history at this shop. */
export const fastspring = (about: About): History => {
  const { n, reference, net, tax, chance } = about;
  const currency = chance.oneOf(["EUR", "JPY", "KWD"]);
  const told: History["told"] = [];
  let day = 0;
  const on = () => ({ eventId: `fs_${n}_${++day}`, createdMs: seconds(day) * 1000 });
  const tell = (event: Json) => {
    const body = fastspringBatch(event);
    told.push({ topic: String(event.type), body, payload: body });
  };
  const of = (minor: number) => Number(major(minor, currency));
  const name = { id: `id-${n}`, reference: `ACM-${n}`, currency };
  const sale = { ...name, total: of(net + tax), tax: of(tax), tags: { reference }, ...on() };
  const isCharge = chance.is(0.3);
  tell(
    isCharge
      ? fastspringChargeCompleted({ ...sale, subscription: `sub-${n}` })
      : fastspringOrderCompleted(sale),
  );
  const { take } = leftOf(about);
  for (let step = chance.upTo(3); step > 0; step--) {
    const taken = take();
    if (taken === undefined) continue;
    const amounts = { total: of(taken.net + taken.tax), tax: of(taken.tax) };
    tell(
      fastspringReturnCreated({
        id: `ret-${n}-${step}`,
        original: name.id,
        reference: name.reference,
        currency,
        ...amounts,
        ...on(),
      }),
    );
  }
  return { order: name.reference, told };
};

/** A history at this shop. */
export const lemon = ({ n, reference, net, tax, chance }: About): History => {
  const told: History["told"] = [];
  const tell = (topic: string, body: Json) => told.push({ topic, body, payload: body });
  const sale = { id: `${n}`, totalMinor: net + tax, taxMinor: tax, customData: { ref: reference } };
  tell("order_created", lemonOrderCreated(sale));
  if (chance.is(0.3))
    tell(
      "subscription_created",
      lemonSubscriptionCreated({ id: `${n}9`, order: n, customData: sale.customData }),
    );
  for (let day = chance.upTo(3); day > 0; day--) {
    const refundedMinor = 1 + chance.upTo(net + tax - 1);
    const more = { updated_at: iso(10 - day) };
    tell("order_refunded", lemonOrderRefunded({ ...sale, refundedMinor, status: "partial_refund", more }));
  }
  return { order: sale.id, told };
};

/** A history at this shop. */
export const polar = (about: About): History => {
  const { n, reference, net, tax, chance } = about;
  const told: History["told"] = [];
  let day = 0;
  const tell = (body: Json) => told.push({ topic: String(body.type), body, payload: body });
  const sale = { id: `o_${n}`, netMinor: net, taxMinor: tax, metadata: { reference_id: reference } };
  const more = { checkout_id: null };
  tell(polarOrderPaid({ ...sale, more }));
  const { take, putBack } = leftOf(about);
  const gone = { net: 0, tax: 0 };
  const refund = (id: string, taken: { net: number; tax: number }, status: string, begun: number) => {
    const amounts = { amountMinor: taken.net, taxMinor: taken.tax };
    const body = polarRefundUpdated({ id, order: sale.id, status, at: iso(++day), ...amounts }) as {
      data: Json;
    };
    tell({ ...body, data: { ...body.data, created_at: iso(begun) } });
  };
  const done = (taken: { net: number; tax: number }) => {
    gone.net += taken.net;
    gone.tax += taken.tax;
    const totals = { refundedMinor: gone.net, refundedTaxMinor: gone.tax };
    tell(polarOrderRefunded({ ...sale, ...totals, at: iso(++day), more }));
  };
  const waiting: { id: string; taken: { net: number; tax: number }; begun: number }[] = [];
  for (let step = chance.upTo(5); step > 0; step--) {
    const due = chance.is(0.5) ? waiting.pop() : undefined;
    if (due !== undefined) {
      const status = chance.oneOf(["succeeded", "failed", "canceled"]);
      refund(due.id, due.taken, status, due.begun);
      if (status === "succeeded") done(due.taken);
      else putBack(due.taken);
      continue;
    }
    const taken = take();
    if (taken === undefined) continue;
    if (chance.is(0.5)) {
      refund(`r_${n}_${step}`, taken, "pending", day + 1);
      waiting.push({ id: `r_${n}_${step}`, taken, begun: day });
    } else done(taken);
  }
  return { order: sale.id, told };
};
