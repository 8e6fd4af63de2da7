import { type RawBuilder, sql } from "kysely";
import type { Engine } from "./query.ts";

/**
 * A JSON array of texts as rows named `listed`, to be read as `listed.value->>0` where each text is `[text]`: the engines
 * have different words for it. Join to it with `cross join`, or SQLite may walk through all of the other table first.
 */
export const listed = (engine: Engine, list: RawBuilder<string>): RawBuilder<unknown> =>
  engine === "sqlite"
    ? sql`json_each(${list}) as listed`
    : sql`jsonb_array_elements(cast(${list} as jsonb)) as listed (value)`;

/** Texts as `listed` takes them. */
export const listOf = (texts: readonly string[]): string => JSON.stringify(texts.map((text) => [text]));
