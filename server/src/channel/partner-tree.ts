import type { Deps } from "../deps/deps.ts";
import { type Instant, isoTime } from "../words/clock.ts";
import { as, type PartnerId } from "../words/ids.ts";
import { Refusal } from "../words/refusal.ts";
import { type Parents, type Position, parentsAt } from "./hierarchy.ts";
import type { Partner } from "./partner.ts";
import { findPartner, listPartnerRows } from "./rows/partners.ts";
import { listPositions } from "./rows/positions.ts";
import type { PartnerRow } from "./rows/schema.ts";

/** A partner in the tree. */
export interface TreeEntry extends Pick<Partner, "id" | "name" | "kind" | "parent"> {
  /** Of a merged one too that it has ended. */
  status: "active" | "ended";
  /** 1 at the top. */
  tier: number;
  /** Its own commission in percent of the net amount, as it is today whatever the moment. */
  percent: number;
}

/** The channel at a moment: after each partner those below it, then the next beside it, by id. */
export interface PartnerTree {
  /** ISO 8601 in UTC. */
  at: string;
  partners: TreeEntry[];
}

/** Who stood above whom at a moment; now by default. */
export async function readPartnerTree(
  deps: Pick<Deps, "store" | "clock">,
  { at = deps.clock() }: { at?: Instant | undefined } = {},
): Promise<PartnerTree> {
  const { rows, positions } = await deps.store.read(async (tx) => ({
    rows: await listPartnerRows(tx),
    positions: await listPositions(tx),
  }));
  return { at: isoTime(at), partners: growTree(rows, parentsAt(positions, at), at) };
}

function growTree(rows: readonly PartnerRow[], parents: Parents, at: Instant): TreeEntry[] {
  const placed = new Set([...parents].flat());
  const there = rows.filter(({ id, created_at }) => created_at <= at || placed.has(id));
  const byParent = Map.groupBy(there, ({ id }) => parents.get(id));
  const below = (parent: PartnerId | undefined, tier: number): TreeEntry[] =>
    (byParent.get(parent) ?? []).flatMap((row) => [
      entryOf(row, { parent: parent ?? null, tier, at }),
      ...below(row.id, tier + 1),
    ]);
  return below(undefined, 1);
}

function entryOf(
  { id, name, kind, status, ended_at, percent_bp }: PartnerRow,
  { at, ...place }: Pick<TreeEntry, "parent" | "tier"> & { at: Instant },
): TreeEntry {
  const hasEnded = status === "ended" && (ended_at ?? at) <= at;
  return { id, name, kind, status: hasEnded ? "ended" : "active", ...place, percent: percent_bp / 100 };
}

/** Where a partner stood for a time. Times are ISO 8601 in UTC. */
export interface PositionEntry {
  parent: PartnerId | null;
  since: string;
  /** Up to when it holds; null for the last. As `since` when another was recorded in its place. */
  until: string | null;
  recordedAt: string;
}

/**
 * Where a partner stood since it was first placed, in the order of time. Before that nobody stood above it.
 *
 * @throws {Refusal} `partner_unknown`
 */
export async function readPartnerPositions(deps: Pick<Deps, "store">, id: string): Promise<PositionEntry[]> {
  const partner = as.partner(id);
  const positions = await deps.store.read(async (tx) =>
    (await findPartner(tx, partner)) === undefined ? undefined : listPositions(tx),
  );
  if (positions === undefined) throw new Refusal("partner_unknown", `There is no partner ${id}.`);
  const own: (Position & { recordedAt: Instant })[] = positions.filter((one) => one.partner === partner);
  return own.map(({ parent, since, recordedAt }, at) => {
    const next = own[at + 1]?.since;
    return {
      parent,
      since: isoTime(since),
      until: next === undefined ? null : isoTime(next),
      recordedAt: isoTime(recordedAt),
    };
  });
}
