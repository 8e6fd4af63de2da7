import type { Deps } from "../deps/deps.ts";
import {
  countDueDisputes,
  countNewestHeld,
  countStuckMessages,
  countWaitingDeals,
} from "./rows/first-screen.ts";

/** What waits for a person, counted up to a bound. */
export interface Queues {
  /** Held orders. */
  held: number;
  /** Messages that were given up or are to be told by hand. */
  stuck: number;
  /** Contested decisions that wait for the vendor. */
  disputes: number;
  /** Deals that wait for an answer. */
  deals: number;
}

/** What waits for a person. */
export const readQueues = ({ store }: Pick<Deps, "store">): Promise<Queues> =>
  store.read(async (tx) => ({
    held: (await countNewestHeld(tx)).reduce((sum, { orders }) => sum + orders, 0),
    stuck: await countStuckMessages(tx),
    disputes: await countDueDisputes(tx),
    deals: await countWaitingDeals(tx),
  }));
