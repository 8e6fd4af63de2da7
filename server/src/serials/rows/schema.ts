import type { Generated } from "kysely";
import type { Instant } from "../../words/clock.ts";
import type { LicenceHash, PartnerId, ProductId, SerialHash } from "../../words/ids.ts";

/** `secret`: hashed serials; `open`: ranges of consecutive numbers; `pool`: hashed, and sealed until given out. */
export type SerialKind = "secret" | "open" | "pool";

/** A batch of serials of one product. Only `revoked_at` ever changes, once. */
export interface SerialBatchRow {
  batch_no: Generated<number>;
  /** The name the vendor gave it, unique among all products. */
  batch: string;
  product: ProductId;
  kind: SerialKind;
  created_at: Instant;
  revoked_at: Instant | null;
}

/** One import into a batch. */
export interface SerialImportRow {
  import_no: Generated<number>;
  batch_no: number;
  imported_at: Instant;
  /** How many serials it added. */
  serials: number;
}

/** One serial, by the first 128 bits of its keyed hash. */
export interface SerialRow {
  hash: Uint8Array;
  batch_no: number;
  /** The number printed on the outside of the box. */
  open_number: number | null;
}

/** Consecutive open numbers: serials themselves in an open batch, printed on boxes in the others. */
export interface SerialRangeRow {
  product: ProductId;
  first_open: number;
  last_open: number;
  batch_no: number;
  /** 0 for one from before this was kept. */
  added_at: Instant;
}

/** Whom a batch, or a range of open numbers in it, was given to, from when on. Append-only. */
export interface SerialAssignmentRow {
  assignment_no: Generated<number>;
  batch_no: number;
  first_open: number | null;
  last_open: number | null;
  partner_id: PartnerId;
  effective_from: Instant;
  note: string | null;
  /** When the receiver was told. */
  recorded_at: Instant;
}

/** A licence that was seen with a serial: activated with it, or named by an order that has the serial for a licence. */
export interface SerialActivationRow {
  licence_hash: LicenceHash;
  product: ProductId;
  via: "registration" | "order";
  serial_hash: SerialHash;
  batch_no: number;
  open_number: number | null;
  activated_at: Instant;
  /** Its keyed hash, which the store puts in. */
  seal: string | null;
}

/** Another licence that was to be activated with a serial that one had already, or a second serial of one. */
export interface SerialConflictRow {
  serial_hash: SerialHash;
  licence_hash: LicenceHash;
  product: ProductId;
  seen_at: Instant;
}

/** A serial that a pool can still give out. */
export interface PooledSerialRow {
  batch_no: number;
  hash: Uint8Array;
  /** AES-256-GCM: nonce, ciphertext, tag. */
  sealed: Uint8Array;
}

declare module "../../store/schema.ts" {
  interface Schema {
    serial_batches: SerialBatchRow;
    serial_imports: SerialImportRow;
    serials: SerialRow;
    serial_ranges: SerialRangeRow;
    serial_assignments: SerialAssignmentRow;
    serial_activations: SerialActivationRow;
    serial_conflicts: SerialConflictRow;
    pooled_serials: PooledSerialRow;
  }
}
