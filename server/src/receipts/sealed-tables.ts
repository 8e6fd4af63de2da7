import { hmacSha256 } from "../secrets/keyed-hash.ts";
import type { ReceiptKey } from "./receipted-tables.ts";
import { type AnyRow, type RowWalk, rowWalkOf } from "./rows/receipts.ts";
import { youngestReader } from "./rows/seal-adoption.ts";

/**
 * A table that every purchase writes to. A receipt of each row would cost a purchase pages of its own, so the row carries
 * its keyed hash itself. Its rows never change.
 */
export interface SealedTable extends RowWalk {
  /** What a person calls a row. */
  noun: string;
  /** The columns by which a sentence names a row. */
  named: readonly string[];
  /** Reads its rows with their seals. */
  walk: ReturnType<typeof rowWalkOf>;
  /** Reads when the youngest was written. */
  youngest: ReturnType<typeof youngestReader>;
}

const table = (
  name: string,
  columns: string,
  more: Pick<SealedTable, "noun" | "named" | "key" | "at"> & Partial<Pick<SealedTable, "which">>,
) => {
  const own = { table: name, columns: columns.split(" "), which: "1 = 1", ...more };
  return {
    ...own,
    walk: rowWalkOf({ ...own, columns: [...own.columns, "seal"] }),
    youngest: youngestReader(name, more.at),
  };
};

/** What shops told, and what was decided on it. */
export const sealedTables: readonly SealedTable[] = [
  table(
    "events",
    "shop event_id object_id effect link_id movement_id status amount_minor net_minor cumulative currency lines amounts_rank told note occurred_at created_at received_at",
    { noun: "event", named: ["shop", "event_id"], key: ["event_id", "shop"], at: "received_at" },
  ),
  table(
    "decisions",
    "order_key seq outcome partner_id reason evidence_kind evidence_route evidence credits plan policy suspicions cause decided_at",
    { noun: "decision", named: ["order_key", "seq"], key: ["order_key", "seq"], at: "decided_at" },
  ),
];

/**
 * A table whose rows carry their seals, of which some go, or get another hash of the same text. Older ones cannot be summed
 * up: the first start gives each its seal.
 */
export interface ChangingTable extends SealedTable {
  /** Keyed hashes that others of the same text may take the place of: a row that had its seal then gets another. */
  movedBy: readonly string[];
  /** Walks through the rows that decide something, as the check of the ledger does. */
  walkCounting: SealedTable["walk"];
}

const changing = (
  one: SealedTable,
  { movedBy = [], counting }: { movedBy?: readonly string[]; counting?: string },
): ChangingTable => ({
  ...one,
  movedBy,
  walkCounting:
    counting === undefined
      ? one.walk
      : rowWalkOf({ ...one, columns: [...one.columns, "seal"], which: counting }),
});

/**
 * Clicks, of which a public door writes thousands a second, and one of which decides who earned an order that names it; those
 * that none names decide nothing. No seal is over a click's licence, which may get another hash. What a licence was activated
 * with, which a purchase writes too. And what vouchers were exchanged for.
 */
export const changingTables: readonly ChangingTable[] = [
  changing(
    table("clicks", "reference product partner_id jti token_issued_at clicked_at", {
      noun: "click",
      named: ["reference"],
      key: ["reference"],
      at: "clicked_at",
    }),
    { counting: "exists (select 1 from orders where orders.reference = clicks.reference)" },
  ),
  changing(
    table("serial_activations", "licence_hash product via serial_hash batch_no open_number activated_at", {
      noun: "activation of a serial of batch",
      named: ["batch_no"],
      key: ["licence_hash", "product", "via"],
      at: "activated_at",
    }),
    { movedBy: ["licence_hash", "serial_hash"] },
  ),
  changing(
    table("vouchers", "code_hash batch_id number exchanged_at serial_hash licence_hash", {
      noun: "exchange of voucher",
      named: ["batch_id", "number"],
      key: ["code_hash"],
      at: "exchanged_at",
      which: "exchanged_at is not null",
    }),
    { movedBy: ["code_hash", "serial_hash", "licence_hash"] },
  ),
];

/**
 * The seal of a row, 132 bits of HMAC-SHA-256. Each value goes in with its column and its length, so that no two rows say
 * the same: that is half of what JSON would cost, and a purchase makes two. What is null is left out, so that a column which
 * is added later leaves older seals as they are.
 */
export function sealOf({ receiptKey }: ReceiptKey, { table, columns }: RowWalk, row: AnyRow): string {
  let said = table;
  for (const name of columns) {
    const value = row[name];
    if (value === null || value === undefined) continue;
    const text = String(value);
    said += `\n${name} ${text.length} ${text}`;
  }
  return hmacSha256(receiptKey, [said], "base64url").slice(0, 22);
}
