import type { PartnerId, TokenId } from "../../ids.ts";
import { query } from "../query.ts";
import type { SerialTokenRow } from "../schema-serials.ts";
import type { Tx } from "../store.ts";

const tokenQuery = query<{ batch_no: number; partner_id: PartnerId }>()((db, p) =>
  db
    .selectFrom("serial_tokens")
    .innerJoin("tokens", "tokens.jti", "serial_tokens.jti")
    .select(["tokens.jti", "tokens.kid", "tokens.issued_at", "tokens.revoked_at"])
    .where("serial_tokens.batch_no", "=", p.batch_no)
    .where("serial_tokens.partner_id", "=", p.partner_id),
);

/** The token that a partner's copies of a batch have. */
export const findBatchToken = (tx: Tx, { batch_no, partner }: { batch_no: number; partner: PartnerId }) =>
  tx.one(tokenQuery, { batch_no, partner_id: partner });

const insertQuery = query<SerialTokenRow>()((db, p) =>
  db
    .insertInto("serial_tokens")
    .values({ batch_no: p.batch_no, partner_id: p.partner_id, jti: p.jti })
    .onConflict((conflict) => conflict.doNothing()),
);

/** Keeps the first token of a partner's copies of a batch; answers false when they have one. */
export const insertBatchToken = async (tx: Tx, row: SerialTokenRow): Promise<boolean> =>
  (await tx.run(insertQuery, row)) === 1;

const replaceQuery = query<SerialTokenRow & { former: TokenId }>()((db, p) =>
  db
    .updateTable("serial_tokens")
    .set({ jti: p.jti })
    .where("batch_no", "=", p.batch_no)
    .where("partner_id", "=", p.partner_id)
    .where("jti", "=", p.former),
);

/** Puts another token in a former one's place; answers false when somebody else has done so. */
export const replaceBatchToken = async (tx: Tx, row: SerialTokenRow, former: TokenId): Promise<boolean> =>
  (await tx.run(replaceQuery, { ...row, former })) === 1;
