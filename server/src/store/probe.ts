import { type Instant, instant } from "../words/clock.ts";
import { query } from "./query.ts";
import type { Store } from "./store.ts";

/** A row that is written to see whether rows can be written. */
export interface ProbeRow {
  name: string;
  written_at: Instant;
}

declare module "./schema.ts" {
  interface Schema {
    probes: ProbeRow;
  }
}

const writeProbeQuery = query<ProbeRow>()((db, p) =>
  db
    .insertInto("probes")
    .values({ name: p.name, written_at: p.written_at })
    .onConflict((conflict) => conflict.column("name").doUpdateSet({ written_at: p.written_at })),
);

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
    await store.write((tx) => tx.run(writeProbeQuery, { name: "ready", written_at: at }));
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
