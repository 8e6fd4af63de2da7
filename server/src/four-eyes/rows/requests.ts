import { columnsOf, valuesOf } from "../../store/columns.ts";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import type { MoneyRequestRow } from "./schema.ts";

/** A request before the database has numbered it. */
export type NewMoneyRequest = Omit<MoneyRequestRow, "request_no">;

const columns = columnsOf<NewMoneyRequest>({
  request_id: true,
  kind: true,
  subject: true,
  document: true,
  moves: true,
  status: true,
  entered_by: true,
  entered_at: true,
  decided_by: true,
  decided_at: true,
});

const insertQuery = query<NewMoneyRequest>()((db, p) =>
  db.insertInto("money_requests").values(valuesOf(columns, p)),
);

/** Adds a request. */
export const insertRequest = (tx: Tx, row: NewMoneyRequest) => tx.run(insertQuery, row);

const byIdQuery = query<{ request_id: string }>()((db, p) =>
  db.selectFrom("money_requests").selectAll().where("request_id", "=", p.request_id),
);

/** The request of that id. */
export const findRequest = (tx: Tx, id: string) => tx.one(byIdQuery, { request_id: id });

const completeQuery = query<{ request_id: string; moves: string }>()((db, p) =>
  db
    .updateTable("money_requests")
    .set({ status: "pending", moves: p.moves })
    .where("request_id", "=", p.request_id)
    .where("status", "=", "gathering"),
);

/** Says what a request moves in all: from now on it may be decided, and nothing is added. */
export const completeRequest = (tx: Tx, id: string, moves: string) =>
  tx.run(completeQuery, { request_id: id, moves });

/** What becomes of a pending request, and by whom. */
export interface RequestVerdict {
  request_id: string;
  status: "booked" | "refused";
  decided_by: string;
  decided_at: Instant;
}

const settleQuery = query<RequestVerdict>()((db, p) =>
  db
    .updateTable("money_requests")
    .set({ status: p.status, decided_by: p.decided_by, decided_at: p.decided_at })
    .where("request_id", "=", p.request_id)
    .where("status", "=", "pending"),
);

/** Settles a pending request; false when it was settled before. */
export const settleRequest = async (tx: Tx, verdict: RequestVerdict): Promise<boolean> =>
  (await tx.run(settleQuery, verdict)) === 1;

const inStatusQuery = query<{ before: number; limit: number; status: MoneyRequestRow["status"] }>()((db, p) =>
  db
    .selectFrom("money_requests")
    .selectAll()
    .where("status", "=", p.status)
    .where("request_no", "<", p.before)
    .orderBy("request_no", "desc")
    .limit(p.limit as never),
);

const listQuery = query<{ before: number; limit: number }>()((db, p) =>
  db
    .selectFrom("money_requests")
    .selectAll()
    .where("request_no", "<", p.before)
    .orderBy("request_no", "desc")
    .limit(p.limit as never),
);

/** Requests, the newest first, numbered below `before`. */
export const listRequestRows = (
  tx: Tx,
  { status, ...page }: { before: number; limit: number; status?: MoneyRequestRow["status"] | undefined },
) => (status === undefined ? tx.all(listQuery, page) : tx.all(inStatusQuery, { ...page, status }));
