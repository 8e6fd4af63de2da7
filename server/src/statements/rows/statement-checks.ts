import { sql } from "kysely";
import { listed, listOf } from "../../store/listed.ts";
import { type Engine, query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
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

interface MiscountQuestion {
  since: Instant;
  limit: number;
}

const miscountedQuery = query<MiscountQuestion>()((db, p) => ({
  compile: () =>
    sql<{ number: string }>`select number from statements
      where closed_at >= ${p.since} and line_count <> (
        select count(*) from statement_lines where statement_lines.number = statements.number)
      union all select distinct number from statement_lines
        where not exists (select 1 from statements where statements.number = statement_lines.number)
      order by number limit ${p.limit}`.compile(db),
}));

/** Statements closed since an instant that have other lines than they say, and those of lines that are in none. */
export const findMiscounted = (tx: Tx, question: MiscountQuestion) => tx.all(miscountedQuery, question);
