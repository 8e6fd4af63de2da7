import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import type { Reference } from "../../words/ids.ts";

/** Old clicks behind a reference. */
interface OldClicks {
  after: Reference;
  before: Instant;
}

const pageQuery = query<OldClicks & { limit: number }>()((db, p) =>
  db
    .selectFrom("clicks")
    .select(["reference", "clicked_at"])
    .where("reference", ">", p.after)
    .orderBy("reference")
    .limit(p.limit as never),
);

/** The last of a page of old clicks; nothing when the next one is not old yet. */
export async function findLastClick(
  tx: Tx,
  page: OldClicks & { limit: number },
): Promise<Reference | undefined> {
  const rows = await tx.all(pageQuery, page);
  const firstYoung = rows.findIndex((row) => row.clicked_at >= page.before);
  return (firstYoung === -1 ? rows.at(-1) : rows[firstYoung - 1])?.reference;
}

const deleteQuery = query<OldClicks & { upTo: Reference }>()((db, p) =>
  db
    .deleteFrom("clicks")
    .where("reference", ">", p.after)
    .where("reference", "<=", p.upTo)
    .where("clicked_at", "<", p.before)
    .where((where) =>
      where.not(
        where.exists(
          where
            .selectFrom("orders")
            .select("order_key")
            .whereRef("orders.reference", "=", "clicks.reference"),
        ),
      ),
    ),
);

/** Deletes those of a page that no order named. */
export const deleteUnusedClicks = (tx: Tx, page: OldClicks & { upTo: Reference }) =>
  tx.run(deleteQuery, page);
