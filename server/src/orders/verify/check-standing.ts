import { findPartner } from "../../channel/rows/partners.ts";
import type { Tx } from "../../store/store.ts";
import { isoTime } from "../../words/clock.ts";
import { as, type PartnerId } from "../../words/ids.ts";
import { type StandingRow, walkStanding } from "../rows/checked-standing.ts";

const pageSize = 500;

/** What the changes of a partner come to. */
interface Standing {
  ended: boolean;
  suspendedAt: string | null;
  mergedInto: PartnerId | null;
}

/**
 * Partners that do not stand where their written history says: merged into somebody by nobody, ended or suspended and not
 * any more. One sentence each. One that ended before there was a history may stand so.
 */
export async function* checkStanding(tx: Tx): AsyncGenerator<string> {
  let after: PartnerId = as.partner("");
  for (;;) {
    const rows = await walkStanding(tx, { after, limit: pageSize });
    const last = rows.at(-1)?.id;
    if (last === undefined) return;
    for (const [id, ofPartner] of Map.groupBy(rows, (row) => row.id))
      if (!(await standsAsWritten(tx, ofPartner)))
        yield `partner ${id}: it does not stand where what was written down last says`;
    after = last;
  }
}

async function standsAsWritten(tx: Tx, rows: readonly StandingRow[]): Promise<boolean> {
  const [row] = rows;
  if (row === undefined) return true;
  const written = rows.reduce(standingAfter, { ended: false, suspendedAt: null, mergedInto: null });
  // Whoever was merged is merged on with the one it was merged into.
  const heir = written.mergedInto === null ? undefined : await findPartner(tx, written.mergedInto);
  const suspendedAt = row.suspended_at === null ? null : isoTime(row.suspended_at);
  return (
    row.merged_into === (heir?.merged_into ?? written.mergedInto) &&
    (!written.ended || row.status === "ended") &&
    suspendedAt === written.suspendedAt
  );
}

function standingAfter(before: Standing, { change, changed }: StandingRow): Standing {
  const { suspendedAt, mergedInto } = JSON.parse(changed ?? "{}") as {
    suspendedAt?: string;
    mergedInto?: PartnerId;
  };
  if (change === "resumed") return { ended: false, suspendedAt: null, mergedInto: before.mergedInto };
  if (change === "edited") return { ...before, suspendedAt: suspendedAt ?? before.suspendedAt };
  if (change !== "ended") return before;
  return mergedInto === undefined
    ? { ...before, ended: true }
    : { ended: true, suspendedAt: null, mergedInto };
}
