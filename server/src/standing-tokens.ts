import type { Deps } from "./deps.ts";
import { as, type PartnerId, type ProductId } from "./ids.ts";
import { findStandingToken, putStandingToken } from "./store/queries/standing-tokens.ts";
import { issueToken } from "./tokens.ts";

/** What a standing token is for: all copies of one batch that a partner hands out. */
export interface StandingTokenOrder {
  partner: PartnerId;
  product: ProductId;
  /** Campaign, medium or print run; stands in the token. */
  batch: string;
}

/**
 * The token for a partner's copies of one batch: the same text each time, so that what is made with it, such as a
 * stamped installer, is the same to the byte for every customer and on every process. Issued on first need, and
 * anew once it or its key was revoked. Two processes that issue it at the same time leave one of the two unused.
 *
 * @throws {Refusal} `product_unknown`, `partner_unknown`, `partner_ended`, as `issueToken`
 */
export async function standingToken(
  deps: Deps,
  order: StandingTokenOrder,
): Promise<{ token: string; jti: string }> {
  const key = { partner_id: order.partner, product: order.product, batch: order.batch };
  const found = await deps.store.read((tx) => findStandingToken(tx, key));
  if (isGood(found)) return found;
  const issued = await issueToken(deps, order);
  return deps.store.write(async (tx) => {
    const meanwhile = await findStandingToken(tx, key);
    if (isGood(meanwhile)) return { token: meanwhile.token, jti: meanwhile.jti };
    const { token, jti } = issued;
    await putStandingToken(tx, { ...key, token, jti: as.token(jti) });
    return { token, jti };
  });
}

type Found = NonNullable<Awaited<ReturnType<typeof findStandingToken>>>;

/** A token of a revoked key that was issued before still counts, but a new copy should carry one without a past. */
const isGood = (found: Found | undefined): found is Found =>
  found !== undefined &&
  found.revoked_at === null &&
  found.key_revoked_at === null &&
  found.partner_status === "active";
