import type { Considered } from "../attribution/decide.ts";
import { readAgreement } from "../channel/change-agreement.ts";
import type { Deps } from "../deps/deps.ts";
import { type Instant, isoTime } from "../words/clock.ts";
import type { PartnerId } from "../words/ids.ts";
import { firstOrderKey } from "../words/order-key.ts";
import { findUncounted, stepOrders } from "./rows/uncounted.ts";
import { ownReasons } from "./why-not.ts";

/** An order that something of a partner's reached, and that counts for nobody. */
export interface Uncounted {
  shop: string;
  order: string;
  /** ISO 8601 in UTC. */
  occurredAt: string;
  /** Of each piece of the partner's own evidence. */
  evidence: { kind: string; reason: string; seenAt: string }[];
}

/** Of each partner so many are told at the most. */
const mostOfPartner = 20;

/**
 * Orders that arrived in a span and count for nobody, by each partner something of whose was seen in them; only where all of
 * it fell for a reason that lies in itself, as `explainWhyNot` tells it. It walks in steps, so that purchases come between.
 *
 * @param only this partner's alone
 */
export async function readUncounted(
  { store }: Pick<Deps, "store">,
  { from, until, only }: { from: Instant; until: Instant; only?: PartnerId },
): Promise<Map<string, Uncounted[]>> {
  const found = new Map<string, Uncounted[]>();
  const end = firstOrderKey(until);
  for (let after = firstOrderKey(from); ; ) {
    const start = after;
    const rows = await store.read((tx) => findUncounted(tx, { after: start, until: end }));
    for (const row of rows) {
      const all = JSON.parse(row.evidence) as Considered[];
      for (const [partner, own] of Map.groupBy(all, (one) => String(one.partner))) {
        if (only !== undefined && partner !== only) continue;
        const its = found.get(partner) ?? [];
        if (its.length >= mostOfPartner || !own.every(({ reason }) => ownReasons.has(reason))) continue;
        its.push({
          shop: row.shop,
          order: row.order_id,
          occurredAt: isoTime(row.occurred_at),
          evidence: own.map(({ kind, reason, seenAt }) => ({ kind, reason, seenAt: isoTime(seenAt) })),
        });
        found.set(partner, its);
      }
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < stepOrders) return found;
    after = last.order_key;
  }
}

/** A partner's own of a day, where its agreement shares order numbers; undefined where it does not. */
export async function readUncountedOf(
  deps: Pick<Deps, "store" | "clock">,
  partner: PartnerId,
  span: { from: Instant; until: Instant },
): Promise<Uncounted[] | undefined> {
  const { sharing } = await deps.store.read((tx) => readAgreement(tx, partner, deps.clock()));
  if (sharing === "none") return undefined;
  return (await readUncounted(deps, { ...span, only: partner })).get(partner) ?? [];
}
