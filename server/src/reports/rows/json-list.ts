import { type RawBuilder, sql } from "kysely";

/** A list that is given as JSON, as rows with a `value`: the engines have different words for it. */
export const jsonLists = {
  sqlite: (list: RawBuilder<unknown>) => sql`json_each(${list}) as listed`,
  postgres: (list: RawBuilder<unknown>) =>
    sql`jsonb_array_elements(cast(${list} as jsonb)) as listed (value)`,
} as const;

/** The same query for each engine. */
export const onBothEngines = <Q>(
  make: (listOf: (list: RawBuilder<unknown>) => RawBuilder<unknown>) => Q,
): Record<keyof typeof jsonLists, Q> => ({
  sqlite: make(jsonLists.sqlite),
  postgres: make(jsonLists.postgres),
});

/** A text in a list's member that is a list itself. */
export const textAt = (index: number) => sql`listed.value->>${sql.lit(index)}`;
/** A whole number in a list's member that is a list itself. */
export const numberAt = (index: number) => sql`cast(listed.value->>${sql.lit(index)} as bigint)`;
