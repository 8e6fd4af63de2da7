import { sql } from "kysely";
import { columnsOf, valuesOf } from "../../store/columns.ts";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import type { Currency, PartnerId } from "../../words/ids.ts";
import type { AdjustmentRow } from "./schema.ts";

/** An adjustment before the database has numbered it. */
export type NewAdjustmentRow = Omit<AdjustmentRow, "adjustment_no">;

const columns = columnsOf<NewAdjustmentRow>({
  adjustment_id: true,
  partner_id: true,
  kind: true,
  amount_minor: true,
  currency: true,
  reference: true,
  note: true,
  allowance: true,
  budget: true,
  claim: true,
  reverses: true,
  status: true,
  entered_by: true,
  entered_at: true,
  decided_by: true,
  decided_at: true,
});

const insertQuery = query<NewAdjustmentRow>()((db, p) =>
  db.insertInto("adjustments").values(valuesOf(columns, p)),
);

/** Adds an adjustment. */
export const insertAdjustment = (tx: Tx, row: NewAdjustmentRow) => tx.run(insertQuery, row);

const byIdQuery = query<{ adjustment_id: string }>()((db, p) =>
  db.selectFrom("adjustments").selectAll().where("adjustment_id", "=", p.adjustment_id),
);

/** The adjustment of that id. */
export const findAdjustment = (tx: Tx, id: string) => tx.one(byIdQuery, { adjustment_id: id });

const reversalQuery = query<{ reverses: string }>()((db, p) =>
  db
    .selectFrom("adjustments")
    .select("adjustment_id")
    .where("reverses", "=", p.reverses)
    .where("status", "<>", "refused"),
);

/** What takes an adjustment back, booked or pending. */
export const findReversal = (tx: Tx, id: string) => tx.one(reversalQuery, { reverses: id });

const claimQuery = query<{ partner_id: PartnerId; claim: string }>()((db, p) =>
  db
    .selectFrom("adjustments")
    .select("adjustment_id")
    .where("partner_id", "=", p.partner_id)
    .where("claim", "=", p.claim)
    .where("claim", "is not", null)
    .where("status", "<>", "refused")
    .where("reverses", "is", null)
    .where(
      sql<boolean>`not exists (select 1 from adjustments as later
        where later.reverses = adjustments.adjustment_id and later.status = 'booked')`,
    )
    .limit(1),
);

/** An allowance that stands for a partner's claim, booked or pending; one that waits to be taken back stands. */
export const findClaim = (tx: Tx, about: { partner_id: PartnerId; claim: string }) =>
  tx.one(claimQuery, about);

const spentQuery = query<{ budget: string; currency: Currency }>()((db, p) =>
  db
    .selectFrom("adjustments")
    .select((row) => row.fn.sum<number | string>("amount_minor").as("spent_minor"))
    .where("budget", "=", p.budget)
    .where("currency", "=", p.currency)
    .where((row) =>
      row.or([
        row("status", "=", "booked"),
        row.and([row("status", "=", "pending"), row("amount_minor", ">", 0)]),
      ]),
    ),
);

/** What is spent of a budget, in minor units: what waits for approval is, what waits to be taken back is not free yet. */
export const sumBudget = async (tx: Tx, about: { budget: string; currency: Currency }): Promise<number> =>
  Number((await tx.one(spentQuery, about))?.spent_minor ?? 0);

/** Whose amounts are added up: with the sign of `amount_minor`, since an instant. */
export interface AloneBooked {
  partner_id: PartnerId;
  currency: Currency;
  entered_by: string;
  since: Instant;
  amount_minor: number;
  /** 1 where allowances count too. */
  allowances: 0 | 1;
}

const aloneQuery = query<AloneBooked>()((db, p) => ({
  compile: () =>
    sql<{ alone_minor: number | string | null }>`select sum(amount_minor) as alone_minor from adjustments
      where partner_id = ${p.partner_id} and currency = ${p.currency} and entered_by = ${p.entered_by}
        and entered_at >= ${p.since} and status = 'booked' and decided_by is null and reverses is null
        and (amount_minor > 0) = (${p.amount_minor} > 0) and (${p.allowances} = 1 or kind <> 'allowance')
        and not exists (select 1 from adjustments as later
          where later.reverses = adjustments.adjustment_id and later.status = 'booked')`.compile(db),
}));

/** What somebody booked for a partner in one direction without a second person, and what stands of it. */
export const sumBookedAlone = async (tx: Tx, about: AloneBooked): Promise<number> =>
  Number((await tx.one(aloneQuery, about))?.alone_minor ?? 0);

/** What becomes of a pending adjustment, and by whom. */
export interface Verdict {
  adjustment_id: string;
  status: "booked" | "refused";
  decided_by: string;
  decided_at: Instant;
}

const settleQuery = query<Verdict>()((db, p) =>
  db
    .updateTable("adjustments")
    .set({ status: p.status, decided_by: p.decided_by, decided_at: p.decided_at })
    .where("adjustment_id", "=", p.adjustment_id)
    .where("status", "=", "pending"),
);

/** Settles a pending adjustment; false when it was settled before. */
export const settleAdjustment = async (tx: Tx, verdict: Verdict): Promise<boolean> =>
  (await tx.run(settleQuery, verdict)) === 1;

const listed = query<{ before: number; limit: number }>()((db, p) =>
  db
    .selectFrom("adjustments")
    .selectAll()
    .where("adjustment_no", "<", p.before)
    .orderBy("adjustment_no", "desc")
    .limit(p.limit as never),
);

const listedOfPartner = query<{ before: number; limit: number; partner_id: PartnerId; status: string }>()(
  (db, p) =>
    db
      .selectFrom("adjustments")
      .selectAll()
      .where("partner_id", "=", p.partner_id)
      .where("adjustment_no", "<", p.before)
      .where(sql<boolean>`(${p.status} = '' or status = ${p.status})`)
      .orderBy("adjustment_no", "desc")
      .limit(p.limit as never),
);

const listedInStatus = query<{ before: number; limit: number; status: AdjustmentRow["status"] }>()((db, p) =>
  db
    .selectFrom("adjustments")
    .selectAll()
    .where("status", "=", p.status)
    .where("adjustment_no", "<", p.before)
    .orderBy("adjustment_no", "desc")
    .limit(p.limit as never),
);

/** Which adjustments to list: numbered below `before`, the newest first. */
export interface AdjustmentPage {
  before: number;
  limit: number;
  partner?: PartnerId | undefined;
  status?: AdjustmentRow["status"] | undefined;
}

/** A page of adjustments, the newest first. */
export function listAdjustmentRows(tx: Tx, { partner, status, ...page }: AdjustmentPage) {
  if (partner !== undefined)
    return tx.all(listedOfPartner, { ...page, partner_id: partner, status: status ?? "" });
  return status === undefined ? tx.all(listed, page) : tx.all(listedInStatus, { ...page, status });
}
