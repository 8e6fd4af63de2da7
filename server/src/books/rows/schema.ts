import type { Generated } from "kysely";
import type { TransferAccount, TransferKind } from "../../ledger/transfer.ts";
import type { Instant } from "../../words/clock.ts";
import type { Currency, OrderKey, PartnerId, ShopName } from "../../words/ids.ts";

/** One movement between two accounts of one partner, append-only. Balanced by its form: it debits what it credits. */
export interface TransferRow {
  id: Generated<number>;
  order_key: OrderKey | null;
  decision_seq: number | null;
  partner_id: PartnerId;
  kind: TransferKind;
  debit: TransferAccount;
  credit: TransferAccount;
  /** More than zero. */
  amount_minor: number;
  currency: Currency;
  /** What led to it: `sale`, `refund`, `dispute_opened`, `late_evidence`, `hold_ended`, …. */
  cause: string;
  booked_at: Instant;
  /** What made a movement that is no order's: `payout`, `adjustment`, …; null of an order's. */
  source: string | null;
  source_id: string | null;
}

/** Sums of the transfers, kept with them so that a balance never costs a walk through history. */
export interface BalanceRow {
  partner_id: PartnerId;
  currency: Currency;
  /** 0 to 15 by the order's key: spreads a busy partner over several rows, so that sales do not queue for one lock. */
  shard: number;
  held_minor: number;
  payable_minor: number;
  paid_minor: number;
}

/** SQLite: a partner's movements in the order of booking, of those that are sorted. */
export interface PartnerMovementRow {
  partner_id: PartnerId;
  currency: Currency;
  /** The transfer's. */
  id: number;
}

/** SQLite: an order of which a partner has or had a share, of those whose movements are sorted. */
export interface PartnerShareRow {
  partner_id: PartnerId;
  order_key: OrderKey;
}

/** SQLite: up to which transfer both have all. */
export interface SortedMovementsRow {
  slot: "all";
  until: number;
}

/** What is kept of a correction beside its event, append-only. None of one from before it was kept. */
export interface CorrectionRow {
  correction_no: Generated<number>;
  shop: ShopName;
  /** `correction-…`, the id of its event. */
  correction_id: string;
  /** The paper behind it: a ticket, a bank transfer. */
  reference: string | null;
  /** The correction that it takes back. */
  reverses: string | null;
  /** JSON: the numbers of the movements that it booked. */
  movements: string;
  entered_by: string;
  /** The second person, where one was needed. */
  approved_by: string | null;
  booked_at: Instant;
}

declare module "../../store/schema.ts" {
  interface Schema {
    corrections: CorrectionRow;
    transfers: TransferRow;
    balances: BalanceRow;
    partner_movements: PartnerMovementRow;
    partner_shares: PartnerShareRow;
    sorted_movements: SortedMovementsRow;
  }
}
