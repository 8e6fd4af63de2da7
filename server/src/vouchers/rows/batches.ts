import { sql } from "kysely";
import { columnsOf, valuesOf } from "../../store/columns.ts";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import { markTokenRevoked } from "../../tokens/rows/tokens.ts";
import type { Instant } from "../../words/clock.ts";
import type { PartnerId, TokenId, VoucherHash } from "../../words/ids.ts";
import type { VoucherBatchRow } from "./schema.ts";

const voucherBatchColumns = columnsOf<VoucherBatchRow>({
  id: true,
  partner_id: true,
  product: true,
  issued: true,
  exchanged: true,
  withdrawn: true,
  issued_at: true,
  expires_at: true,
  revoked_at: true,
});

const insertBatchQuery = query<VoucherBatchRow>()((db, p) =>
  db
    .insertInto("voucher_batches")
    .values(valuesOf(voucherBatchColumns, p))
    .onConflict((conflict) => conflict.column("id").doNothing()),
);

/** Opens a batch; returns false when its name is taken. */
export const insertVoucherBatch = async (tx: Tx, batch: VoucherBatchRow): Promise<boolean> =>
  (await tx.run(insertBatchQuery, batch)) === 1;

/** How many vouchers one statement inserts: on PostgreSQL a statement costs a journey to the server. */
export const vouchersPerStatement = 100;

const countIssuedQuery = query<{ batch: string; more: number }>()((db, p) =>
  db
    .updateTable("voucher_batches")
    .set((row) => ({ issued: sql<number>`${row.ref("issued")} + ${p.more}` }))
    .where("id", "=", p.batch),
);

/** The statements that insert vouchers, by how many they insert. */
const insertVouchersQueries = new Map<number, ReturnType<typeof insertVouchersQuery>>();

const insertVouchersQuery = (count: number) =>
  query<{ batch: string; [value: string]: string | number }>()((db, p) =>
    db.insertInto("vouchers").values(
      Array.from({ length: count }, (_, at) => ({
        code_hash: sql<VoucherHash>`${p[`hash${at}`]}`,
        batch_id: p.batch,
        number: sql<number>`${p[`number${at}`]}`,
      })),
    ),
  );

/** Adds vouchers to a batch, numbered from the one given, and counts them. */
export async function insertVouchers(
  tx: Tx,
  batch: string,
  firstNumber: number,
  codes: readonly VoucherHash[],
): Promise<void> {
  for (let at = 0; at < codes.length; at += vouchersPerStatement) {
    const some = codes.slice(at, at + vouchersPerStatement);
    const values: { batch: string; [value: string]: string | number } = { batch };
    for (const [index, hash] of some.entries()) {
      values[`hash${index}`] = hash;
      values[`number${index}`] = firstNumber + at + index;
    }
    const insert = insertVouchersQueries.get(some.length) ?? insertVouchersQuery(some.length);
    insertVouchersQueries.set(some.length, insert);
    await tx.run(insert, values);
  }
  await tx.run(countIssuedQuery, { batch, more: codes.length });
}

const batchQuery = query<{ id: string }>()((db, p) =>
  db.selectFrom("voucher_batches").selectAll().where("id", "=", p.id),
);

/** A batch by its name. */
export const findVoucherBatch = (tx: Tx, id: string) => tx.one(batchQuery, { id });

const batchesQuery = query<{ after: string; limit: number }>()((db, p) =>
  db.selectFrom("voucher_batches").selectAll().where("id", ">", p.after).orderBy("id").limit(p.limit),
);

const partnerBatchesQuery = query<{ partner: PartnerId; after: string; limit: number }>()((db, p) =>
  db
    .selectFrom("voucher_batches")
    .selectAll()
    .where("partner_id", "=", p.partner)
    .where("id", ">", p.after)
    .orderBy("id")
    .limit(p.limit),
);

/** Batches by name, of one partner or of all, a page at a time. */
export const listVoucherBatchRows = (
  tx: Tx,
  { partner, ...page }: { partner?: PartnerId | undefined; after: string; limit: number },
) => (partner === undefined ? tx.all(batchesQuery, page) : tx.all(partnerBatchesQuery, { partner, ...page }));

const revokeBatchQuery = query<{ id: string; revoked_at: Instant }>()((db, p) =>
  db
    .updateTable("voucher_batches")
    .set({ revoked_at: p.revoked_at })
    .where("id", "=", p.id)
    .where("revoked_at", "is", null),
);

/** Revokes a whole batch; one that is revoked already keeps its first time. */
export const revokeVoucherBatchRow = (tx: Tx, revocation: { id: string; revoked_at: Instant }) =>
  tx.run(revokeBatchQuery, revocation);

/** Some vouchers of a batch, by their numbers. */
interface VoucherSpan {
  batch: string;
  from: number;
  to: number;
}

const revokeTokensQuery = query<VoucherSpan & { revoked_at: Instant }>()((db, p) =>
  db
    .updateTable("tokens")
    .set({ revoked_at: p.revoked_at })
    .where("revoked_at", "is", null)
    .where("jti", "in", (inner) =>
      inner
        .selectFrom("vouchers")
        .select(sql<TokenId>`jti`.as("jti"))
        .where("batch_id", "=", p.batch)
        .where("number", ">=", p.from)
        .where("number", "<=", p.to)
        .where("jti", "is not", null),
    ),
);

/** Revokes the tokens that vouchers of a revoked batch gave out. */
export const revokeVoucherTokens = (tx: Tx, span: VoucherSpan, now: Instant) =>
  tx.run(revokeTokensQuery, { ...span, revoked_at: now });

/** A voucher by its batch and its number in it. */
export interface VoucherNumber {
  batch: string;
  number: number;
}

const revokeVoucherQuery = query<VoucherNumber & { revoked_at: Instant }>()((db, p) =>
  db
    .updateTable("vouchers")
    .set({ revoked_at: p.revoked_at })
    .where("batch_id", "=", p.batch)
    .where("number", "=", p.number)
    .where("revoked_at", "is", null)
    .returning(["exchanged_at", "jti"]),
);

const countWithdrawnQuery = query<{ batch: string }>()((db, p) =>
  db
    .updateTable("voucher_batches")
    .set((row) => ({ withdrawn: sql<number>`${row.ref("withdrawn")} + 1` }))
    .where("id", "=", p.batch),
);

const numberedVoucherQuery = query<VoucherNumber>()((db, p) =>
  db
    .selectFrom("vouchers")
    .select(["batch_id", "number", "revoked_at", "exchanged_at"])
    .where("batch_id", "=", p.batch)
    .where("number", "=", p.number),
);

/** Revokes one voucher with the token it gave out, and counts it as withdrawn unless it was exchanged; returns how it now stands. */
export async function revokeVoucherRow(tx: Tx, voucher: VoucherNumber, now: Instant) {
  const revoked = await tx.one(revokeVoucherQuery, { ...voucher, revoked_at: now });
  if (revoked?.exchanged_at === null) await tx.run(countWithdrawnQuery, { batch: voucher.batch });
  if (revoked?.jti != null) await markTokenRevoked(tx, { jti: revoked.jti, revoked_at: now });
  return tx.one(numberedVoucherQuery, voucher);
}
