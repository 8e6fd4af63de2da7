import { orderLoss } from "../books/book.ts";
import type { Deps } from "../deps/deps.ts";
import { findLossEvents } from "../events/rows/events.ts";
import { termOfLicence } from "../orders/record/licence-term.ts";
import { findOrdersOfLicence } from "../orders/rows/orders.ts";
import type { Tx } from "../store/store.ts";
import { type Instant, instant } from "../words/clock.ts";
import type { LicenceHash, ProductId } from "../words/ids.ts";

/**
 * When a licence's newest term ends that its customer could renew; undefined where nobody told a term, and where the
 * newest purchase was given back: who took the money back is not asked to buy again.
 */
export async function termToRenew(
  tx: Tx,
  deps: Pick<Deps, "ways">,
  of: { licence_hash: LicenceHash; product: ProductId },
): Promise<Instant | undefined> {
  const term = await termOfLicence(tx, deps, of);
  if (term === undefined) return undefined;
  const orders = await findOrdersOfLicence(tx, of.licence_hash);
  const newest = orders.findLast(
    ({ joined_to, product }) => joined_to === null && (product === null || product === of.product),
  );
  if (newest !== undefined && newest.net_minor > 0) {
    const { lostNetMinor } = orderLoss(newest, await findLossEvents(tx, newest.order_key));
    if (lostNetMinor >= newest.net_minor) return undefined;
  }
  return instant(Date.parse(term.endsAt));
}
