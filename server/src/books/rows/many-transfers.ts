import { sql } from "kysely";
import { insertList } from "../../store/insert-list.ts";
import type { BalanceRow } from "./schema.ts";
import { balanceColumns, type NewPartnerTransferRow, newPartnerTransferColumns } from "./transfers.ts";

/** Appends many transfers that are no orders' to the journal, in one statement and in this order. */
export const insertPartnerTransfers = insertList<NewPartnerTransferRow>({
  table: "transfers",
  columns: newPartnerTransferColumns,
  numbers: ["amount_minor", "booked_at"],
});

/** Adds to many partners' sums in one statement: one row for each sum, in the order in which they are locked. */
export const addToBalances = insertList<BalanceRow>({
  table: "balances",
  columns: balanceColumns,
  numbers: ["shard", "held_minor", "payable_minor", "paid_minor"],
  onConflict: sql`(partner_id, currency, shard) do update set
    held_minor = balances.held_minor + excluded.held_minor,
    payable_minor = balances.payable_minor + excluded.payable_minor,
    paid_minor = balances.paid_minor + excluded.paid_minor`,
});
