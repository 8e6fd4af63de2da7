import type { ToldFacts } from "../../events/event-row.ts";
import { instant } from "../../words/clock.ts";
import { couponsIn, couponText } from "../../words/coupon-code.ts";
import type { ProviderId } from "../../words/ids.ts";
import { type ToldAmounts, tellingsOf, tellsAmounts } from "../record/sale-facts.ts";
import type { ToldRow } from "../rows/checked-orders.ts";
import type { OrderRow } from "../rows/schema.ts";

/** The names under which subscriptions are kept that are not their own, by shop and id. */
export type SubscriptionNames = ReadonlyMap<string, ProviderId>;

/** What is wrong with an order's own row, held against the sale events that it names. */
export function checkTelling(
  order: OrderRow,
  tellings: readonly ToldRow[],
  names: SubscriptionNames,
): string[] {
  const counted = tellingsOf(order);
  const there = new Set(tellings.map((one) => one.event_id));
  const missing = counted.filter((name) => !there.has(name));
  if (missing.length > 0 || counted.length === 0)
    return [`the event ${missing[0] ?? "of its sale"} that it was made of is not there`];
  const wrong: string[] = [];
  if (tellings.some(({ leads_to }) => leads_to !== order.order_key))
    wrong.push("a name of its sale leads to another order");
  const best = tellings.map(amountsOf).reduce((a, b) => (tellsAmounts(b, a) ? b : a));
  if (amountColumns.some((column) => order[column] !== best[column]))
    wrong.push("its amounts are not those that its events tell");
  if (!tellings.some((one) => isNamedBy(order, one)))
    wrong.push("its name and time are not those that an event tells");
  if (order.received_at !== Math.min(...tellings.map((one) => one.received_at)))
    wrong.push("it was not first heard of when its events came in");
  return wrong.concat(checkFacts(order, factsOf(tellings), names));
}

/** What sale events told that leads to evidence. */
export const factsOf = (tellings: readonly Pick<ToldRow, "told">[]): ToldFacts[] =>
  tellings.map(({ told }) => JSON.parse(told ?? "{}") as ToldFacts);

const amountColumns = ["net_minor", "tax_minor", "currency", "lines", "amounts_rank", "amounts_at"] as const;

const amountsOf = (row: ToldRow): ToldAmounts => ({
  net_minor: row.net_minor ?? -1,
  tax_minor: row.amount_minor - (row.net_minor ?? -1),
  currency: row.currency as OrderRow["currency"],
  lines: row.lines,
  amounts_rank: row.amounts_rank ?? -1,
  amounts_at: row.created_at ?? instant(0),
});

const isNamedBy = (order: OrderRow, { link_id, object_id, occurred_at }: ToldRow): boolean =>
  order.order_id === link_id && order.object_id === object_id && order.occurred_at === occurred_at;

/** What leads to evidence has to be what the shop told: a reference, a subscription, codes. */
function checkFacts(order: OrderRow, facts: readonly ToldFacts[], names: SubscriptionNames): string[] {
  const wrong: string[] = [];
  const isTold = (value: string | null, told: readonly (string | null | undefined)[]) => {
    const known = told.filter((one) => one != null);
    return known.length === 0 ? value === null : known.includes(value ?? "");
  };
  const told = <Name extends keyof ToldFacts>(name: Name) => facts.map((one) => one[name]);
  if (!isTold(order.reference, told("reference"))) wrong.push("its reference is not what its events tell");
  const subscriptions = told("subscription").map((id) => id && (names.get(`${order.shop} ${id}`) ?? id));
  if (!isTold(order.subscription_id, subscriptions))
    wrong.push("its subscription is not what its events tell");
  const codes = told("coupon").flatMap((coupon) => couponsIn(coupon ?? null));
  if (order.coupon !== couponText(codes)) wrong.push("its codes are not those that its events tell");
  if (!isTold(order.country, told("country"))) wrong.push("its buyer's country is not what its events tell");
  if (order.told_cycle !== (told("cycle").includes("renewal") ? "renewal" : "new"))
    wrong.push("whether it renews is not what its events tell");
  // Where no event tells the product, the click may.
  if (order.reference === null && !isTold(order.product, told("product")))
    wrong.push("its product is not what its events tell");
  return wrong;
}
