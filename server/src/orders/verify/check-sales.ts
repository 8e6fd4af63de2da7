import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import { tellingsOf } from "../record/sale-facts.ts";
import { findObjects, findUntoldSales, type UntoldSale } from "../rows/checked-orders.ts";

/** More than these are not looked at: they are failures enough. */
const mostSuspects = 1_000;

/** Sales that were taken and have no order that stands, or know the amounts of theirs better than it does. */
export async function* checkSales(tx: Tx, since: Instant): AsyncGenerator<string> {
  for (const sale of await findUntoldSales(tx, { since, limit: mostSuspects })) {
    const name = `sale ${sale.shop} ${sale.link_id}`;
    if (sale.order_key === null) yield `${name}: it was taken, and has no order`;
    else if (sale.joined_to !== null) yield `${name}: its order is one that was joined to another`;
    else if (!(await isRepetition(tx, sale)))
      yield `${name}: it knows the amounts of its order better than the order does`;
  }
}

/** A shop that sends a sale again without saying that it changed tells nothing new, whatever it says. */
async function isRepetition(tx: Tx, sale: UntoldSale): Promise<boolean> {
  if (sale.created_at !== null) return false;
  const counted = tellingsOf(sale).filter((event) => event !== sale.event_id);
  const objects = await findObjects(
    tx,
    counted.map((event) => [sale.shop, event]),
  );
  return objects.some(({ object_id }) => object_id === sale.object_id);
}
