import { partnerStandingColumns } from "../../channel/rows/partners.ts";
import { columnsOf, valuesOf } from "../../store/columns.ts";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import { revocationColumns } from "../../tokens/rows/tokens.ts";
import type { Reference } from "../../words/ids.ts";
import type { ClickRow } from "./schema.ts";

const clickColumns = columnsOf<ClickRow>({
  reference: true,
  product: true,
  partner_id: true,
  jti: true,
  token_issued_at: true,
  licence_hash: true,
  clicked_at: true,
  seal: true,
});

const insertClickQuery = query<ClickRow>()(
  (db, p) => db.insertInto("clicks").values(valuesOf(clickColumns, p)),
  { does: "insert", table: "clicks" },
);

/** Records a verified click. */
export const insertClick = (tx: Tx, click: Omit<ClickRow, "seal">) =>
  tx.run(insertClickQuery, { ...click, seal: null });

const clickEvidenceQuery = query<{ reference: string }>()((db, p) =>
  db
    .selectFrom("clicks")
    .innerJoin("partners", "partners.id", "clicks.partner_id")
    .leftJoin("tokens", "tokens.jti", "clicks.jti")
    .leftJoin("signing_keys", "signing_keys.kid", "tokens.kid")
    .select([
      "clicks.product",
      "clicks.partner_id",
      "clicks.jti",
      "clicks.token_issued_at",
      "clicks.licence_hash",
      "clicks.clicked_at",
      ...revocationColumns,
      ...partnerStandingColumns,
    ])
    .where("clicks.reference", "=", p.reference as never),
);

/** A click as evidence: with the standing of its token and its partner. */
export type FoundClick = NonNullable<Awaited<ReturnType<typeof findClick>>>;

/** The click behind a reference, with the standing of its token and its partner. */
export const findClick = (tx: Tx, reference: string) =>
  tx.one(clickEvidenceQuery, { reference: reference as Reference });
