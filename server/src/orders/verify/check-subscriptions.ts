import type { Tx } from "../../store/store.ts";
import { tellingsOf } from "../record/sale-facts.ts";
import { findTold } from "../rows/checked-orders.ts";
import { findOrder } from "../rows/orders.ts";
import type { SubscriptionNameRow } from "../rows/schema.ts";
import { findSubscriptionNames } from "../rows/subscription-names.ts";
import { factsOf, type SubscriptionNames } from "./check-telling.ts";

/** The names under which subscriptions are kept that are not their own: for checking. */
export async function readSubscriptionNames(tx: Tx): Promise<SubscriptionNames> {
  const rows = await findSubscriptionNames(tx);
  return new Map(rows.map((row) => [`${row.shop} ${row.subscription_id}`, row.kept_as]));
}

/** Subscriptions that are kept as one although the events of no order name both: evidence would be handed on for nothing. */
export async function* checkSubscriptions(tx: Tx): AsyncGenerator<string> {
  const names = await readSubscriptionNames(tx);
  for (const row of await findSubscriptionNames(tx))
    if (!(await isTold(tx, row, names)))
      yield `subscription ${row.shop} ${row.subscription_id}: no order says that it is one with ${row.kept_as}`;
}

async function isTold(
  tx: Tx,
  { shop, subscription_id, kept_as, told_by }: SubscriptionNameRow,
  names: SubscriptionNames,
): Promise<boolean> {
  const order = await findOrder(tx, told_by);
  if (order?.shop !== shop) return false;
  const items = tellingsOf(order).map((event) => [told_by, shop, event]);
  const told = factsOf(await findTold(tx, items)).flatMap(({ subscription }) => subscription ?? []);
  const ofOne = new Set(told.filter((id) => (names.get(`${shop} ${id}`) ?? id) === kept_as));
  return names.get(`${shop} ${subscription_id}`) === kept_as && ofOne.size > 1;
}
