import { sql } from "kysely";
import { listed, listOf } from "../../store/listed.ts";
import { type Engine, query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { NewStatementRow } from "./statements.ts";

const byNumbersQuery = (engine: Engine) =>
  query<{ numbers: string }>()((db, p) => ({
    compile: () =>
      sql<NewStatementRow>`select statements.* from ${listed(engine, p.numbers)}
        cross join statements where number = listed.value->>0`.compile(db),
  }));
const byNumbers = { sqlite: byNumbersQuery("sqlite"), postgres: byNumbersQuery("postgres") };

/** The statements of some numbers: for checking. */
export const findStatements = (tx: Tx, numbers: readonly string[]) =>
  tx.all(byNumbers[tx.engine], { numbers: listOf(numbers) });
