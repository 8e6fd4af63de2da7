import type { Instant } from "../../words/clock.ts";
import type { LicenceHash, PartnerId, ProductId, SerialHash, TokenId, VoucherHash } from "../../words/ids.ts";

/** Vouchers that were issued together, with how many of them are left to whom. */
export interface VoucherBatchRow {
  id: string;
  partner_id: PartnerId;
  product: ProductId;
  issued: number;
  exchanged: number;
  /** Revoked one by one before they were exchanged. */
  withdrawn: number;
  issued_at: Instant;
  expires_at: Instant | null;
  revoked_at: Instant | null;
}

/** One voucher. Exchanged once: then it knows the serial it gave out, by its hashes. */
export interface VoucherRow {
  code_hash: VoucherHash;
  batch_id: string;
  /** From 1, in its batch: what a person calls it by, as the code is not kept. */
  number: number;
  revoked_at: Instant | null;
  exchanged_at: Instant | null;
  serial_hash: SerialHash | null;
  /** The serial hashed as a licence, for shops that name the serial itself as the licence of an order. */
  licence_hash: LicenceHash | null;
  /** The token that was given out with it, when an SDK asked. */
  jti: TokenId | null;
  /** The answer, for the one who holds code and idempotency key; nobody else can open it. */
  sealed_answer: string | null;
  /** The keyed hash of an exchange, which the store puts in. */
  seal: string | null;
}

declare module "../../store/schema.ts" {
  interface Schema {
    voucher_batches: VoucherBatchRow;
    vouchers: VoucherRow;
  }
}
