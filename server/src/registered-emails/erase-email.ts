import type { Deps } from "../deps/deps.ts";
import { adoptNow, formerOfEmail } from "../secrets/former-hashes.ts";
import { isEmailAddress } from "../words/email-address.ts";
import { as, type EmailHash, type OrderKey } from "../words/ids.ts";
import { Refusal } from "../words/refusal.ts";
import {
  deleteRegisteredEmails,
  findEmailClaims,
  forgetBuyer,
  listBuyers,
} from "./rows/registered-emails.ts";

/** What is to be erased. */
export interface Erasure {
  email: string;
  /** Only what this partner registered. */
  partner?: string | undefined;
  /** Also the keyed hash that orders of this buyer carry. */
  orders?: boolean | undefined;
  /** True to count and erase nothing. */
  dryRun?: boolean | undefined;
}

/** What was erased, or with `dryRun` would be. */
export interface ErasureReport {
  registrations: number;
  /** 0 when orders were not asked for. */
  orders: number;
}

const pageSize = 1_000;

/**
 * Erases an address: its registrations, so that no later purchase finds them. What was decided stays decided, on
 * records that never held the address. With `orders` the buyer's keyed hash is taken off all orders too, which walks
 * through the whole history a page at a time; a purchase by the partner itself is then no longer noticed when such
 * an order is decided again.
 *
 * @throws {Refusal} `request_invalid`
 */
export async function eraseEmail(deps: Deps, erasure: Erasure): Promise<ErasureReport> {
  const { email, partner, orders = false, dryRun = false } = erasure;
  if (!isEmailAddress(email)) throw new Refusal("request_invalid", "That is not an e-mail address.");
  await adoptNow(deps, formerOfEmail(deps.hashes, email));
  const hash = deps.hashes.email(email);
  const of = partner === undefined ? undefined : as.partner(partner);
  const registrations = dryRun
    ? (await deps.store.read((tx) => findEmailClaims(tx, hash))).filter(
        (claim) => of === undefined || claim.partner_id === of,
      ).length
    : await deps.store.write((tx) => deleteRegisteredEmails(tx, hash, of));
  return { registrations, orders: orders ? await eraseFromOrders(deps, hash, dryRun) : 0 };
}

/** The buyer has no index, which every purchase would pay for and only this would use. */
async function eraseFromOrders({ store }: Deps, hash: EmailHash, dryRun: boolean): Promise<number> {
  let erased = 0;
  let after: OrderKey = as.order("");
  for (;;) {
    const page = await store.read((tx) => listBuyers(tx, { after, limit: pageSize }));
    const last = page.at(-1);
    if (last === undefined) return erased;
    const theirs = page.filter(({ email_hash }) => email_hash === hash);
    erased += theirs.length;
    if (theirs.length > 0 && !dryRun)
      await store.write(async (tx) => {
        for (const { order_key } of theirs) await forgetBuyer(tx, { order_key, email_hash: hash });
      });
    after = last.order_key;
  }
}
