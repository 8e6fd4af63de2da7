import { money } from "../backstage/plain-words.ts";
import { type Happening, pastMonths } from "./calendar.ts";
import { openChannel } from "./channel.ts";
import { openCustomers } from "./customers.ts";
import { createLot } from "./lot.ts";
import { moveClockTo, presentTime } from "./moved-clock.ts";
import type { Past, PastReport } from "./past.ts";
import { openPastReceiver } from "./past-receiver.ts";
import { planClosings, planQuestions, planSales, type Year } from "./year-plan.ts";
import { countRewards, planRewards } from "./year-rewards.ts";

const hour = 3_600_000;
/** The year is the same each time. */
const seed = 20_260_101;

/** Plays the past of a channel: what happens is planned by day, and each thing is done when the clock has come to it. */
export async function playYear(past: Past): Promise<PastReport> {
  const now = presentTime();
  const months = pastMonths(now, past.months);
  const [first] = months;
  const begin = past.months === 0 || first === undefined ? now : first.from + 8 * hour;
  moveClockTo(begin);
  const receiver = await openPastReceiver(past.setting, past.addresses);
  try {
    const channel = await openChannel(receiver, past.folder);
    if (past.months === 0) return reportOf([], [], 0);
    const lot = createLot(seed);
    const customers = openCustomers(receiver, channel, lot);
    const agenda: Happening[] = [];
    const year: Year = {
      receiver,
      channel,
      customers,
      lot,
      months,
      now,
      // A short past has no room for what began before it.
      plan: (at, happen) => void (at > begin && at < now && agenda.push({ at, happen })),
    };
    planSales(year);
    planQuestions(year);
    planRewards(year);
    const closed = planClosings(year);
    await follow(agenda);
    moveClockTo(now);
    await receiver.command("ledger", "release");
    return reportOf(customers.orders, closed, await countRewards(receiver));
  } finally {
    await receiver.stop();
  }
}

/** Does what is planned, the earliest first; what is done may plan more. */
async function follow(agenda: Happening[]): Promise<void> {
  for (;;) {
    const next = agenda.reduce<Happening | undefined>(
      (earliest, one) => (earliest === undefined || one.at < earliest.at ? one : earliest),
      undefined,
    );
    if (next === undefined) return;
    agenda.splice(agenda.indexOf(next), 1);
    moveClockTo(next.at);
    await next.happen();
  }
}

function reportOf(
  orders: readonly unknown[],
  closed: readonly { statements: number; paidMinor: number }[],
  rewards: number,
): PastReport {
  const statements = closed.reduce((sum, one) => sum + one.statements, 0);
  const paidMinor = closed.reduce((sum, one) => sum + one.paidMinor, 0);
  if (orders.length === 0)
    return {
      told: ["plan add, plan assign, POST /v1/partners, person add"],
      orders: 0,
      statements,
      paidMinor,
    };
  return {
    told: [
      `${orders.length} orders at four shops, some of them refunded or disputed`,
      `${statements} statements, and ${money(paidMinor, "EUR")} paid out to partners`,
      `${rewards} renewals that earned their customers points or a coupon, out of the partner's commission`,
      "a decision that a partner contested, one that waits for an answer, and two deals",
    ],
    orders: orders.length,
    statements,
    paidMinor,
  };
}
