import type { PurchaseEvent } from "../../server/src/events/purchase-event.ts";
import { EUR, line, minutes, type Own, sale } from "./story-events.ts";

/** The clicks that its sales name, each its own: `cart` and the run's name. All are of the first partner. */
export const furtherClicks = ["cart", "again", "twice", "gone", "back", "linked", "totals"] as const;

/** Lines, disputes in cycles, a payment too many, terms after what was paid back, orders that a bare link joins, totals. */
export const furtherStory = (own: Own, run: string): PurchaseEvent[] => [
  ...cartStory(own, run),
  ...cyclesStory(own, run),
  ...twiceStory(own, run),
  ...termsStory(own, run),
  ...linkedStory(own, run),
  ...totalsStory(own, run),
];

/** What it leaves with the first partner, by story: 20 % of what was paid and kept. */
export const furtherHeldMinor = 1433 + 1000 + 1500 + (0 + 4000) + 600 + 1600;

interface Back {
  of: string;
  name: string;
  at: number;
  amountMinor: number;
  status?: "done" | "failed" | "deleted";
  more?: object;
}

const refund = (
  own: Own,
  { of, name, at, amountMinor, status = "done", more = {} }: Back,
): PurchaseEvent => ({
  effect: "refund",
  eventId: own(`evt_${name}_${status}`),
  objectId: own(`${name}:${status}`),
  target: [own(of)],
  movement: own(name),
  status,
  cumulative: false,
  amountMinor,
  currency: EUR,
  occurredAt: minutes(at),
  ...more,
});

const order = (own: Own, name: string, more: object = {}): PurchaseEvent =>
  sale({ eventId: own(`evt_${name}`), objectId: own(name), providerIds: [own(name)], ...more });

/** Two lines: 20.00 net of the second went back, and 10.00 that say nothing of lines or tax. One refund was deleted. */
const cartStory = (own: Own, run: string): PurchaseEvent[] => [
  order(own, "or_10", {
    reference: `cart${run}`,
    lines: [
      { ...line("a", 6000), taxMinor: 1200 },
      { ...line("b", 4000), taxMinor: 800 },
    ],
  }),
  refund(own, {
    ...{ of: "or_10", name: "re_10", at: 2, amountMinor: 2400 },
    more: { netMinor: 2000, lines: [{ line: "b", netMinor: 2000, taxMinor: 400 }] },
  }),
  refund(own, { of: "or_10", name: "re_11", at: 3, amountMinor: 1000 }),
  refund(own, { of: "or_10", name: "re_12", at: 4, amountMinor: 6000 }),
  refund(own, { of: "or_10", name: "re_12", at: 5, amountMinor: 6000, status: "deleted" }),
];

/** What each line of the cart has lost. */
export const cartLost = { a: 625, b: 2208 };

/** A chargeback of the half that came back by a movement of its own and came again, and one that was won. */
const cyclesStory = (own: Own, run: string): PurchaseEvent[] => {
  const told = (
    effect: "dispute_opened" | "dispute_won" | "dispute_reversed",
    name: string,
    at: number,
    amountMinor: number,
  ): PurchaseEvent => ({
    ...{
      effect,
      eventId: own(`evt_${name}_${effect}`),
      objectId: own(`${name}@${at}`),
      target: [own("or_11")],
    },
    ...{ dispute: own(name), amountMinor, currency: EUR, occurredAt: minutes(at) },
  });
  return [
    order(own, "or_11", { reference: `again${run}` }),
    told("dispute_opened", "cb_1", 2, 6000),
    told("dispute_reversed", "cr_1", 3, 6000),
    told("dispute_opened", "cb_2", 4, 6000),
    told("dispute_opened", "cb_3", 5, 1200),
    told("dispute_won", "cb_3", 6, 1200),
  ];
};

/** Paid twice: one payment went back whole, and 30.00 of the other. */
const twiceStory = (own: Own, run: string): PurchaseEvent[] => {
  const paid = (name: string): PurchaseEvent => ({
    ...{ effect: "payment", eventId: own(`evt_pay_${name}`), objectId: own(`pay_${name}`) },
    ...{ movement: own(`pay_${name}`), target: [own("or_12"), own(`pi_${name}`)] },
    ...{ amountMinor: 12_000, currency: EUR, occurredAt: minutes(1) },
  });
  const back = (name: string, amountMinor: number): PurchaseEvent => ({
    ...{ effect: "refund", eventId: own(`evt_ch_${name}`), objectId: own(`ch_${name}:${amountMinor}`) },
    ...{ target: [own(`ch_${name}`), own(`pi_${name}`)], payment: [own(`ch_${name}`), own(`pi_${name}`)] },
    ...{ cumulative: true, amountMinor, currency: EUR, occurredAt: minutes(4) },
  });
  return [
    order(own, "or_12", { reference: `twice${run}` }),
    ...[paid("12a"), paid("12b"), back("12a", 3000), back("12b", 12_000)],
  ];
};

/** A term after a purchase that was paid back whole is nobody's, and is the partner's once that refund has failed. */
const termsStory = (own: Own, run: string): PurchaseEvent[] => {
  const terms = (name: string, first: string, second: string): PurchaseEvent[] => [
    order(own, first, { reference: `${name}${run}`, subscription: own(`sub_${name}`) }),
    order(own, second, { cycle: "renewal", subscription: own(`sub_${name}`), occurredAt: minutes(5) }),
    refund(own, { of: first, name: `re_${name}`, at: 2, amountMinor: 12_000 }),
  ];
  return [
    ...terms("gone", "or_13", "or_14"),
    ...terms("back", "or_15", "or_16"),
    refund(own, { of: "or_15", name: "re_back", at: 3, amountMinor: 12_000, status: "failed" }),
  ];
};

/** Two sales, of which one tells what was paid, that a link alone shows to be one; a refund of either. */
const linkedStory = (own: Own, run: string): PurchaseEvent[] => [
  order(own, "cs_17", { providerIds: [own("cs_17"), own("pi_17")], netMinor: 5000, taxMinor: 1000 }),
  order(own, "in_17", { reference: `linked${run}`, netMinor: 4000, taxMinor: 800, amounts: "paid" }),
  {
    ...{ effect: "link", eventId: own("evt_link"), objectId: own("inpay_17"), occurredAt: minutes(3) },
    target: [own("in_17"), own("pi_17")],
  },
  refund(own, { of: "in_17", name: "re_17", at: 4, amountMinor: 900 }),
  refund(own, { of: "cs_17", name: "re_18", at: 5, amountMinor: 300 }),
];

/** A running total with two refunds in it, each told by itself too: one of them failed later. */
const totalsStory = (own: Own, run: string): PurchaseEvent[] => {
  const payment = [own("ch_18"), own("pi_18")];
  const single = { of: "pi_18", more: { payment, createdAt: minutes(2) } };
  return [
    order(own, "or_18", { reference: `totals${run}`, providerIds: [own("or_18"), own("pi_18")] }),
    {
      ...{ effect: "refund", eventId: own("evt_ch_18"), objectId: own("ch_18:3600"), target: payment },
      ...{ payment, cumulative: true, amountMinor: 3600, currency: EUR, occurredAt: minutes(3) },
    },
    refund(own, { ...single, name: "re_18a", at: 2, amountMinor: 2400 }),
    refund(own, { ...single, name: "re_18b", at: 2, amountMinor: 1200 }),
    refund(own, { ...single, name: "re_18b", at: 5, amountMinor: 1200, status: "failed" }),
  ];
};
