import type { Deps } from "../deps/deps.ts";
import type { PartnerId } from "../words/ids.ts";
import { requirePartner } from "./active-partner.ts";
import { readAgreement } from "./change-agreement.ts";
import { partnersAbove } from "./hierarchy.ts";
import type { Partner } from "./partner.ts";
import { readParents } from "./place-partner.ts";
import { listPartnerRows } from "./rows/partners.ts";

/** Another partner as one that stands above or below it knows it. */
export interface Relative extends Pick<Partner, "id" | "name" | "kind"> {
  /** How far below: 1 directly. */
  level: number;
  /** Who stands directly above it: the reader itself or one below the reader. */
  parent: PartnerId;
}

/** Where a partner stands, as it may know it. */
export interface OwnTree {
  partner: PartnerId;
  name: string;
  /** 1 at the top. */
  tier: number;
  /** The partner directly above it, where its agreement shares more than sums. */
  above: { id: PartnerId; name: string } | null;
  /** All below it, where its agreement shares more than sums; after each those below it. */
  below: Relative[];
}

/**
 * What a partner may know of the channel: its own tier; and where its agreement shares more than sums, who stands directly
 * above it and who below. It learns of nobody beside it, and of nobody further above.
 */
export async function readOwnTree(
  { store, clock }: Pick<Deps, "store" | "clock">,
  partner: PartnerId,
): Promise<OwnTree> {
  const now = clock();
  return store.read(async (tx) => {
    const { name } = await requirePartner(tx, partner);
    const parents = await readParents(tx, now);
    const above = partnersAbove(parents, partner);
    const own = { partner, name, tier: above.length + 1 };
    if ((await readAgreement(tx, partner, now)).sharing === "none") return { ...own, above: null, below: [] };
    const rows = await listPartnerRows(tx);
    const byParent = Map.groupBy(rows, ({ id }) => parents.get(id));
    const below = (parent: PartnerId, level: number): Relative[] =>
      (byParent.get(parent) ?? []).flatMap(({ id, name: its, kind }) => [
        { id, name: its, kind, level, parent },
        ...below(id, level + 1),
      ]);
    const next = rows.find(({ id }) => id === above[0]);
    return {
      ...own,
      above: next === undefined ? null : { id: next.id, name: next.name },
      below: below(partner, 1),
    };
  });
}
