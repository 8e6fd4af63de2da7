import { type Customer, nextCustomer } from "../cast.ts";
import type { Handout, Market, SoldCopy } from "./way.ts";
import { type WayId, ways } from "./ways.ts";

/** A copy that was sold over the counter, and to whom. */
export interface Sale extends SoldCopy {
  way: WayId;
  customer: Customer;
}

/** Where copies are sold, each to a customer of its own, so that one sale says nothing of another. */
export interface SalesCounter {
  /** The last copy that was sold and not yet replaced by another. */
  readonly last: Sale | undefined;
  /** @throws when the receiver refuses or does not answer */
  sell(way: WayId): Promise<Sale>;
  /** The customer installs what she carried home, and starts it for the first time. */
  install(sale: Sale): Promise<void>;
}

/** Where a customer puts what she carried home: the product's copy, of which the counter needs no more than this. */
export interface Installable {
  install(handout: Handout, customer: Customer): Promise<void>;
}

/** Opens the counter. `copy` is asked for when something is installed: the product is opened later. */
export function openCounter(market: Market, copy: () => Installable): SalesCounter {
  let sold = 0;
  let last: Sale | undefined;
  return {
    get last() {
      return last;
    },
    async sell(way) {
      const customer = nextCustomer(sold++);
      return { way, customer, ...(await ways[way].sell(market, customer)) };
    },
    async install(sale) {
      await copy().install(sale.handout, sale.customer);
      last = sale;
    },
  };
}
