import { type Instant, instant } from "../words/clock.ts";
import { query } from "./query.ts";
import type { Store, Tx } from "./store.ts";

/** When something happened last. Nothing is decided by it: it is for those who watch. */
export interface MomentRow {
  name: string;
  written_at: Instant;
}

declare module "./schema.ts" {
  interface Schema {
    probes: MomentRow;
  }
}

const noteQuery = query<MomentRow>()((db, p) =>
  db
    .insertInto("probes")
    .values({ name: p.name, written_at: p.written_at })
    .onConflict((conflict) => conflict.column("name").doUpdateSet({ written_at: p.written_at })),
);

const listQuery = query<object>()((db) => db.selectFrom("probes").selectAll().orderBy("name"));

/** What is noted under a fixed name: a write to see whether one can write, and the checks of the ledger. */
export const momentNames = { ready: "ready", verified: "ledger-verified", sound: "ledger-sound" } as const;

/** Notes when something happened last. */
export const noteMoment = (tx: Tx, name: string, at: Instant): Promise<number> =>
  tx.run(noteQuery, { name, written_at: at });

/** All that was noted, by name. */
export const readMoments = async (tx: Tx): Promise<ReadonlyMap<string, Instant>> =>
  new Map((await tx.all(listQuery, {})).map(({ name, written_at }) => [name, written_at]));

/** How long a good answer counts: whoever asks more often, perhaps a stranger, writes no more for it. */
const countsForMs = 1_000;

/**
 * Makes a question whether the database can be written to: durably, as a purchase is. Reads succeed on a full disk and
 * on a replica; this does not. Callers at one time share one write.
 *
 * @returns rejects when it cannot
 */
export function createWriteProbe(store: Pick<Store, "write">, now: () => Instant): () => Promise<void> {
  let underWay: Promise<void> | undefined;
  let goodUntil = instant(0);
  const write = async () => {
    const at = now();
    await store.write((tx) => noteMoment(tx, momentNames.ready, at));
    goodUntil = instant(at + countsForMs);
  };
  return () => {
    if (underWay !== undefined) return underWay;
    if (now() < goodUntil && now() >= goodUntil - countsForMs) return Promise.resolve();
    underWay = write().finally(() => {
      underWay = undefined;
    });
    return underWay;
  };
}
