import type { Deps } from "../deps/deps.ts";
import type { PartnerId, ProductId } from "../words/ids.ts";
import { claimStandingToken, findStandingToken } from "./rows/standing-tokens.ts";
import { enterToken, prepareToken, reportToken } from "./tokens.ts";

/** What a standing token is for: all copies of one batch that a partner hands out. */
export interface StandingTokenOrder {
  partner: PartnerId;
  product: ProductId;
  /** Campaign, medium, print run or batch of serials; stands in the token. */
  batch: string;
}

/**
 * The token for a partner's copies of one batch: the same text each time. So what is made with it, such as a stamped
 * installer, is the same to the byte for every customer and on every process, and the issuance log has one row for all
 * of them. Issued on first need, and anew once it was revoked or its key no longer signs: to revoke a token is to mean
 * the copies that carry it. Who means the partner ends its agreement, or revokes its batch.
 *
 * @throws {Refusal} `product_unknown`, `partner_unknown`, `partner_ended`, as `issueToken`
 */
export async function standingToken(
  deps: Deps,
  order: StandingTokenOrder,
): Promise<{ token: string; jti: string }> {
  const key = { partner_id: order.partner, product: order.product, batch: order.batch };
  const found = await deps.store.read((tx) => findStandingToken(tx, key));
  if (found !== undefined && isGood(found)) return { token: found.token, jti: found.jti };
  const prepared = await prepareToken(deps, order);
  const { token, row } = prepared;
  const isMine = await deps.store.write(async (tx) => {
    if (!(await claimStandingToken(tx, { ...key, token, jti: row.jti }, found?.jti))) return false;
    await enterToken(tx, prepared);
    return true;
  });
  // Somebody else needed one at the same moment: theirs is this one's too.
  if (!isMine) return standingToken(deps, order);
  reportToken(deps, prepared);
  return { token, jti: row.jti };
}

type Found = NonNullable<Awaited<ReturnType<typeof findStandingToken>>>;

/** A token of a former key still counts, but a new copy should carry one without a past. */
const isGood = (found: Found): boolean =>
  found.revoked_at === null && found.key_status === "active" && found.partner_status === "active";
