import { linesOf } from "../../server/src/events/order-line.ts";
import type { MovementStatus, PurchaseEvent } from "../../server/src/events/purchase-event.ts";
import { as, noCurrency } from "../../server/src/words/ids.ts";
import { furtherHeldMinor, furtherStory } from "./further-story.ts";
import { EUR, line, minutes, type Own, sale } from "./story-events.ts";

const id = as.provider;

/** A subscription told by a session and by its first invoice, a renewal, refunds and a dispute under other ids. */
export const story = (run: string): PurchaseEvent[] => {
  const own = (name: string) => id(`${name}_${run}`);
  const subscription = own("sub");
  const common = { currency: EUR, occurredAt: minutes(9) };
  return [
    sale({
      eventId: own("evt_1"),
      objectId: own("cs_1"),
      providerIds: [own("cs_1"), own("in_1")],
      subscription,
      reference: `north${run}`,
    }),
    sale({ eventId: own("evt_2"), objectId: own("in_1"), providerIds: [own("in_1")], subscription }),
    sale({
      eventId: own("evt_3"),
      objectId: own("in_2"),
      providerIds: [own("in_2")],
      subscription,
      cycle: "renewal",
      occurredAt: minutes(5),
    }),
    sale({
      eventId: own("evt_4"),
      objectId: own("in_3"),
      providerIds: [own("in_3")],
      subscription,
      cycle: "renewal",
      occurredAt: minutes(7),
      reference: `south${run}`,
    }),
    {
      effect: "link",
      eventId: own("evt_5"),
      objectId: own("inpay_1"),
      target: [own("in_1"), own("pi_1")],
      occurredAt: minutes(1),
    },
    {
      effect: "refund",
      eventId: own("evt_6"),
      objectId: own("ch_1:1200"),
      target: [own("ch_1"), own("pi_1")],
      amountMinor: 1200,
      cumulative: true,
      ...common,
    },
    {
      effect: "refund",
      eventId: own("evt_7"),
      objectId: own("ch_1:3600"),
      target: [own("ch_1"), own("pi_1")],
      amountMinor: 3600,
      cumulative: true,
      ...common,
    },
    {
      effect: "dispute_opened",
      eventId: own("evt_8"),
      objectId: own("dp_1"),
      target: [own("in_2")],
      dispute: own("dp_1"),
      amountMinor: 12_000,
      ...common,
    },
    {
      effect: "dispute_won",
      eventId: own("evt_9"),
      objectId: own("dp_1"),
      target: [own("in_2")],
      dispute: own("dp_1"),
      amountMinor: 12_000,
      ...common,
    },
    {
      effect: "dispute_opened",
      eventId: own("evt_10"),
      objectId: own("dp_2"),
      target: [own("in_3")],
      dispute: own("dp_2"),
      amountMinor: 6000,
      ...common,
    },
    ...joinedStory(own, run),
    ...changingStory(own, run),
    ...statusStory(own, run),
    ...returningStory(own, run),
    ...furtherStory(own, run),
  ];
};

/** A session and an invoice that share no id, each a sale by itself, until a payment shows that they are one. */
const joinedStory = (own: Own, run: string): PurchaseEvent[] => [
  sale({
    eventId: own("evt_11"),
    objectId: own("cs_9"),
    providerIds: [own("cs_9"), own("pi_9")],
    reference: `north${run}`,
  }),
  sale({
    eventId: own("evt_12"),
    objectId: own("in_9"),
    providerIds: [own("in_9")],
    reference: `north${run}`,
    subscription: own("sub_9"),
    netMinor: 5000,
    taxMinor: 1000,
    amounts: "paid",
    lines: linesOf([line("il_1", 4000)], { netMinor: 5000, taxMinor: 1000 }),
  }),
  {
    effect: "payment",
    eventId: own("evt_13"),
    objectId: own("inpay_9"),
    movement: own("inpay_9"),
    target: [own("in_9"), own("pi_9")],
    amountMinor: 6000,
    currency: EUR,
    occurredAt: minutes(3),
  },
];

/** An order that is told anew as it changes, and what of it was refunded by then. */
const changingStory = (own: Own, run: string): PurchaseEvent[] => {
  const order = { objectId: own("or_1"), providerIds: [own("or_1")], reference: `north${run}` };
  const state = (name: string, at: number, amountMinor: number, whole = false): PurchaseEvent => ({
    effect: "refund",
    eventId: own(name),
    objectId: own(name),
    target: [own("or_1")],
    cumulative: true,
    amountMinor,
    currency: EUR,
    occurredAt: minutes(at),
    ...(whole ? { whole } : {}),
  });
  return [
    sale({ ...order, eventId: own("evt_14"), changedAt: minutes(1) }),
    sale({ ...order, eventId: own("evt_15"), changedAt: minutes(3), netMinor: 20_000, taxMinor: 4000 }),
    sale({ ...order, eventId: own("evt_16"), changedAt: minutes(2), netMinor: 1, taxMinor: 0 }),
    state("evt_17", 4, 0, true),
    state("evt_18", 6, 2400),
    state("evt_19", 5, 12_000),
  ];
};

/** Refunds with where they stand: one fails, one is of the tax alone. */
const statusStory = (own: Own, run: string): PurchaseEvent[] => {
  const refund = (name: string, movement: string, status: MovementStatus, at: number): PurchaseEvent => ({
    effect: "refund",
    eventId: own(name),
    objectId: own(`${movement}:${status}`),
    target: [own("or_2")],
    movement: own(movement),
    status,
    cumulative: false,
    amountMinor: movement === "re_2" ? 2000 : 12_000,
    ...(movement === "re_2" ? { netMinor: 0 } : {}),
    currency: EUR,
    occurredAt: minutes(at),
  });
  return [
    sale({
      eventId: own("evt_20"),
      objectId: own("or_2"),
      providerIds: [own("or_2")],
      reference: `north${run}`,
    }),
    refund("evt_21", "re_1", "done", 2),
    refund("evt_22", "re_1", "failed", 3),
    refund("evt_23", "re_2", "pending", 2),
    refund("evt_24", "re_2", "done", 4),
  ];
};

/** A customer who comes back after the end of a subscription: one order names both, and a renewal the new one alone. */
const returningStory = (own: Own, run: string): PurchaseEvent[] => [
  sale({
    eventId: own("evt_25"),
    objectId: own("or_5"),
    providerIds: [own("or_5")],
    reference: `north${run}`,
    subscription: own("sub_ended"),
  }),
  sale({
    eventId: own("evt_26"),
    objectId: own("or_6"),
    providerIds: [own("or_6")],
    subscription: own("sub_ended"),
    cycle: "renewal",
    occurredAt: minutes(5),
  }),
  sale({
    eventId: own("evt_27"),
    objectId: own("sub_begun"),
    order: own("or_6"),
    providerIds: [own("or_6")],
    subscription: own("sub_begun"),
    occurredAt: minutes(5),
    netMinor: 0,
    taxMinor: 0,
    currency: noCurrency,
    amounts: "part",
  }),
  sale({
    eventId: own("evt_28"),
    objectId: own("or_7"),
    providerIds: [own("or_7")],
    subscription: own("sub_begun"),
    cycle: "renewal",
    occurredAt: minutes(7),
  }),
];

/**
 * 20 % of 100.00 for three sales to the first partner; 30 % of the first refunded, half of the third disputed. Then 50.00
 * that two events tell, 200.00 of which a tenth went back, and 100.00 of which only the tax did, and three sales
 * of one customer who came back. `further-story.ts` says what its own add.
 */
export const expectedHeldMinor =
  2000 - 600 + 2000 + 1000 + 1000 + (4000 - 400) + 2000 + 3 * 2000 + furtherHeldMinor;
