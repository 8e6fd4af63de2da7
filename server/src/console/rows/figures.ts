import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { ConsoleFigureRow } from "./schema.ts";

const findQuery = query<{ name: string }>()((db, p) =>
  db.selectFrom("console_figures").selectAll().where("name", "=", p.name),
);

/** A figure as it was gathered last. */
export const findFigure = (tx: Tx, name: string) => tx.one(findQuery, { name });

const putQuery = query<ConsoleFigureRow>()((db, p) =>
  db
    .insertInto("console_figures")
    .values({ name: p.name, value: p.value, gathered_at: p.gathered_at })
    .onConflict((conflict) =>
      conflict.column("name").doUpdateSet({ value: p.value, gathered_at: p.gathered_at }),
    ),
);

/** Keeps a figure in place of the one before. */
export const putFigure = (tx: Tx, row: ConsoleFigureRow) => tx.run(putQuery, row);
