import {
  type Json,
  stripeChargeRefunded,
  stripeCheckoutCompleted,
  stripeDispute,
  stripeEvent,
  stripeInvoicePaid,
  stripeInvoicePaymentPaid,
} from "../stripe-fixtures.ts";
import { stripeRefund } from "../stripe-refund-fixtures.ts";
import { type About, type History, moneyOf, ordersOf, partsOf, seconds } from "./history.ts";

type Tell = (topic: string, event: (on: { eventId: string; createdSeconds: number }) => Json) => void;

/** One payment, with what is told of it. `unit` is how many of Stripe's units one of ISO 4217's is. */
interface Payment {
  charge: string;
  paymentIntent: string;
  currency: string;
  unit: number;
  /** What came in, and what was authorised. */
  gross: number;
  authorised: number;
  chance: About["chance"];
  day: () => number;
  tell: Tell;
}

/** Histories at this shop: paid at once, by a bank transfer, by an authorisation that was captured, and by terms. */
export const stripe = (about: About): History => {
  const { n, reference, chance } = about;
  const currency = chance.oneOf(["eur", "jpy", "kwd", "isk", "mga"]);
  // In the shop's own units: whole krónur are told in hundredths, whole ariary stand for hundred of ours.
  const unit = currency === "isk" ? 100 : 1;
  const told: History["told"] = [];
  let day = 0;
  const tell: Tell = (topic, event) => {
    day++;
    const body = event({ eventId: `evt_${n}_${day}`, createdSeconds: seconds(day) });
    told.push({ topic, body, payload: body });
  };
  const money = moneyOf(chance);
  const gross = money.net + money.tax;
  const payment = (name: string, more: Partial<Payment> & { gross: number }): Payment => {
    const common = { charge: `ch_${name}`, paymentIntent: `pi_${name}`, currency, unit };
    return { ...common, authorised: more.gross, chance, day: () => day, tell, ...more };
  };
  const way = chance.oneOf(["at once", "later", "captured", "terms", "terms"]);
  if (way === "terms") {
    for (const place of ordersOf(chance)) term({ about, place, currency, unit, tell, payment });
    return { told };
  }
  const only = payment(`${n}`, {
    gross: way === "captured" && gross > 0 ? 1 + chance.upTo(gross - 1) : gross,
  });
  const session = {
    ...{ id: `cs_${n}`, reference, currency, paymentIntent: only.paymentIntent },
    ...{ totalMinor: gross * unit, taxMinor: money.tax * unit },
  };
  const paymentStatus = way === "at once" ? "paid" : "unpaid";
  const completed = "checkout.session.completed";
  tell(completed, (on) => stripeCheckoutCompleted({ ...session, paymentStatus, ...on }));
  const type = "checkout.session.async_payment_succeeded";
  if (way === "later") tell(type, (on) => stripeCheckoutCompleted({ type, ...session, ...on }));
  if (way === "captured") {
    const amounts = { amount: gross * unit, amount_received: only.gross * unit, currency };
    const captured = {
      id: only.paymentIntent,
      ...amounts,
      capture_method: "manual",
      latest_charge: only.charge,
    };
    tell("payment_intent.succeeded", (on) => stripeEvent("payment_intent.succeeded", captured, on));
    only.authorised = gross;
  }
  refundsOf(only);
  disputesOf(only);
  const body = told[0]?.body ?? {};
  const lines = partsOf(money, chance).map(({ net, tax }, place) => ({
    id: `li_${n}_${place}`,
    ...{ amount_total: (net + tax) * unit, amount_tax: tax * unit, amount_subtotal: net * unit, quantity: 1 },
    price: { id: `price_${place}`, product: "prod_1" },
  }));
  return { told, session: (body.data as { object: Json }).object, lines };
};

interface Term {
  about: About;
  place: number;
  currency: string;
  unit: number;
  tell: Tell;
  payment: (name: string, more: Partial<Payment> & { gross: number }) => Payment;
}

/** A term of a subscription: its first one has a session, all have an invoice, in either generation of Stripe's API. */
function term({ about: { n, reference, chance }, place, currency, unit, tell, payment }: Term): void {
  const money = moneyOf(chance);
  const gross = money.net + money.tax;
  const amounts = { totalMinor: gross * unit, taxMinor: money.tax * unit, currency };
  const [subscription, invoice] = [`sub_${n}`, `in_${n}_${place}`];
  const names = { subscription, invoice, mode: "subscription" as const, paymentIntent: null };
  const session = { id: `cs_${n}`, reference, ...amounts, ...names };
  if (place === 0) tell("checkout.session.completed", (on) => stripeCheckoutCompleted({ ...session, ...on }));
  // A credit balance may have paid a part.
  const due = unit === 1 && currency !== "mga" && chance.is(0.3) ? chance.upTo(gross) : gross;
  const generation = chance.oneOf(["acacia", "basil"] as const);
  const paid = payment(`${n}_${place}`, { gross: due });
  const further = due === gross ? ["cycle", "update", "threshold"] : ["cycle"];
  const billingReason = `subscription_${place === 0 ? "create" : chance.oneOf(further)}`;
  const of = { ...amounts, id: invoice, subscription, billingReason, generation, amountDueMinor: due * unit };
  const lines = partsOf(money, chance).map(({ net, tax }, at) => ({
    ...{ id: `il_${n}_${place}_${at}`, amount: net * unit, subscription, metadata: {} },
    ...(generation === "acacia"
      ? { tax_amounts: [{ amount: tax * unit }] }
      : { taxes: [{ amount: tax * unit }] }),
  }));
  const more = { lines: { object: "list", data: lines, has_more: false } };
  const { charge, paymentIntent } = paid;
  tell("invoice.paid", (on) => stripeInvoicePaid({ ...of, charge, paymentIntent, more, ...on }));
  const by = { invoice, currency, amountMinor: due * unit, generation };
  if (due === 0) return;
  if (generation === "basil") paysOf(`${n}_${place}`, by, paid, { tell, chance, payment });
  else if (chance.is(0.3))
    creditNote(`cn_${n}_${place}`, { invoice, currency, money, unit }, { tell, chance });
  refundsOf(paid);
  if (chance.is(0.4)) disputesOf(paid);
}

/** Which payment paid an invoice; it may have been paid twice, and one of the two refunded. */
function paysOf(
  name: string,
  by: { invoice: string; currency: string; amountMinor: number },
  paid: Payment,
  { tell, chance, payment }: Pick<Payment, "tell" | "chance"> & Pick<Term, "payment">,
): void {
  const pay = (id: string, paymentIntent: string) =>
    tell("invoice_payment.paid", (on) => stripeInvoicePaymentPaid({ id, ...by, paymentIntent, ...on }));
  pay(`inpay_${name}`, paid.paymentIntent);
  if (chance.is(0.8)) return;
  const second = payment(`${name}_2`, { gross: paid.gross });
  pay(`inpay_${name}_2`, second.paymentIntent);
  if (chance.is(0.5)) refundsOf(second);
}

/** What was given back of an invoice outside of Stripe, and perhaps voided. */
function creditNote(
  id: string,
  of: { invoice: string; currency: string; money: { net: number; tax: number }; unit: number },
  { tell, chance }: Pick<Payment, "tell" | "chance">,
): void {
  const { money, unit, ...names } = of;
  const gross = money.net + money.tax;
  const amounts = { total: gross * unit, total_excluding_tax: money.net * unit };
  const note = { id, ...names, ...amounts, out_of_band_amount: chance.upTo(gross) * unit, status: "issued" };
  const events = chance.oneOf([["created"], ["created", "updated"], ["created", "voided"]]);
  for (const event of events.map((one) => `credit_note.${one}`)) {
    const status = event.endsWith("voided") ? "void" : "issued";
    tell(event, (on) => stripeEvent(event, { ...note, status }, on));
  }
}

/**
 * Refunds in random steps, some of which fail. An endpoint may hear of the charge's totals, of each refund, or of both; a
 * failure is told in any case.
 */
function refundsOf({ charge, paymentIntent, currency, unit, gross, authorised, chance, day, tell }: Payment) {
  const hears = chance.oneOf(["totals", "refunds", "both"]);
  const made: { id: string; amount: number; begun: number }[] = [];
  // A refund may name its intent alone.
  const names = { charge: chance.is(0.2) ? null : charge, paymentIntent };
  let total = 0;
  const about = (one: (typeof made)[number], status: string) => ({
    ...{ id: one.id, ...names, currency, status },
    ...{ amountMinor: one.amount * unit, createdAtSeconds: seconds(one.begun) },
  });
  for (let step = chance.upTo(4); step > 0; step--) {
    const failing = chance.is(0.3) ? made.pop() : undefined;
    if (failing !== undefined) {
      total -= failing.amount;
      const type = chance.oneOf(["refund.failed", "charge.refund.updated", "refund.updated"] as const);
      const status = chance.oneOf(["failed", "canceled"]);
      tell(type, (on) => stripeRefund({ type, ...about(failing, status), ...on }));
      continue;
    }
    if (total === gross) continue;
    const amount = chance.is(0.2) ? gross - total : 1 + chance.upTo(gross - total - 1);
    total += amount;
    const one = { id: `re_${charge}_${day()}`, amount, begun: day() + 1 };
    made.push(one);
    const type = "refund.created" as const;
    const begins = chance.oneOf(["succeeded", "pending", "requires_action"]);
    if (hears !== "totals") tell(type, (on) => stripeRefund({ type, ...about(one, begins), ...on }));
    // Of an authorisation what was let go stands in the total too.
    const refundedMinor = (total + authorised - gross) * unit;
    const more = { captured: true, amount_captured: gross * unit };
    const charged = {
      id: charge,
      paymentIntent,
      currency,
      amountMinor: authorised * unit,
      refundedMinor,
      more,
    };
    if (hears !== "refunds") tell("charge.refunded", (on) => stripeChargeRefunded({ ...charged, ...on }));
    const isDone = hears !== "totals" && begins !== "succeeded" && chance.is(0.5);
    if (isDone) tell("refund.updated", (on) => stripeRefund({ ...about(one, "succeeded"), ...on }));
  }
}

/** Disputes: the type of each event with the dispute's status by then. */
const disputes = [
  [],
  [["created", "needs_response"]],
  [
    ["created", "needs_response"],
    ["funds_withdrawn", "needs_response"],
  ],
  [
    ["created", "needs_response"],
    ["closed", "won"],
  ],
  [
    ["created", "needs_response"],
    ["closed", "lost"],
  ],
  [
    ["created", "needs_response"],
    ["funds_withdrawn", "under_review"],
    ["funds_reinstated", "under_review"],
  ],
  [
    ["funds_withdrawn", "under_review"],
    ["closed", "won"],
    ["funds_reinstated", "won"],
  ],
  [
    ["created", "needs_response"],
    ["closed", "won"],
    ["funds_reinstated", "won"],
    ["closed", "lost"],
  ],
  [
    ["created", "warning_needs_response"],
    ["closed", "warning_closed"],
  ],
  [
    ["created", "warning_needs_response"],
    ["funds_withdrawn", "needs_response"],
    ["closed", "lost"],
  ],
] as const;

function disputesOf({ charge, paymentIntent, currency, unit, gross, chance, tell }: Payment): void {
  if (gross === 0) return;
  const amountMinor = (chance.is(0.5) ? gross : 1 + chance.upTo(gross - 1)) * unit;
  const dispute = { id: `du_${charge}`, charge, paymentIntent, currency, amountMinor };
  for (const [event, status] of chance.oneOf(disputes)) {
    const type = `charge.dispute.${event}` as const;
    tell(type, (on) => stripeDispute({ type, ...dispute, status, ...on }));
  }
}
