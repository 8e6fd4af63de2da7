import { type Parents, parentsAt, partnersAbove } from "../channel/hierarchy.ts";
import { listPartnerRows } from "../channel/rows/partners.ts";
import { listPositions } from "../channel/rows/positions.ts";
import type { ChainPartner } from "../commission/sale.ts";
import type { Tx } from "../store/store.ts";
import type { Instant } from "../words/clock.ts";
import type { PartnerId } from "../words/ids.ts";

/** Who stood above whom on any day, of partners and positions that were read once. */
export interface Chains {
  /** The partner and those above it at a moment. */
  chainAt(partner: PartnerId, at: Instant): ChainPartner[];
}

/** Where a partner would stand from a moment on, instead of wherever it stood since. */
export interface SupposedPosition {
  partner: PartnerId;
  parent: PartnerId | null;
  since: Instant;
}

/** Reads the channel as it was on any day, with a position that is only supposed where one is given. */
export async function readChains(tx: Tx, supposed?: SupposedPosition): Promise<Chains> {
  const partners = new Map((await listPartnerRows(tx)).map((row) => [row.id, row]));
  const recorded = (await listPositions(tx)).filter(
    ({ partner, since }) => partner !== supposed?.partner || since < supposed.since,
  );
  const index = recorded.findLastIndex(({ since }) => since <= (supposed?.since ?? 0)) + 1;
  const positions =
    supposed === undefined
      ? recorded
      : recorded.toSpliced(index, 0, { ...supposed, recordedAt: supposed.since });
  const moments = [...new Set(positions.map(({ since }) => since))];
  const kept = new Map<number, Parents>();
  const parents = (at: Instant): Parents => {
    const moment = moments.findLastIndex((since) => since <= at);
    const found = kept.get(moment) ?? parentsAt(positions, at);
    kept.set(moment, found);
    return found;
  };
  return {
    chainAt: (partner, at) =>
      [partner, ...partnersAbove(parents(at), partner)].flatMap((id, level) => {
        const row = partners.get(id);
        if (row === undefined) return [];
        const ended = level > 0 && row.status === "ended" && (row.ended_at ?? at) <= at;
        return [{ partner: id, kind: row.kind, since: row.created_at, ended }];
      }),
  };
}
