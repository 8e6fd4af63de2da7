import { columnsOf, valuesOf } from "../../store/columns.ts";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import type { CeremonyRow } from "./schema.ts";

const ceremonyColumns = columnsOf<CeremonyRow>({
  browser_hash: true,
  kind: true,
  sealed: true,
  expires_at: true,
});

const insertQuery = query<CeremonyRow>()((db, p) =>
  db.insertInto("ceremonies").values(valuesOf(ceremonyColumns, p)),
);

/** Begins a ceremony. */
export const insertCeremony = (tx: Tx, begun: CeremonyRow) => tx.run(insertQuery, begun);

const takeQuery = query<{ browser_hash: string; kind: CeremonyRow["kind"] }>()((db, p) =>
  db
    .deleteFrom("ceremonies")
    .where("browser_hash", "=", p.browser_hash)
    .where("kind", "=", p.kind)
    .returningAll(),
);

/** Takes a ceremony away and returns it: whoever asks a second time, or at the same moment, gets nothing. */
export const takeCeremony = (tx: Tx, wanted: Pick<CeremonyRow, "browser_hash" | "kind">) =>
  tx.one(takeQuery, wanted);

const pruneQuery = query<{ now: Instant; limit: number }>()((db, p) =>
  db.deleteFrom("ceremonies").where("browser_hash", "in", (inner) =>
    inner
      .selectFrom("ceremonies")
      .select("browser_hash")
      .where("expires_at", "<=", p.now)
      .orderBy("expires_at")
      .limit(p.limit as never),
  ),
);

/** Deletes a page of ceremonies that have run out; returns how many. */
export const deleteRunOutCeremonies = (tx: Tx, page: { now: Instant; limit: number }) =>
  tx.run(pruneQuery, page);
