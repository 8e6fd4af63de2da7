import type { Deps } from "../../deps/deps.ts";
import type { Tx } from "../../store/store.ts";
import { isoTime } from "../../words/clock.ts";
import type { LicenceHash, ProductId } from "../../words/ids.ts";
import { claimedEnd, termEnd } from "../decide/renewal-right.ts";
import { findOrdersOfLicence } from "../rows/orders.ts";

/** When a licence's last term ends. */
export interface LicenceTerm {
  /** ISO 8601 in UTC. */
  endsAt: string;
  /** Who said so: the shop that sold the term, or a copy of the product that was registered. */
  toldBy: "shop" | "copy";
}

/** The end of the newest term of a licence that anybody told; undefined where nobody did. */
export async function termOfLicence(
  tx: Tx,
  { ways }: Pick<Deps, "ways">,
  { licence_hash, product }: { licence_hash: LicenceHash; product: ProductId },
): Promise<LicenceTerm | undefined> {
  const terms = await ways.findTerms(tx, { licence: licence_hash, product });
  const orders = await findOrdersOfLicence(tx, licence_hash);
  let isSold = false;
  for (const order of orders.toReversed()) {
    if (order.joined_to !== null || (order.product !== null && order.product !== product)) continue;
    isSold = true;
    const endsAt = termEnd(order);
    if (endsAt !== undefined) return { endsAt: isoTime(endsAt), toldBy: "shop" };
    const claimed = claimedEnd(terms, order.occurred_at);
    if (claimed !== undefined) return { endsAt: isoTime(claimed.expiresAt), toldBy: "copy" };
  }
  const last = isSold ? undefined : terms.at(-1);
  return last === undefined ? undefined : { endsAt: isoTime(last.expiresAt), toldBy: "copy" };
}
