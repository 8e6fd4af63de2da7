import { sql } from "kysely";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import type { ShopName } from "../../words/ids.ts";

/** How far a shop's API was read: nothing from before that time is unknown. */
export interface ReconcileCursorRow {
  shop: ShopName;
  resource: string;
  read_until: Instant;
}

declare module "../../store/schema.ts" {
  interface Schema {
    reconcile_cursors: ReconcileCursorRow;
  }
}

const findQuery = query<Pick<ReconcileCursorRow, "shop" | "resource">>()((db, p) =>
  db
    .selectFrom("reconcile_cursors")
    .select("read_until")
    .where("shop", "=", p.shop)
    .where("resource", "=", p.resource),
);

/** Until when a shop's API was read; undefined when it never was. */
export const findCursor = async (
  tx: Tx,
  of: Pick<ReconcileCursorRow, "shop" | "resource">,
): Promise<Instant | undefined> => (await tx.one(findQuery, of))?.read_until;

const moveQuery = query<ReconcileCursorRow>()((db, p) =>
  db
    .insertInto("reconcile_cursors")
    .values({ shop: p.shop, resource: p.resource, read_until: p.read_until })
    .onConflict((conflict) =>
      conflict
        .columns(["shop", "resource"])
        .doUpdateSet({ read_until: p.read_until })
        // One that lies a day ahead was left by a clock that has been set right since.
        .where((where) =>
          where.or([
            where("reconcile_cursors.read_until", "<", p.read_until as never),
            where(sql<Instant>`reconcile_cursors.read_until - 86400000`, ">", p.read_until as never),
          ]),
        ),
    ),
);

/** Moves a cursor on; never back, but from where a wrong clock had left it. */
export const moveCursor = (tx: Tx, row: ReconcileCursorRow) => tx.run(moveQuery, row);
