import { type Instant, isoTime } from "../words/clock.ts";
import type { PartnerId, ProductId } from "../words/ids.ts";
import type { VoucherBatchRow } from "./rows/schema.ts";

/** A batch of vouchers as the API and the command line show it. Times in ISO 8601, UTC. */
export interface VoucherBatch {
  batch: string;
  partner: PartnerId;
  product: ProductId;
  issued: number;
  exchanged: number;
  /** Not exchanged, and revoked: one by one, or with the whole batch. */
  revoked: number;
  /** Not exchanged before the last day was over. */
  expired: number;
  /** Can still be exchanged. */
  left: number;
  issuedAt: string;
  expiresAt: string | null;
  revokedAt: string | null;
}

/** A batch as it stands at a time. Each of its vouchers is counted once: exchanged, revoked, expired or left. */
export function batchOf(row: VoucherBatchRow, now: Instant): VoucherBatch {
  const unused = row.issued - row.exchanged - row.withdrawn;
  const isOver = row.expires_at !== null && now > row.expires_at;
  const isRevoked = row.revoked_at !== null;
  return {
    batch: row.id,
    partner: row.partner_id,
    product: row.product,
    issued: row.issued,
    exchanged: row.exchanged,
    revoked: isRevoked ? unused + row.withdrawn : row.withdrawn,
    expired: isOver && !isRevoked ? unused : 0,
    left: isOver || isRevoked ? 0 : unused,
    issuedAt: isoTime(row.issued_at),
    expiresAt: row.expires_at === null ? null : isoTime(row.expires_at),
    revokedAt: row.revoked_at === null ? null : isoTime(row.revoked_at),
  };
}

/** What a person calls a voucher by, as its code is not kept: `spring-27/17`, also printed on its card. */
export const voucherId = (batch: string, number: number): string => `${batch}/${number}`;
