import { sql } from "kysely";
import { partnerStandingColumns } from "../../channel/rows/partners.ts";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import type { LicenceHash, PartnerId, SerialHash, TokenId, VoucherHash } from "../../words/ids.ts";

const voucherQuery = query<{ code_hash: VoucherHash }>()((db, p) =>
  db
    .selectFrom("vouchers")
    .innerJoin("voucher_batches", "voucher_batches.id", "vouchers.batch_id")
    .innerJoin("partners", "partners.id", "voucher_batches.partner_id")
    .select([
      "vouchers.batch_id",
      "vouchers.number",
      "vouchers.revoked_at",
      "vouchers.exchanged_at",
      "vouchers.sealed_answer",
      "voucher_batches.partner_id",
      "voucher_batches.product",
      "voucher_batches.expires_at",
      "voucher_batches.revoked_at as batch_revoked_at",
      "partners.status as partner_status",
    ])
    .where("vouchers.code_hash", "=", p.code_hash),
);

/** A voucher with what its batch and its partner say of it. */
export type FoundVoucher = NonNullable<Awaited<ReturnType<typeof findVoucher>>>;

/** The voucher of a code, used or not. */
export const findVoucher = (tx: Tx, code: VoucherHash) => tx.one(voucherQuery, { code_hash: code });

const lockVoucherQuery = query<{ code_hash: VoucherHash }>()((db, p) =>
  db
    .updateTable("vouchers")
    .set((row) => ({ number: row.ref("number") }))
    .where("code_hash", "=", p.code_hash),
);

/** The voucher of a code, locked until the transaction ends, so that of several exchanges at once one wins. */
export async function findVoucherToChange(tx: Tx, code: VoucherHash): Promise<FoundVoucher | undefined> {
  // SQLite has one writer at a time; elsewhere an update that changes nothing locks.
  if (tx.engine !== "sqlite") await tx.run(lockVoucherQuery, { code_hash: code });
  return findVoucher(tx, code);
}

/** What an exchange writes. */
export interface VoucherExchange {
  code_hash: VoucherHash;
  /** Where the voucher stands: its seal is over that too. */
  batch_id: string;
  number: number;
  exchanged_at: Instant;
  serial_hash: SerialHash;
  licence_hash: LicenceHash;
  jti: TokenId | null;
  sealed_answer: string | null;
}

const exchangeQuery = query<VoucherExchange & { seal: null }>()((db, p) =>
  db
    .updateTable("vouchers")
    .set({
      exchanged_at: p.exchanged_at,
      serial_hash: p.serial_hash,
      licence_hash: p.licence_hash,
      jti: p.jti,
      sealed_answer: p.sealed_answer,
      seal: p.seal,
    })
    .where("code_hash", "=", p.code_hash)
    .where("exchanged_at", "is", null),
);

const countExchangeQuery = query<{ batch: string }>()((db, p) =>
  db
    .updateTable("voucher_batches")
    .set((row) => ({ exchanged: sql<number>`${row.ref("exchanged")} + 1` }))
    .where("id", "=", p.batch),
);

/**
 * Marks a voucher as exchanged and counts it; returns false when it was before. The batch's row is written last, as all
 * exchanges of a batch wait for it.
 */
export async function exchangeVoucher(tx: Tx, exchange: VoucherExchange): Promise<boolean> {
  if ((await tx.run(exchangeQuery, { ...exchange, seal: null })) !== 1) return false;
  await tx.run(countExchangeQuery, { batch: exchange.batch_id });
  return true;
}

const voucherEvidenceColumns = [
  "vouchers.code_hash",
  "vouchers.exchanged_at",
  "vouchers.revoked_at",
  "voucher_batches.revoked_at as batch_revoked_at",
  "voucher_batches.partner_id",
  "voucher_batches.product",
  ...partnerStandingColumns,
] as const;

/** When the product said that a licence was activated with a serial; an order that names the serial itself says it at once. */
const activatedAt = sql<Instant | null>`case serial_activations.via
  when 'registration' then serial_activations.activated_at end`;

// Two look-ups by index rather than an `or`, which PostgreSQL would answer by walking through all vouchers.
const voucherEvidenceQuery = query<{ licence_hash: LicenceHash }>()((db, p) =>
  db
    .selectFrom("vouchers")
    .innerJoin("voucher_batches", "voucher_batches.id", "vouchers.batch_id")
    .innerJoin("partners", "partners.id", "voucher_batches.partner_id")
    .select([...voucherEvidenceColumns, sql<Instant | null>`null`.as("activated_at")])
    .where("vouchers.licence_hash", "=", p.licence_hash)
    .unionAll(
      db
        .selectFrom("serial_activations")
        .innerJoin("vouchers", "vouchers.serial_hash", "serial_activations.serial_hash")
        .innerJoin("voucher_batches", "voucher_batches.id", "vouchers.batch_id")
        .innerJoin("partners", "partners.id", "voucher_batches.partner_id")
        .select([...voucherEvidenceColumns, activatedAt.as("activated_at")])
        .where("serial_activations.licence_hash", "=", p.licence_hash),
    ),
);

/**
 * The exchanged vouchers behind a licence: it is the serial that one gave out, or was activated with it, or both: then a
 * voucher comes twice.
 */
export const findVouchersOfLicence = (tx: Tx, licence: LicenceHash) =>
  tx.all(voucherEvidenceQuery, { licence_hash: licence });

const soldSerialQuery = query<{ serial_hash: SerialHash }>()((db, p) =>
  db
    .selectFrom("vouchers")
    .innerJoin("voucher_batches", "voucher_batches.id", "vouchers.batch_id")
    .innerJoin("partners", "partners.id", "voucher_batches.partner_id")
    .leftJoin("tokens", "tokens.jti", "vouchers.jti")
    .select([
      "vouchers.code_hash",
      "vouchers.batch_id",
      "vouchers.revoked_at",
      "vouchers.jti",
      "voucher_batches.partner_id",
      "voucher_batches.product",
      "voucher_batches.revoked_at as batch_revoked_at",
      "partners.status as partner_status",
      "tokens.issued_at",
      "tokens.revoked_at as token_revoked_at",
    ])
    .where("vouchers.serial_hash", "=", p.serial_hash),
);

/** A serial that a voucher was exchanged for, with who sold it and the token it came with. */
export type SoldSerial = NonNullable<Awaited<ReturnType<typeof findVoucherOfSerial>>>;

/** The voucher that was exchanged for a serial. */
export const findVoucherOfSerial = (tx: Tx, serial: SerialHash) =>
  tx.one(soldSerialQuery, { serial_hash: serial });

const giveTokenQuery = query<{ code_hash: VoucherHash; jti: TokenId }>()((db, p) =>
  db
    .updateTable("vouchers")
    .set({ jti: p.jti })
    .where("code_hash", "=", p.code_hash)
    .where("jti", "is", null),
);

/** Notes the token of an exchanged voucher; returns false when it has one already. */
export const giveVoucherToken = async (
  tx: Tx,
  token: { code_hash: VoucherHash; jti: TokenId },
): Promise<boolean> => (await tx.run(giveTokenQuery, token)) === 1;

const sellerQuery = query<{ partner: PartnerId }>()((db, p) =>
  db
    .selectFrom("partners")
    .select(["id", "name"])
    .where("id", "=", p.partner)
    .where(({ exists, selectFrom }) =>
      exists(selectFrom("voucher_batches").select("id").where("partner_id", "=", p.partner)),
    ),
);

/** A partner who has vouchers, as customers see him; nothing for one who has none. */
export const findVoucherSeller = (tx: Tx, partner: PartnerId) => tx.one(sellerQuery, { partner });
