import type { Tx } from "../store/store.ts";
import type { Instant } from "../words/clock.ts";
import { type PayoutDeps, readPayability } from "./payout-block.ts";
import { actorNow, readLeft } from "./propose.ts";
import { accountName, changeItem, lockItem, readItems } from "./rows/items.ts";
import type { PayoutItemRow } from "./rows/schema.ts";

/** An item that is taken out of its batch, and why. Its amount is payable again. */
export interface TakenOut {
  id: string;
  partner: string;
  amountMinor: number;
  reason: string;
}

/**
 * Looks again at what was proposed: since then a refund may have come, details may have changed, a dispute may have been
 * opened. What may not be sent any more is taken out; the rest of the batch goes on.
 */
export async function takeOutUnfit(
  tx: Tx,
  deps: PayoutDeps,
  batchId: string,
  now: Instant,
): Promise<TakenOut[]> {
  const left = await readLeft(tx);
  const out: TakenOut[] = [];
  for (const item of await readItems(tx, batchId)) {
    if (item.state !== "open") continue;
    const reason = await unfitBecause(tx, deps, item, left, now);
    if (reason === undefined) continue;
    const locked = await lockItem(tx, item.id);
    if (locked?.state !== "open") continue;
    await changeItem(tx, {
      ...locked,
      state: "failed",
      why: reason,
      settled_at: now,
      settled_by: actorNow(),
    });
    const name = accountName(item.partner_id, item.currency);
    left.set(name, (left.get(name) ?? 0) + item.amount_minor);
    out.push({ id: item.id, partner: item.partner_id, amountMinor: item.amount_minor, reason });
  }
  return out;
}

async function unfitBecause(
  tx: Tx,
  deps: PayoutDeps,
  { partner_id: partner, currency, details_version, amount_minor }: PayoutItemRow,
  left: ReadonlyMap<string, number>,
  now: Instant,
): Promise<string | undefined> {
  const leftMinor = left.get(accountName(partner, currency)) ?? 0;
  if (leftMinor < 0) return "no_longer_payable";
  const { target, blocks } = await readPayability(tx, deps, { partner, currency, now });
  const whole = blocks.find((block) => block.amountMinor === null);
  if (whole !== undefined) return whole.reason;
  if (target === undefined || target.version !== details_version) return "details_changed";
  // What else is payable covers what is held back, or the item does not go.
  const heldMinor = blocks.reduce((sum, block) => sum + (block.amountMinor ?? 0), 0);
  const part = blocks.find((block) => block.amountMinor !== null);
  return part !== undefined && leftMinor + amount_minor - heldMinor < amount_minor ? part.reason : undefined;
}
