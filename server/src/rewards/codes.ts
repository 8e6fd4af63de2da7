import { nameSubject } from "../deps/actor.ts";
import type { Deps } from "../deps/deps.ts";
import type { Hashes } from "../secrets/hashes.ts";
import { openIfSound, sealText, unopened } from "../secrets/seal.ts";
import { lockName } from "../store/locks.ts";
import type { Tx } from "../store/store.ts";
import { Refusal } from "../words/refusal.ts";
import { findCodeOf, findWanting, insertCode, takeCode } from "./rows/codes.ts";
import { requireOffer } from "./shown-offers.ts";

/** So many codes are taken at once. */
export const mostCodes = 1_000;

const rowName = (offer: string): Uint8Array => Buffer.from(`reward code of ${offer}`);

/**
 * Adds codes of a shop to an offer of coupons. Each goes to one customer; rewards that wait for a code get theirs at once.
 * One that an offer has already is passed over.
 *
 * @param owner the partner who does so; the vendor where it is left out
 * @throws {Refusal} `reward_offer_unknown`, `reward_offer_settled`, `request_invalid`
 */
export async function addCodes(
  deps: Pick<Deps, "store" | "clock" | "hashes">,
  id: string,
  codes: readonly string[],
  { owner }: { owner?: string | undefined } = {},
): Promise<{ added: number; known: number }> {
  const trimmed = [...new Set(codes.map((code) => code.trim()).filter((code) => code !== ""))];
  if (trimmed.length === 0 || trimmed.length > mostCodes)
    throw new Refusal("request_invalid", `1 to ${mostCodes} codes are added at once.`);
  if (trimmed.some((code) => !/^[\x21-\x7e]{1,100}$/.test(code)))
    throw new Refusal("request_invalid", "A code has 1 to 100 letters, digits and signs, and no spaces.");
  const now = deps.clock();
  return deps.store.write(async (tx) => {
    const offer = await requireOffer(tx, id, owner);
    if (offer.kind !== "coupon")
      throw new Refusal("reward_offer_settled", `Offer ${id} gives points and needs no codes.`);
    nameSubject(id);
    await lockName(tx, `rewards ${offer.partner_id}`);
    let added = 0;
    for (const code of trimmed)
      if (
        await insertCode(tx, {
          offer_id: id,
          code_hash: deps.hashes.rewardCode(code),
          code_sealed: sealText(code, rowName(id), deps.hashes.rewardCodeKey),
          added_at: now,
        })
      )
        added += 1;
    for (const { reward_id } of await findWanting(tx, { offer_id: id, limit: added }))
      await takeCode(tx, { offer_id: id, reward_id });
    return { added, known: trimmed.length - added };
  });
}

/** The code that was given to a reward, for its customer to read, or that it cannot be opened; undefined where none was left. */
export async function codeOf(
  tx: Tx,
  { hashes }: { hashes: Pick<Hashes, "rewardCodeKey"> },
  { reward_id, offer_id }: { reward_id: string; offer_id: string },
): Promise<string | undefined> {
  const row = await findCodeOf(tx, reward_id);
  if (row === undefined) return undefined;
  return openIfSound(row.code_sealed, rowName(offer_id), hashes.rewardCodeKey) ?? unopened;
}
