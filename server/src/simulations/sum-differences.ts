import type { SimulatedOrder, SimulatedPage } from "./simulate-plan.ts";

/** What would become of one partner's commission in one currency, in minor units of what stayed. */
export interface PartnerDifference {
  partner: string;
  currency: string;
  nowMinor: number;
  thenMinor: number;
  differenceMinor: number;
  /** How many orders would be paid otherwise. */
  orders: number;
}

/** What a simulation comes to. */
export interface SimulationSum {
  /** How many sales were looked at, how many of them would be paid otherwise, how many keep what was promised. */
  orders: { read: number; changed: number; promised: number };
  /** Of partners for whom something would change, by partner and currency. */
  partners: PartnerDifference[];
  /** The twenty that differ most, the furthest first. */
  furthest: SimulatedOrder[];
}

const mostShown = 20;

/** Adds up a simulation page by page, in memory that does not grow with the number of orders. */
export function createSum() {
  const orders = { read: 0, changed: 0, promised: 0 };
  const partners = new Map<string, PartnerDifference>();
  let furthest: SimulatedOrder[] = [];
  return {
    add(page: SimulatedPage): void {
      orders.read += page.read;
      orders.promised += page.promised;
      orders.changed += page.orders.length;
      for (const order of page.orders) addOrder(partners, order);
      furthest = [...furthest, ...page.orders]
        .sort((a, b) => distanceOf(b) - distanceOf(a))
        .slice(0, mostShown);
    },
    sum: (): SimulationSum => ({
      orders,
      partners: [...partners.values()].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1)),
      furthest,
    }),
  };
}

function addOrder(partners: Map<string, PartnerDifference>, { currency, credits }: SimulatedOrder): void {
  for (const { partner, nowMinor, thenMinor } of credits) {
    if (nowMinor === thenMinor) continue;
    const name = nameOf({ partner, currency });
    const sum = partners.get(name) ?? {
      partner,
      currency,
      nowMinor: 0,
      thenMinor: 0,
      differenceMinor: 0,
      orders: 0,
    };
    sum.nowMinor += nowMinor;
    sum.thenMinor += thenMinor;
    sum.differenceMinor += thenMinor - nowMinor;
    sum.orders += 1;
    partners.set(name, sum);
  }
}

const nameOf = ({ partner, currency }: { partner: string; currency: string }): string =>
  `${partner} ${currency}`;

/** How far an order is from what it is paid now: what one partner loses another may gain. */
const distanceOf = ({ credits }: SimulatedOrder): number =>
  credits.reduce((sum, one) => sum + Math.abs(one.thenMinor - one.nowMinor), 0);
