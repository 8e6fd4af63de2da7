import { createHash } from "node:crypto";
import { z } from "zod";
import type { Deps } from "../deps/deps.ts";
import type { Tx } from "../store/store.ts";
import { instant, isoTime } from "../words/clock.ts";
import { Refusal } from "../words/refusal.ts";
import { receiptedTables } from "./receipted-tables.ts";
import { type AnyRow, type RowWalk, rowWalkOf } from "./rows/receipts.ts";
import { sealedTables } from "./sealed-tables.ts";

/** What people and jobs had written and nobody ever takes away or changes. */
const keptForGood = [
  "rulings",
  "plans",
  "plan_assignments",
  "partner_history",
  "partner_positions",
  "partner_agreements",
  "deal_steps",
  "reward_steps",
  "period_terms",
  "closed_periods",
  "statements",
  "corrections",
  "partner_details",
  "audit_entries",
];

const journal: RowWalk = {
  table: "transfers",
  columns:
    "id order_key decision_seq source source_id partner_id kind debit credit amount_minor currency cause booked_at".split(
      " ",
    ),
  key: ["id"],
  at: "booked_at",
  which: "1 = 1",
};

const history = [
  ...sealedTables,
  journal,
  ...receiptedTables.filter(({ table }) => keptForGood.includes(table)),
].map(({ table, columns, key, at, which }) => ({
  table,
  columns,
  at,
  walk: rowWalkOf({ table, columns, key, at, which }),
}));

/** How old what a head is about is at the least: what was just being written stands in none. */
const settledAfterMs = 5 * 60_000;
const pageSize = 500;

/** What all of history until an instant comes to: whoever notes it elsewhere finds what was cut off or changed later. */
export interface HistoryHead {
  /** ISO 8601 in UTC. */
  until: string;
  /** By table how many rows there are, and the SHA-256 of them all, in hexadecimal. */
  tables: Record<string, { rows: number; sha256: string }>;
}

const headSchema = z.strictObject({
  until: z.iso.datetime(),
  tables: z.record(
    z.string(),
    z.strictObject({ rows: z.int().min(0), sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
  ),
});

/**
 * Reads a head that was noted.
 *
 * @throws {Refusal} `request_invalid`
 */
export function readHead(document: unknown): HistoryHead {
  const read = headSchema.safeParse(document);
  if (read.success) return read.data;
  throw new Refusal("request_invalid", "That is no head of a history, as `ledger head` prints it.");
}

type Needs = Pick<Deps, "store" | "clock">;

/**
 * Sums up what was told, decided, booked, ruled and agreed until five minutes ago, on one snapshot. It is
 * counts and hashes: no secret.
 */
export async function sumHead({ store, clock }: Needs): Promise<HistoryHead> {
  const until = instant(clock() - settledAfterMs);
  return store.read(async (tx) => {
    const tables: HistoryHead["tables"] = {};
    for (const one of history) tables[one.table] = await sumTable(tx, one, until);
    return { until: isoTime(until), tables };
  });
}

async function sumTable(
  tx: Tx,
  { columns, at, walk }: (typeof history)[number],
  until: number,
): Promise<{ rows: number; sha256: string }> {
  const hash = createHash("sha256");
  let rows = 0;
  for (let after: AnyRow | undefined; ; ) {
    const page = await walk(tx, { after, since: 0, limit: pageSize });
    for (const row of page) {
      if (Number(row[at]) > until) continue;
      hash.update(`${JSON.stringify(columns.map((name) => row[name] ?? null))}\n`);
      rows += 1;
    }
    if (page.length < pageSize) return { rows, sha256: hash.digest("hex") };
    after = page.at(-1);
  }
}

/** What a comparison with a noted head found. */
export interface HeadReport {
  ok: boolean;
  until: string;
  /** One sentence for each table whose rows until then are not those that were noted. */
  failures: string[];
}

/** Compares history until a noted head's instant with the head. A table that it does not name is not compared. */
export async function compareHead({ store }: Pick<Deps, "store">, noted: HistoryHead): Promise<HeadReport> {
  const until = Date.parse(noted.until);
  const failures = await store.read(async (tx) => {
    const found: string[] = [];
    for (const one of history) {
      const before = noted.tables[one.table];
      if (before === undefined) continue;
      const now = await sumTable(tx, one, until);
      if (now.rows !== before.rows)
        found.push(
          `${one.table} until ${noted.until}: ${before.rows} rows were noted, and ${now.rows} are there`,
        );
      else if (now.sha256 !== before.sha256)
        found.push(`${one.table} until ${noted.until}: they are not what was noted`);
    }
    return found;
  });
  return { ok: failures.length === 0, until: noted.until, failures };
}
