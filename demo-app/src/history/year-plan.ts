import type { Order } from "../shop/order.ts";
import type { Month } from "./calendar.ts";
import type { Channel } from "./channel.ts";
import { type Customer, type Customers, canBeDisputed, type Kind } from "./customers.ts";
import type { Lot } from "./lot.ts";
import { closeMonth, type MonthClosed } from "./money.ts";
import type { PastReceiver } from "./past-receiver.ts";

/** What a year is played with. */
export interface Year {
  receiver: PastReceiver;
  channel: Channel;
  customers: Customers;
  lot: Lot;
  months: readonly Month[];
  /** The present, milliseconds since 1970. */
  now: number;
  /** Has something happen at a moment; what lies in the future never does. */
  plan(at: number, happen: () => Promise<void>): void;
}

const hour = 3_600_000;
const day = 24 * hour;

/** So many copies a month are sold in each way at first; a few more as the year goes on. */
const monthly: readonly (readonly [Kind, number])[] = [
  ["token", 5],
  ["coupon", 4],
  ["serial", 3],
  ["email", 3],
  ["direct", 2],
];

/** Sales spread over each month, and what follows from them: renewals a year later, refunds, disputes with the bank. */
export function planSales(year: Year): void {
  const { months, lot, customers, plan } = year;
  for (const [index, { from, until }] of months.entries()) {
    const length = new Date(from).getUTCMonth() === 1 ? 28 * day : 30 * day;
    const share = Math.min(1, (until - from) / length);
    for (const [kind, base] of monthly) {
      const count = Math.round((base + Math.floor(index / 3) + lot.below(2)) * share);
      for (let one = 0; one < count; one++)
        plan(from + 10 * hour + lot.draw() * Math.max(0, until - from - 12 * hour), async () => {
          const { customer, order } = await customers.buy(kind);
          planAfterwards(year, customer, order);
        });
    }
  }
}

function planAfterwards({ lot, customers, plan }: Year, customer: Customer, order: Order): void {
  const paidAt = order.paidAt.getTime();
  if (lot.percent(75))
    plan(paidAt + (355 + lot.below(12)) * day, async () => void (await customers.renew(customer)));
  const fate = lot.below(100);
  if (fate < 6) plan(paidAt + 4 * day, () => customers.giveBack(order, "half"));
  else if (fate < 9) plan(paidAt + 9 * day, () => customers.giveBack(order, "all"));
  else if (fate < 13 && canBeDisputed(order)) {
    plan(paidAt + 12 * day, () => customers.dispute(order, "open"));
    plan(paidAt + 40 * day, () => customers.dispute(order, fate % 2 === 0 ? "won" : "lost"));
  }
}

/** What people have to decide: contested decisions, claims that came late, customers registered before a sale. */
export function planQuestions(year: Year): void {
  const { receiver, channel, customers, now, plan } = year;
  const { admin, as } = receiver;
  const north = as(channel.token.key);
  const contest = async (key: string, order: Order, text: string) =>
    as(key).post<{ id: string }>("/v1/partner/disputes", { number: order.id, text });

  plan(now - 70 * day, async () => {
    const { order } = await customers.buy("direct");
    plan(now - 60 * day, async () => {
      const text = "We sold this copy at the fair in September; our customer bought by telephone.";
      const { id } = await contest(channel.token.key, order, text);
      plan(now - 58 * day, async () => {
        await admin.post(`/v1/disputes/${id}/answers`, { text: "Thank you, we look into it." });
        await admin.post(`/v1/disputes/${id}/ruling`, {
          to: { partner: channel.token.id },
          note: "The fair's list names the buyer",
          answer: "You are right: the sale is yours.",
        });
      });
    });
  });
  plan(now - 12 * day, async () => {
    const { order } = await customers.buy("direct");
    plan(now - 3 * day, async () => {
      await contest(channel.coupon.key, order, "The buyer is on our list; our code was not asked for.");
    });
  });
  for (const days of [100, 96])
    plan(now - days * day, async () => {
      const { customer } = await customers.buy("direct");
      const { token } = channel.token;
      plan(now - (days - 78) * day, () => receiver.register({ token, licence: customer.licence }));
    });
  plan(now - 45 * day, async () => {
    const { deal } = await north.post<{ deal: string }>("/v1/partner/deals", {
      customer: "city-museum.example",
      product: "acme-paint",
    });
    await admin.post(`/v1/deals/${deal}/steps`, { step: "accepted", note: "Nobody was there before you." });
  });
  plan(now - 2 * day, async () => {
    await as(channel.email.key).post("/v1/partner/deals", {
      customer: "harbour-school.example",
      product: "acme-paint",
    });
  });
}

/** Releases what is past its hold, and closes each month that is over, on the third day of the next. What it comes to is added while the year is played. */
export function planClosings({ receiver, channel, months, now, plan }: Year): readonly MonthClosed[] {
  for (const { from } of months)
    for (const days of [9, 18, 27])
      plan(from + days * day, async () => void (await receiver.command("ledger", "release")));
  const closed: MonthClosed[] = [];
  const due = months.filter(({ until }) => until + 2.5 * day < now);
  for (const month of due)
    plan(month.until + 2.4 * day, async () => {
      closed.push(await closeMonth(receiver, channel, { month, isLast: month === due.at(-1) }));
    });
  return closed;
}
